"""The questions about permits, languages, qualities and interests: a choice from a list, then one detail for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import TypeVar

import streamlit as st

from clicnjob.cv.document import compose
from clicnjob.cv.model import levels, permit_answers, phrases
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Certificate, Cv, Interest, Language, Profile, Quality
from clicnjob.cv.model.prompts import CanDo, Detail, Permit, QualityWords
from clicnjob.ui.forms import asking, choice_boxes
from clicnjob.ui.shell import session_state
from clicnjob.ui.shell.open_work import Desk

Item = TypeVar("Item", Certificate, Language, Quality, Interest)

_FIRST_LANGUAGES = 12
_QUALITIES = 3
_GROUPS_OF_LEVELS = (
    ("", ("maternelle", "A1", "A2")),
    ("Je me débrouille mieux que ça", ("B1", "B2")),
    ("Je parle très bien", ("C1", "C2")),
)
_BEFORE = {"B1": "A2", "C1": "B2"}  # the level after which a folded group opens by itself
_GROUPS = {
    "permis": "Conduire",
    "securite": "Secourir et protéger",
    "hygiene": "Hygiène",
    "animation": "Animer, encadrer",
    "engins": "Engins et chariots",
    "numerique": "Numérique",
    "autre": "Autres",
}


def ask_permits(now: Desk, at: GuidePlace) -> None:
    """Ask for permits and certificates; all groups but the driving licences are in expanders."""
    for group, title in _GROUPS.items():
        offered = [permit for permit in now.words.permits.values() if permit.groupe == group]
        chosen = {kept.key for kept in now.profile.certificates}
        if group == "permis":
            _permit_pills(offered, group, chosen)
            continue
        with st.expander(title, key=f"permits-{group}", expanded=any(permit.cle in chosen for permit in offered)):
            _permit_pills(offered, group, chosen)


def permit_details(now: Desk, at: GuidePlace) -> None:
    """Ask for each detail of a permit (category, year…) in its own box.

    The answers are joined in the order of the content file.
    """
    kept = next(item for item in now.profile.certificates if item.id == at.item)
    permit = now.words.permits[kept.key]
    st.text(permit.aide)
    for position, detail in enumerate(permit.details):
        _permit_detail(permit, position, detail, kept)


def ask_languages(now: Desk, at: GuidePlace) -> None:
    """Ask for languages spoken at home or learnt at school; the less common ones are in an expander."""
    names = {known.cle: known.nom for known in now.words.languages.langues}
    keys = list(names)
    chosen = {kept.key for kept in now.profile.languages}

    def put_among(among: Sequence[str]) -> Callable[[Profile, Cv, list[str]], None]:
        def put(profile: Profile, cv: Cv, picked: list[str]) -> None:
            profile.languages = _picked_items(profile.languages, among, picked, lambda key: Language(key=key))

        return put

    first, others = keys[:_FIRST_LANGUAGES], keys[_FIRST_LANGUAGES:]
    asking.some_of(
        "Langues", first, name="languages", chosen=list(chosen), put=put_among(first), shown=names.__getitem__
    )
    with st.expander("Voir les autres langues", key="more-languages", expanded=bool(chosen & set(others))):
        others.sort(key=names.__getitem__)
        asking.some_of(
            "Autres", others, name="languages-2", chosen=list(chosen), put=put_among(others), shown=names.__getitem__
        )


def can_do(now: Desk, at: GuidePlace) -> None:
    """Ask what the person can do in a language (levels A1 to C2 of the CEFR), and show the words of the page.

    The lines are independent; the harder ones are folded, and open as soon as somebody says more.
    """
    kept = next(item for item in now.profile.languages if item.id == at.item)
    ticked = set(kept.can_do)
    asked = now.words.languages.questions
    for title, group in _GROUPS_OF_LEVELS:
        lines = [question for question in asked if question.niveau in group]
        if not title:
            _draw_can_do(kept, lines)
        elif more := choice_boxes.folded_part(
            title, key=f"more-{kept.id}-{group[0]}", unfolded=_opens_group(ticked, asked, group)
        ):
            with more:
                _draw_can_do(kept, lines)
    if kept.can_do:
        st.html(
            f'<p class="cj-understood" role="status">Sur ta page\u00a0: '
            f"<strong>{escape(compose.language_line(kept))}</strong></p>"
        )


def _draw_can_do(kept: Language, lines: Sequence[CanDo]) -> None:
    for line in lines:
        name, put = f"{kept.id}-{line.cle}", _put_can_do(kept.id, line.cle)
        asking.ask_tick(line.texte, name=name, ticked=line.cle in kept.can_do, put=put)


def _opens_group(ticked: set[str], asked: Sequence[CanDo], group: Sequence[str]) -> bool:
    """Tell whether a folded group of lines is open at first: something in it is ticked, or the level before is."""
    within = any(question.cle in ticked for question in asked if question.niveau in group)
    return within or _BEFORE[group[0]] == levels.reached_level(ticked)


def ask_qualities(now: Desk, at: GuidePlace) -> None:
    """Ask for at most three qualities, in the grammatical gender that the person chooses."""
    words, form = now.words.qualities, _gender_form(now)
    chosen = [kept.key for kept in now.profile.qualities]

    def put(profile: Profile, cv: Cv, picked: list[str]) -> None:
        kept = _picked_items(profile.qualities, list(words), picked, lambda key: Quality(key=key))
        for quality in kept:
            if quality.key in words:
                quality.label = _quality_label(words[quality.key], form == "féminin")
        profile.qualities = kept[:_QUALITIES]
        if len(kept) > _QUALITIES:
            session_state.tell_once("Trois qualités suffisent. Enlève une qualité pour en choisir une autre.")
            session_state.renew_widgets()

    asking.some_of(
        "Qualités",
        list(words),
        name=f"qualities-{form}",
        chosen=chosen,
        put=put,
        shown=lambda key: f"{words[key].icone} {_quality_label(words[key], form == 'féminin')}",
    )


def _gender_form(now: Desk) -> str:
    """Ask for « féminin » or « masculin »; the qualities already stored decide the default."""
    words = now.words.qualities
    feminine = any(
        kept.label == _quality_label(words[kept.key], True) for kept in now.profile.qualities if kept.key in words
    )
    forms = ["masculin", "féminin"]
    return st.segmented_control("Écrire au", forms, default=forms[feminine], key="quality-form", required=True)


def ask_quality_proof(now: Desk, at: GuidePlace) -> None:
    """Ask for an example that proves a quality: a ready sentence or the person's own words."""
    kept = next(item for item in now.profile.qualities if item.id == at.item)
    words = now.words.qualities.get(kept.key)

    def put(profile: Profile, value: str) -> None:
        next(item for item in profile.qualities if item.id == at.item).proof = value

    _one_line(at.item, words.preuves if words else [], kept.proof, put=put)


def ask_interests(now: Desk, at: GuidePlace) -> None:
    """Ask what the person likes to do."""
    words = now.words.interests

    def put(profile: Profile, cv: Cv, picked: list[str]) -> None:
        profile.interests = _picked_items(
            profile.interests, list(words), picked, lambda key: Interest(key=key, label=words[key].nom)
        )

    chosen = [kept.key for kept in now.profile.interests]
    asking.some_of(
        "Loisirs",
        list(words),
        name="interests",
        chosen=chosen,
        put=put,
        shown=lambda key: f"{words[key].icone} {words[key].nom}",
    )


def interest_detail(now: Desk, at: GuidePlace) -> None:
    """Ask for one precise detail of an interest."""
    kept = next(item for item in now.profile.interests if item.id == at.item)
    words = now.words.interests.get(kept.key)

    def put(profile: Profile, value: str) -> None:
        next(item for item in profile.interests if item.id == at.item).detail = value

    _one_line(at.item, words.details if words else [], kept.detail, put=put)


def _one_line(item_id: str, templates: Sequence[str], kept: str, *, put: Callable[[Profile, str], None]) -> None:
    """Ask for one ready sentence, with its number if it has one, or the person's own words."""
    ready = {phrases.offered_phrase(template): template for template in templates}
    chosen = next((shown for shown, template in ready.items() if phrases.is_said(template, kept)), None)

    def choose(profile: Profile, cv: Cv, shown: str | None) -> None:
        put(profile, phrases.phrase_text(ready[shown]) if shown else "")

    asking.choice_of_lines("Exemples", list(ready), name=f"line-{item_id}", chosen=chosen, put=choose)
    if chosen and (example := phrases.example_number(ready[chosen])):
        template = ready[chosen]
        asking.ask_number(
            "Combien\u00a0?",
            name=f"line-{item_id}-{chosen}",
            value=phrases.number_in(template, kept),
            example=example,
            put=lambda profile, cv, value: put(profile, phrases.phrase_text(template, value)),
        )
    asking.ask_line(
        "Ou avec tes mots",
        name=f"own-{item_id}",
        value="" if chosen else kept,
        put=lambda profile, cv, value: put(profile, value),
    )


def _permit_pills(offered: Sequence[Permit], group: str, chosen: set[str]) -> None:
    names = {permit.cle: permit.nom for permit in offered}

    def put(profile: Profile, cv: Cv, picked: list[str]) -> None:
        profile.certificates = _picked_items(
            profile.certificates, list(names), picked, lambda key: Certificate(key=key)
        )

    asking.some_of(
        "Permis", list(names), name=f"permits-{group}", chosen=list(chosen), put=put, shown=names.__getitem__
    )


def _permit_detail(permit: Permit, position: int, detail: Detail, kept: Certificate) -> None:
    written = permit_answers.detail_parts(permit, kept.detail)[position]

    def put(profile: Profile, cv: Cv, values: list[str]) -> None:
        item = next(each for each in profile.certificates if each.id == kept.id)
        said = permit_answers.detail_parts(permit, item.detail)
        said[position] = permit_answers.detail_text(detail, values)
        item.detail = ", ".join(part for part in said if part)

    def put_one(profile: Profile, cv: Cv, value: str | None) -> None:
        put(profile, cv, [value] if value else [])

    if detail.choix:  # pills hide their label, a text box shows it
        st.html(f'<p class="cj-or">{detail.question}</p>')
    name = f"{kept.id}-{detail.cle}"
    if detail.choix and detail.plusieurs:
        chosen = [choice for choice in detail.choix if choice in permit_answers.named_values(detail, written)]
        asking.some_of(detail.question, detail.choix, name=name, chosen=chosen, put=put)
    elif detail.choix:
        one = next(iter(permit_answers.named_values(detail, written)), None)
        asking.one_of(detail.question, detail.choix, name=name, chosen=one, put=put_one)
    else:
        value, example = written.removeprefix(detail.avant), detail.exemple
        asking.ask_line(
            detail.question,
            name=name,
            value=value,
            example=example,
            put=put_one,
            check=lambda typed: permit_answers.checked_detail(detail, typed, today=date.today()),
        )


def _put_can_do(item_id: str, question: str) -> Callable[[Profile, Cv, bool], None]:
    def put(profile: Profile, cv: Cv, ticked: bool) -> None:
        kept = next(item for item in profile.languages if item.id == item_id)
        others = [each for each in kept.can_do if each != question]
        kept.can_do = [*others, question] if ticked else others

    return put


def _quality_label(quality: QualityWords, feminine: bool) -> str:
    name = quality.nom_f if feminine else quality.nom_m
    return name[:1].upper() + name[1:]


def _picked_items(
    kept: list[Item], among: Sequence[str], picked: Sequence[str], made: Callable[[str], Item]
) -> list[Item]:
    """Return the items after a choice in one list: items of other lists stay, and kept items keep their details."""
    stay = [item for item in kept if item.key not in among or item.key in picked]
    known = {item.key for item in stay}
    added = [made(key) for key in picked if key not in known]
    return stay + added
