"""The questions about experiences: kind, activity, phrases to tick, title, place and dates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from clicnjob.cv.model import activities, aims, guide, naming, periods, phrases
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Cv, Experience, ExperienceKind, Profile, new_id
from clicnjob.cv.model.prompts import Activity
from clicnjob.ui.forms import asking, choice_boxes
from clicnjob.ui.shell import open_work, session_state
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.guide import activity_search, dates, way

_DETAIL = 40  # characters; it stands inside a title
_HUB = "hub"  # the search of the list belongs to no experience yet


def draw_experience_hub(now: Desk, at: GuidePlace) -> None:
    """Draw the experiences entered so far, the search over all kinds, and the kinds that can be added."""
    for item in now.profile.experiences:
        _draw_experience_line(item)
    picking = bool(session_state.picked_activity(_HUB).get())
    activity_search.ask_for_activity(_HUB, kind="", offered=(), choose=_add_chosen)
    if picking:
        return
    st.html('<p class="cj-or">Ou touche une image\u00a0:</p>')
    kinds = [(kind.cle, kind.icone, kind.nom) for kind in now.words.kinds.values()]
    choice_boxes.draw_tiles(kinds, name="kinds", choose=_add_experience)


def ask_activity(now: Desk, at: GuidePlace) -> None:
    """Ask for the everyday activity: common ones of this kind as tiles, those of all kinds by a search."""
    item = experience_at(now, at)
    usual = sorted(now.words.activities_of(item.kind), key=lambda activity: activity.genres[0] != item.kind)
    offered = aims.fitting_first(usual, aims.activities_of_job(now.cv))
    activity_search.ask_for_activity(item.id, kind=item.kind, offered=offered, choose=partial(_choose_activity, at))


def ask_phrases(now: Desk, at: GuidePlace) -> None:
    """Ask for phrases to tick, each with its number, then for phrases in the person's own words."""
    item = experience_at(now, at)
    offered = activities.offered_phrases(item)
    first, rest = offered[:8], offered[8:]
    for template in first:
        _ask_phrase(item, template)
    if rest and (more := choice_boxes.folded_part("Voir d’autres phrases", key=f"rest-{item.id}")):
        with more:
            for template in rest:
                _ask_phrase(item, template)
    written = bool(_own_phrases(item, offered))  # what was written is seen at once, since a remark may lead to it
    if own := choice_boxes.folded_part("Écrire ma phrase", key=f"own-{item.id}", unfolded=written or not offered):
        with own:
            _own_lines(item, offered)


def ask_title(now: Desk, at: GuidePlace) -> None:
    """Ask for the title on the CV: ready titles in both genders, or own words. Without an answer it has a default."""
    item = experience_at(now, at)
    _draw_reassurance(now, item)
    _ask_detail(now, item)
    ready = naming.ready_titles(item)

    def put(profile: Profile, cv: Cv, value: str | None) -> None:
        _experience_in(profile, item.id).title = value or ""

    names = list(dict.fromkeys(ready))
    asking.one_of("Noms", names, name=f"title-{item.id}", chosen=item.title, put=put, then=lambda: way.go_on(at))
    asking.ask_line("Ou avec tes mots", name=f"title-own-{item.id}", value=item.title, put=put, example=ready[0])
    st.html(
        f'<p class="cj-understood" role="status">Sur ta page\u00a0: <strong>{escape(naming.title_shown(item))}</strong></p>'
    )


def ask_employer(now: Desk, at: GuidePlace) -> None:
    """Ask for the place and the town."""
    item = experience_at(now, at)
    kind = now.words.kinds[item.kind]
    _draw_reassurance(now, item)

    def put_place(profile: Profile, cv: Cv, value: str) -> None:
        _experience_in(profile, item.id).place = value

    def put_town(profile: Profile, cv: Cv, value: str) -> None:
        _experience_in(profile, item.id).town = value

    example = kind.ou_exemple.split(",")[0]
    asking.ask_line("Nom de l’endroit", name=f"place-{item.id}", value=item.place, put=put_place, example=example)
    asking.ask_line("Ville", name=f"town-{item.id}", value=item.town, put=put_town, example="Roubaix")


def ask_dates(now: Desk, at: GuidePlace) -> None:
    """Ask for the dates."""
    item = experience_at(now, at)
    dates.ask_period(
        item.id, item.period, put=lambda profile, period: setattr(_experience_in(profile, item.id), "period", period)
    )


def experience_at(now: Desk, at: GuidePlace) -> Experience:
    """Return the experience that this question is about."""
    return _experience_in(now.profile, at.item)


def _experience_in(profile: Profile, item_id: str) -> Experience:
    return next(item for item in profile.experiences if item.id == item_id)


def _draw_experience_line(item: Experience) -> None:
    with st.container(key=f"cj-line-{item.id}", horizontal=True, vertical_alignment="center"):
        about = ", ".join(part for part in (item.place, periods.period_text(item.period)) if part)
        name = naming.title_shown(item)
        st.html(f"<p class='cj-item'><strong>{escape(name)}</strong><br>{escape(about)}</p>", width="stretch")
        st.button(
            "Changer", key=f"change-{item.id}", on_click=way.go_to, args=(GuidePlace(guide.EXPERIENCE[1], item.id),)
        )
        st.button("Enlever", key=f"remove-{item.id}", type="tertiary", on_click=_remove_experience, args=(item.id,))


def _add_experience(kind: str) -> None:
    item_id = new_id()

    def put(profile: Profile, cv: Cv) -> None:
        profile.experiences.append(Experience.model_validate({"id": item_id, "kind": kind}))

    if open_work.change_cv(put):
        way.go_to(GuidePlace(guide.EXPERIENCE[0], item_id))


def _remove_experience(item_id: str) -> None:
    def put(profile: Profile, cv: Cv) -> None:
        profile.experiences = [item for item in profile.experiences if item.id != item_id]

    if open_work.change_cv(put):
        session_state.tell_once("C’est enlevé. Le bouton « Annuler » le remet.")


def _add_chosen(activity: Activity, kind: ExperienceKind) -> None:
    """Add an experience from the search of the list: its kind and its activity are known at once."""
    item = Experience(kind=kind, activity=activity.cle)
    if open_work.change_cv(lambda profile, cv: profile.experiences.append(item)):
        way.go_to(GuidePlace(guide.EXPERIENCE[1], item.id))


def _choose_activity(at: GuidePlace, activity: Activity, kind: ExperienceKind) -> None:
    lost: list[str] = []

    def put(profile: Profile, cv: Cv) -> None:
        lost[:] = activities.choose_activity(_experience_in(profile, at.item), activity, kind=kind)

    if open_work.change_cv(put):
        if lost:
            session_state.tell_once("Les lignes de l’ancienne activité sont enlevées. Le bouton « Annuler » les remet.")
        way.go_to(GuidePlace(guide.EXPERIENCE[1], at.item))


def _draw_reassurance(now: Desk, item: Experience) -> None:
    """Say, for some kinds, that the person chooses what the page tells."""
    if said := now.words.kinds[item.kind].rassurer:
        st.html(f'<p class="cj-help">{escape(said)}</p>')


def _ask_detail(now: Desk, item: Experience) -> None:
    """Ask what the title must name, for instance the sport; a ready title follows the answer."""
    activity = now.words.activities.get(item.activity)
    if activity is None or activity.precision is None:
        return
    asked = activity.precision

    def put(profile: Profile, cv: Cv, value: str | None) -> None:
        kept = _experience_in(profile, item.id)
        kept.title, kept.detail = naming.title_with_detail(kept, value or ""), value or ""

    st.html(f'<p class="cj-or">{escape(asked.question)}</p>')
    asking.one_of(asked.question, asked.choix, name=f"detail-{item.id}", chosen=item.detail, put=put)
    own = "" if item.detail in asked.choix else item.detail
    asking.ask_line(
        "Ou autre chose", name=f"detail-own-{item.id}", value=own, put=put, example=asked.exemple, most=_DETAIL
    )
    st.html('<p class="cj-or">Le nom sur ta page\u00a0:</p>')


def _ask_phrase(item: Experience, template: str) -> None:
    line = next((kept for kept in item.phrases if phrases.is_said(template, kept)), None)

    def put(profile: Profile, cv: Cv, chosen: bool) -> None:
        kept = _experience_in(profile, item.id)
        others = [each for each in kept.phrases if not phrases.is_said(template, each)]
        kept.phrases = [*others, phrases.phrase_text(template)] if chosen else others

    def put_number(profile: Profile, cv: Cv, value: int | None) -> None:
        kept = _experience_in(profile, item.id)
        kept.phrases = [
            phrases.phrase_text(template, value) if phrases.is_said(template, p) else p for p in kept.phrases
        ]

    asking.ask_tick(phrases.offered_phrase(template), name=f"{item.id}-{template}", ticked=line is not None, put=put)
    example = phrases.example_number(template)
    if line is not None and example:
        value = phrases.number_in(template, line)
        asking.ask_number(
            f"Combien\u00a0? {phrases.offered_phrase(template)}",  # tells the boxes of one screen apart for screen readers
            name=f"phrase-{item.id}-{template}",
            value=value,
            example=example,
            put=put_number,
        )


def _own_lines(item: Experience, offered: Sequence[str]) -> None:
    """Draw a box for each phrase in the person's own words, and an empty one."""
    own = _own_phrases(item, offered)
    for position in range(len(own) + 1):

        def put(profile: Profile, cv: Cv, value: str, position: int = position) -> None:
            kept = _experience_in(profile, item.id)
            kept.phrases = _with_own(kept.phrases, _own_phrases(kept, offered), position, value)
            if not value and position + 1 < len(own):  # later lines move up, so their boxes need new keys
                session_state.renew_widgets()

        asking.ask_line(
            f"Ma phrase {position + 1}",
            name=f"{item.id}-own-{position}",
            value=own[position] if position < len(own) else "",
            put=put,
            example="Ranger la réserve tous les matins",
        )


def _own_phrases(item: Experience, offered: Sequence[str]) -> list[str]:
    return [line for line in item.phrases if not any(phrases.is_said(template, line) for template in offered)]


def _with_own(lines: Sequence[str], own: Sequence[str], position: int, value: str) -> list[str]:
    """Return the phrases after setting the own phrase at `position`; '' removes it.

    It starts from the stored phrases, because a box saves several times while one types.
    """
    if position >= len(own):
        return [*lines, value] if value else list(lines)
    changed = [value if line == own[position] else line for line in lines]
    return [line for line in changed if line]
