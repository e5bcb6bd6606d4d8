"""The panels that send words to many people, and the one that puts them on a list."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort import vocabulary
from clicnjob.cohort.many import listing, messages, steps
from clicnjob.cohort.many.listing import ListedPeople
from clicnjob.ui.adviser import lesson_choice
from clicnjob.ui.adviser.cohort.page import Cohort
from clicnjob.ui.adviser.many import confirmation, ticks
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, session_state

_MESSAGE, _STEP, _WORD, _LIST, _NAME = "many-words", "many-step-key", "many-step-word", "many-list-id", "many-list-name"
_NEW = ""


def draw_message(me: Present, shown: Cohort) -> None:
    """Draw the box of the message and whom it reaches."""
    with db.read_transaction() as session:
        reach = messages.message_reach(
            session, by=me, account_ids=ticks.ticked_ids(), today=shown.today, now=models.utc_now()
        )
    with st.form("many-message", enter_to_submit=False, border=False):
        text_boxes.draw_message("Votre message à chacun", key=_MESSAGE, most=policy.MESSAGE_LENGTH, height=90)
        st.text("Chacun le lit seul, sur son accueil, à sa prochaine connexion. Il peut vous répondre.")
        confirmation.draw_reach(me, reach)
        st.form_submit_button(
            confirmation.go_on("Envoyer à", reach), key="many-message-go", type="primary", icon=":material/send:",
            disabled=not reach.receivers, on_click=_write_to_ticked, args=(reach.version,),
        )  # fmt: skip


def draw_step(me: Present, shown: Cohort) -> None:
    """Draw the choice of a step or a lesson, and whom it reaches."""
    with db.read_transaction() as session:
        reach = steps.step_reach(session, by=me, account_ids=ticks.ticked_ids(), today=shown.today)
    offered = {(key, ""): step.phrase for key, step in vocabulary.step_choices().items()}
    offered |= {(kind.value, one): title for (kind, one), title in lesson_choice.offered_lessons(me).items()}
    with st.form("many-step", enter_to_submit=False, border=False):
        st.selectbox("Étape ou leçon à proposer", list(offered), key=_STEP, format_func=lambda each: offered[each])
        text_boxes.draw_message("Un mot pour tous (pas obligatoire)", key=_WORD, most=policy.SHORT_WORD_LENGTH)
        confirmation.draw_reach(me, reach)
        st.form_submit_button(
            confirmation.go_on("Proposer à", reach), key="many-step-go", type="primary", icon=":material/flag:",
            disabled=not reach.receivers, on_click=_propose_step_to_ticked, args=(reach.version,),
        )  # fmt: skip


def draw_list(me: Present, shown: Cohort) -> None:
    """Draw the choice of a list, or the name of a new one, and whom it reaches."""
    named = {_NEW: "Nouvelle liste"} | {card.id: layout.escape_markdown(card.name) for card in shown.page.lists}
    first = next(iter(card.id for card in shown.page.lists), _NEW)
    key = session_state.widget_key(_LIST)
    list_id = st.selectbox("Liste", list(named), index=list(named).index(first), key=key, format_func=named.__getitem__)
    with db.read_transaction() as session:
        reach = listing.list_reach(session, by=me, account_ids=ticks.ticked_ids(), list_id=list_id, today=shown.today)
    with st.form("many-list", enter_to_submit=True, border=False):
        if list_id == _NEW:
            text_boxes.draw_message("Nom de la nouvelle liste", key=_NAME, most=policy.LIST_NAME_LENGTH)
        confirmation.draw_reach(me, reach)
        st.form_submit_button(
            confirmation.go_on("Mettre dans la liste", reach), key="many-list-go", type="primary",
            icon=":material/playlist_add:", disabled=not reach.receivers, on_click=_put_on_list,
            args=(list_id, reach.version),
        )  # fmt: skip


def _write_to_ticked(shown: str) -> None:
    words, chosen, today = session_state.widget_value(_MESSAGE, str) or "", ticks.ticked_ids(), date.today()

    def write_messages(session: Session, me: Present, now: datetime) -> int:
        return messages.write_to_many(
            session, by=me, account_ids=chosen, words=words, shown=shown, today=today, now=now
        )

    if confirmation.act_once("message", write_messages):
        text_boxes.clear_messages(_MESSAGE)


def _propose_step_to_ticked(shown: str) -> None:
    key, content_id = session_state.widget_value(_STEP, tuple) or ("", "")
    word = session_state.widget_value(_WORD, str) or ""
    chosen, today = ticks.ticked_ids(), date.today()

    def propose_steps(session: Session, me: Present, now: datetime) -> int:
        return steps.propose_to_many(
            session, by=me, account_ids=chosen, key=key, content_id=content_id, word=word, shown=shown, today=today,
            now=now,
        )  # fmt: skip

    if confirmation.act_once("step", propose_steps):
        text_boxes.clear_messages(_WORD)


def _put_on_list(list_id: str, shown: str) -> None:
    name, chosen, today = session_state.widget_value(_NAME, str) or "", ticks.ticked_ids(), date.today()

    def put_people(session: Session, me: Present, now: datetime) -> ListedPeople:
        return listing.put_on_list(
            session, by=me, account_ids=chosen, list_id=list_id, new_name=name, shown=shown, today=today
        )

    if confirmation.act_once("list", put_people):
        text_boxes.clear_messages(_NAME)
