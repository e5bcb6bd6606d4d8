"""« Ma page »: the look of the CV (template, colour, order, hidden items), its advice and its exact image."""

from __future__ import annotations

import base64
from datetime import date

import streamlit as st

from clicnjob.cv.document import compose, pdf, templates
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.document.pdf import RenderedPage
from clicnjob.cv.document.templates import Template
from clicnjob.cv.model import advice, wording
from clicnjob.cv.model.advice import Advice
from clicnjob.cv.model.bag import Alter
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Cv, Profile, SectionKey
from clicnjob.proofreading import proofread
from clicnjob.proofreading.proofread import Remark
from clicnjob.ui.forms import asking
from clicnjob.ui.shell import navigation, open_work, session_state
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.widgets import corrections as words_again
from clicnjob.ui.widgets import cv_look, download
from clicnjob.ui.young.cv import experience_order
from clicnjob.ui.young.guide import way


def model_and_colour(now: Desk) -> None:
    """Draw the templates, each previewed with this person's own CV, then the colours of the chosen one."""
    offered = {model.key: model for model in templates.all_templates()}
    chosen = offered.get(now.cv.model, templates.all_templates()[0])
    cv_look.draw_models(
        [(model, _worn(now, model)) for model in offered.values()], chosen=chosen.key, choose=_choose_model
    )
    st.html('<p class="cj-or">Couleur</p>')
    cv_look.draw_colours(chosen.colours, chosen=chosen.named_colour(now.cv.colour).key, choose=_choose_colour)


def _worn(now: Desk, model: Template) -> Document:
    """Return this person's page in one model, in the chosen colour."""
    return compose.compose_document(now.profile, now.cv.model_copy(update={"model": model.key}), photo=now.bag.photo)


def _choose_model(key: str) -> None:
    open_work.change_cv(lambda profile, cv: setattr(cv, "model", key))


def _choose_colour(key: str) -> None:
    open_work.change_cv(lambda profile, cv: setattr(cv, "colour", key))


def order_and_choice(now: Desk) -> None:
    """Draw each section with its items, to hide or to move up."""
    keys = [*now.cv.section_order, *(key for key in compose.TITLES if key not in now.cv.section_order)]
    for position, key in enumerate(keys):
        items = compose.section_items(now.profile, key, now.cv)
        if not items:
            continue
        with st.expander(compose.TITLES[key], key=f"section-{key}"):
            _draw_move_buttons(f"section-{key}", first=position == 0, up=_section_up(key, keys))
            if key == "experiences":
                experience_order.draw_experience_orders(now)
            for place, (item_id, label) in enumerate(items):
                with st.container(key=f"cj-choice-{item_id}", horizontal=True, vertical_alignment="center"):
                    asking.ask_tick(
                        label, name=f"show-{item_id}", ticked=item_id not in now.cv.hidden, put=_put_shown(item_id)
                    )
                    _draw_move_buttons(f"item-{item_id}", first=place == 0, up=_item_up(now, key, item_id))


def advice_for_page(now: Desk, page: RenderedPage) -> tuple[Advice, ...]:
    """Return the advice for this page, most important first."""
    return advice.cv_advice(now.profile, now.cv, fill=page.fill, uncovered=page.dropped, today=date.today())


def advice_list(found: tuple[Advice, ...], *, most: int = 3) -> None:
    """Draw the first pieces of advice, each with its button; the others are in an expander."""
    if not found:
        st.success("Ta page est prête. Bravo\u00a0!", icon=":material/star:")
    for position, one in enumerate(found[:most]):
        _one_advice(position, one)
    if len(found) > most:
        left = len(found) - most
        with st.expander(f"Encore {left} conseils" if left > 1 else "Encore un conseil", key="more-advice"):
            for position, one in enumerate(found[most:], start=most):
                _one_advice(position, one)


def draw_exact_page(now: Desk) -> None:
    """Draw the page as it will be printed, as an image."""
    picture = base64.b64encode(pdf.page_image(now.document, ppi=110)).decode("ascii")
    st.html(f'<img class="cj-exact" alt="Ta page, comme elle sera imprimée" src="data:image/png;base64,{picture}">')


def draw_corrections(now: Desk) -> None:
    """Draw the words that proofreading has flagged; a suggestion is applied by one click."""
    words_again.draw_corrections(text_remarks(now), take=_correct_line)


def text_remarks(now: Desk) -> tuple[tuple[str, Remark], ...]:
    """Return the remarks on the person's own texts as (text, remark) pairs."""
    texts = wording.typed_texts(now.profile, now.cv)
    return proofread.of_texts(texts, known=wording.known_names(now.profile))


def _one_advice(position: int, one: Advice) -> None:
    with st.container(key=f"cj-advice-{position}", border=True):
        st.text(one.sentence)
        st.button(
            one.gesture,
            key=f"advice-{position}-{one.key}",
            on_click=_go_and_fix,
            args=(GuidePlace(one.step, one.item),),
        )


def _go_and_fix(to: GuidePlace) -> None:
    way.go_to(to)
    session_state.OPEN_GUIDE.set(True)


def follow_gesture() -> None:
    """Open the question that a piece of advice names, if its button was pressed."""
    if session_state.OPEN_GUIDE.take():
        st.switch_page(navigation.page_path("young/guide.py"))


def _draw_move_buttons(name: str, *, first: bool, up: Alter) -> None:
    st.button(
        "Monter", icon=":material/arrow_upward:", key=f"up-{name}", disabled=first, on_click=_change_page, args=(up,)
    )


def _change_page(alter: Alter) -> None:
    open_work.change_cv(alter)


def _section_up(key: SectionKey, keys: list[SectionKey]) -> Alter:
    def alter(profile: Profile, cv: Cv) -> None:
        cv.section_order = _raised_key(keys, key)

    return alter


def _item_up(now: Desk, section: SectionKey, item_id: str) -> Alter:
    ids = [each for each, _ in compose.section_items(now.profile, section, now.cv)]

    def alter(profile: Profile, cv: Cv) -> None:
        cv.order = [*(each for each in cv.order if each not in ids), *_raised_key(ids, item_id)]

    return alter


def _raised_key(keys: list, key: str) -> list:  # type: ignore[type-arg]
    position = keys.index(key)
    before = max(position - 1, 0)
    rest = [each for each in keys if each != key]
    return [*rest[:before], key, *rest[before:]]


def _put_shown(item_id: str) -> asking.Ticked:
    def put(profile: Profile, cv: Cv, shown: bool) -> None:
        others = [each for each in cv.hidden if each != item_id]
        cv.hidden = others if shown else [*others, item_id]

    return put


def _correct_line(line: str, better: str) -> None:
    if open_work.change_cv(lambda profile, cv: wording.replace_text(profile, cv, line, better)):
        session_state.renew_widgets()


def before_leaving(now: Desk) -> None:
    """Remind the person to delete the download from a shared computer, and offer the format of other CV sites."""
    st.text("Le fichier est dans « Téléchargements ». L’ordinateur le garde après toi.")
    st.text("Copie-le sur ta clé. Puis efface-le de « Téléchargements ».")
    st.text("Tu peux aussi l’imprimer.")
    with st.expander("Pour d’autres sites de CV", key="other-formats"):
        download.download_button(
            "Fichier JSON Resume", document="resume", work_id=now.card.id, icon=":material/sync_alt:"
        )
