"""The final check on « Ma page »: one list, one gesture each; and the corrections, reread together before they are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from clicnjob.cv.document import final_check
from clicnjob.cv.document.pdf import RenderedPage
from clicnjob.cv.model import advice, rereading
from clicnjob.cv.model.advice import Advice
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.cv.model.rereading import Correction, TextRemark
from clicnjob.cv.model.spots import question_place
from clicnjob.ui.shell import layout, open_work, session_state
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.cv import improvements, page

_SHOWN = 5  # the others unfold
_CORRECTIONS_SHOWN = 30


def draw_final_check(now: Desk, sheet: RenderedPage) -> None:
    """Draw what is to be settled before the page leaves, or say that nothing is."""
    remarks = rereading.cv_remarks(now.profile, now.cv, deeper=True)
    found = final_check.final_check(now.profile, now.cv, now.document, sheet, remarks, today=date.today())
    st.header(_check_title(len(found)), anchor=False)
    if not found:
        session_state.REREADING.clear()
        st.success("Tout est vérifié. Ta page peut partir.", icon=":material/check_circle:")
    for one in found[:_SHOWN]:
        _draw_check(one)
        if one.key == "orthographe_page" and session_state.REREADING.get():
            draw_rereading(now, final_check.unsettled_remarks(now.cv, remarks))
    if left := found[_SHOWN:]:
        with st.expander(f"Encore {len(left)} à voir", key="more-checks"):
            for one in left:
                _draw_check(one)
                if one.key == "orthographe_page" and session_state.REREADING.get():
                    draw_rereading(now, final_check.unsettled_remarks(now.cv, remarks))
    _draw_hidden(now)


def draw_improvements(now: Desk, sheet: RenderedPage) -> None:
    """Draw what would make the page better still, without what the final check already asks for."""
    told = advice.cv_advice(now.profile, now.cv, fill=sheet.fill, remarks=(), today=date.today())
    improvements.draw_improvements(now, told=told)


def draw_rereading(now: Desk, remarks: Sequence[TextRemark]) -> None:
    """Draw every correction with the text before and after, ticked; one button writes those that stay ticked."""
    offered = rereading.proposed_corrections(now.profile, now.cv, remarks)[:_CORRECTIONS_SHOWN]
    with st.container(key="cj-rereading", border=True):
        st.text("Décoche ce qui était juste. Le reste est corrigé d’un coup.")
        for one in offered:
            _draw_correction(one)
        with st.container(horizontal=True):
            st.button(
                "Corriger ce qui est coché",
                key="correct-all",
                type="primary",
                icon=":material/done_all:",
                on_click=_correct_ticked,
                args=(offered,),
            )
            st.button("Plus tard", key="correct-later", type="tertiary", on_click=session_state.REREADING.clear)


def _check_title(count: int) -> str:
    if not count:
        return "À vérifier"
    return f"À vérifier avant d’envoyer\u00a0: {count}"


def _draw_check(one: Advice) -> None:
    key = final_check.remark_key(one)
    with st.container(key=f"cj-check-{key}", gap="small"):
        st.text(one.sentence)
        with st.container(horizontal=True, gap="small"):
            st.button(one.gesture, key=f"check-{key}", on_click=_make_gesture, args=(one,))
            if one.to_check and final_check.may_be_settled(one):
                st.button(
                    "Laisser comme ça", key=f"settle-{key}", type="tertiary", on_click=_settle_remark, args=(key,)
                )


def _draw_hidden(now: Desk) -> None:
    """Draw what the person has hidden, since nothing may be absent without being told."""
    hidden = final_check.hidden_items(now.profile, now.cv)
    if hidden:
        words = "Une chose cachée par toi" if len(hidden) == 1 else f"{len(hidden)} choses cachées par toi"
        with st.expander(words, key="hidden-items", icon=":material/visibility_off:"):
            for one in hidden:
                _draw_check(one)


def _draw_correction(one: Correction) -> None:
    with st.container(key=f"cj-correction-{rereading.line_key(one.before)}", gap=None):
        st.checkbox(layout.escape_markdown(one.after), value=True, key=_tick_key(one))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            why = escape(" ".join(one.reasons))
            st.html(f'<p class="cj-before">Avant\u00a0: <s>{escape(one.before)}</s>. {why}</p>')
            st.button(
                "Voir les mots",
                key=f"see-{_tick_key(one)}",
                type="tertiary",
                on_click=page.open_question,
                args=(question_place(one.step, one.item),),
            )


def _tick_key(one: Correction) -> str:
    return session_state.widget_key("correct", rereading.line_key(one.before))


def _correct_ticked(offered: Sequence[Correction]) -> None:
    """Write what is ticked in one change; what is not ticked is right as it is, and is not asked about again."""
    ticked = {one.before: session_state.widget_value(_tick_key(one), bool) for one in offered}
    chosen = [one for one in offered if ticked[one.before]]
    right = [rereading.line_key(one.before) for one in offered if not ticked[one.before]]

    def alter(profile: Profile, cv: Cv) -> None:
        rereading.apply_corrections(profile, cv, chosen)
        for key in right:
            final_check.settle_remark(cv, key)

    if open_work.change_cv(alter):
        session_state.REREADING.clear()
        session_state.renew_widgets()
        session_state.tell_once("C’est corrigé. « Annuler » remet tout comme avant.")


def _settle_remark(key: str) -> None:
    open_work.change_cv(lambda profile, cv: final_check.settle_remark(cv, key))


def _make_gesture(one: Advice) -> None:
    """Do on the page what can be done there; otherwise open the question that holds the words."""
    match one.key:
        case "orthographe_page":
            session_state.REREADING.set(True)
        case "cache":
            open_work.change_cv(lambda profile, cv: _show_item(cv, one.item))
        case "photo_absente":
            open_work.change_cv(lambda profile, cv: setattr(cv, "with_photo", False))
        case "trop_long" if one.item:
            open_work.change_cv(lambda profile, cv: _hide_item(cv, one.item))
        case _:
            page.open_question(question_place(one.step, one.item))


def _show_item(cv: Cv, item_id: str) -> None:
    cv.hidden = [each for each in cv.hidden if each != item_id]


def _hide_item(cv: Cv, item_id: str) -> None:
    cv.hidden = [*(each for each in cv.hidden if each != item_id), item_id]
