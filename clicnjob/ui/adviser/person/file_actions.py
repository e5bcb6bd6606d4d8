"""The part « Dossier » of a young person's page: card, handover, merge, and end of the support."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob import models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort import vocabulary
from clicnjob.cohort.support import case_closure, handovers
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.french import days
from clicnjob.ui.adviser import new_card
from clicnjob.ui.adviser.person import merging
from clicnjob.ui.forms import day_box, text_boxes
from clicnjob.ui.shell import double_click, layout, session_state, transactions

_TO, _HOW, _UNTIL, _NOTE, _AGREED = "hand-to", "hand-how", "hand-until", "hand-note", "hand-agreed"
_FOR_A_TIME = "Pour un temps"
_REASON, _COMMENT = "archive-reason", "archive-comment"


def draw_file_actions(me: Present, shown: PersonFile) -> None:
    """Draw the card, the handover and the end of the support."""
    left, right = st.columns(2, gap="large")
    with left:
        _draw_card(me, shown)
        _draw_closure(shown)
    with right:
        if not shown.archived or shown.loan:
            _draw_handover(me, shown)
        merging.draw_merging(me, shown)


def _draw_card(me: Present, shown: PersonFile) -> None:
    st.header("Sa carte", anchor=False)
    st.text("Code secret oublié\u00a0: faites une nouvelle carte. Elle annule l’ancienne.")
    st.text("Trop d’essais\u00a0: débloquez. Le code secret ne change pas.")
    with st.container(horizontal=True):
        st.button(
            "Nouvelle carte", key="new-card", icon=":material/badge:", on_click=new_card.ask_for_card, args=(shown.id,)
        )
        st.button(
            "Débloquer", key="unlock", icon=":material/lock_open:", on_click=new_card.unlock_card, args=(shown.id,)
        )
    new_card.draw_confirmation(me, account_id=shown.id, first_name=shown.first_name, last_name=shown.last_name)


def _draw_handover(me: Present, shown: PersonFile) -> None:
    st.header("Confier à un collègue", anchor=False)
    today = date.today()
    if loan := shown.loan:
        back_on = days.shown_day(loan.until or today, today=today)
        st.text(f"Confié à {loan.to_name} jusqu’au {back_on}.")
        st.text(f"«\u00a0{loan.note}\u00a0»")
        words = "Récupérer" if shown.may_hand else "Rendre à son conseiller"
        st.button(words, key="take-back", type="primary", icon=":material/undo:", on_click=_take_back, args=(loan.id,))
    if not shown.may_hand or shown.archived:
        return
    others = [one for one in shown.colleagues if one.id != shown.adviser_id]
    if not others:
        st.text("Il n’y a pas d’autre conseiller dans la structure.")
        return
    named = {one.id: f"{one.first_name} {one.last_name}" for one in others}
    seen = shown.handovers[0].id if shown.handovers else ""
    with st.form("handover", enter_to_submit=False):
        st.selectbox("Collègue", list(named), key=_TO, format_func=lambda each: layout.escape_markdown(named[each]))
        st.radio("Pour combien de temps\u00a0?", [_FOR_A_TIME, "Pour de bon"], key=_HOW, horizontal=True)
        day_box.draw_day("Jusqu’au", key=_UNTIL, today=today, first=14)
        text_boxes.draw_message("Ce que vous avez dit au jeune", key=_NOTE, most=policy.NOTE_LENGTH, height=90)
        st.checkbox("Vu avec le jeune", key=_AGREED)
        st.form_submit_button(
            "Confier",
            key="hand-over",
            icon=":material/swap_horiz:",
            on_click=double_click.act_at_first_click,
            args=(f"handover-{shown.id}", (), _hand_over, shown.id, seen),
        )


def _draw_closure(shown: PersonFile) -> None:
    st.header("Fin de l’accompagnement", anchor=False)
    if shown.ended:
        comment = f" «\u00a0{shown.ended.comment}\u00a0»" if shown.ended.comment else ""
        st.text(f"{shown.ended.reason}.{comment}")
    if shown.archived:
        st.button(
            "Reprendre l’accompagnement", key="bring-back", type="primary", icon=":material/undo:",
            on_click=_bring_back, args=(shown.id,),
        )  # fmt: skip
        return
    known = vocabulary.closure_reasons()
    with st.form("archive", enter_to_submit=False):
        st.selectbox(
            "Raison", list(known), index=None, key=_REASON, placeholder="Choisissez une raison",
            format_func=lambda each: known[each].libelle,
        )  # fmt: skip
        text_boxes.draw_message(
            "Précision (demandée pour «\u00a0autre raison\u00a0»)", key=_COMMENT, most=policy.NOTE_LENGTH, height=90
        )
        st.form_submit_button(
            "Archiver",
            key="archive-do",
            icon=":material/archive:",
            on_click=double_click.act_at_first_click,
            args=(f"closure-{shown.id}", (), _close_case, shown.id),
        )


def _hand_over(account_id: str, seen: str) -> None:
    today = date.today()
    to_id, note = session_state.widget_value(_TO, str) or "", session_state.widget_value(_NOTE, str) or ""
    agreed = bool(session_state.widget_value(_AGREED, bool))
    until = day_box.chosen_day(_UNTIL) if session_state.widget_value(_HOW, str) == _FOR_A_TIME else None
    if transactions.run_action(
        lambda session, me: handovers.hand_over(
            session,
            by=me,
            account_id=account_id,
            to_id=to_id,
            note=note,
            agreed=agreed,
            shown_id=seen,
            until=until,
            today=today,
            now=models.utc_now(),
        )
    ):
        text_boxes.clear_messages(_NOTE)
        session_state.tell_once("C’est fait. Votre collègue voit maintenant sa fiche.")


def _take_back(handover_id: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: handovers.take_back(
            session, by=me, handover_id=handover_id, today=today, now=models.utc_now()
        )
    ):
        session_state.tell_once("C’est fait\u00a0: son conseiller le suit de nouveau seul.")


def _close_case(account_id: str) -> None:
    today = date.today()
    reason, comment = session_state.widget_value(_REASON, str) or "", session_state.widget_value(_COMMENT, str) or ""
    if not reason:
        session_state.tell_once("Choisissez une raison, puis archivez.")
    elif transactions.run_action(
        lambda session, me: case_closure.close_case(
            session, by=me, account_id=account_id, reason=reason, comment=comment, today=today, now=models.utc_now()
        )
    ):
        text_boxes.clear_messages(_COMMENT)
        session_state.tell_once("C’est archivé. Vous pouvez reprendre l’accompagnement ici.")


def _bring_back(account_id: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: case_closure.bring_back(
            session, by=me, account_id=account_id, today=today, now=models.utc_now()
        )
    ):
        session_state.tell_once("L’accompagnement reprend.")
