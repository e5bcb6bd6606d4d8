"""The thread with those who follow a young person, on « Avec mon conseiller »."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort import vocabulary
from clicnjob.cohort.support import help_requests, threads
from clicnjob.ui.forms import draft_boxes
from clicnjob.ui.shell import session_state, transactions
from clicnjob.ui.widgets import thread

_BOX = "thread-words"


def draw_own_thread(me: Present) -> None:
    """Draw the messages, ready answers, and a box; a guest has nobody to write to."""
    if not help_requests.may_ask(me):
        return
    with db.read_transaction() as session:
        found = threads.own_thread(session, of=me)
    if any(not one.from_young and one.read_at is None for one in found):
        transactions.run_action(lambda session, me: threads.mark_read_by_young(session, by=me, now=models.utc_now()))
    st.header("Mes messages", anchor=False)
    if found:
        thread.draw_thread(found, young=True, today=date.today())
        latest = found[-1]
        if latest.from_young and latest.read_at is None:
            icon = ":material/undo:"
            st.button("Reprendre mon message", key="thread-back", icon=icon, on_click=_take_back, args=(latest.id,))
    else:
        st.text("Aucun message. Tu peux écrire à ton conseiller ici.")
    phrases = vocabulary.ready_phrases()
    answering = bool(found) and not found[-1].from_young
    ready = phrases.jeune if answering else phrases.jeune_ouvre
    draft_boxes.draw_ready_words(ready, name=_BOX, most=policy.MESSAGE_LENGTH)
    draft_boxes.draw_draft("Ton message", name=_BOX, most=policy.MESSAGE_LENGTH, height=90)
    st.button("Envoyer", key="thread-send", type="primary", icon=":material/send:", on_click=_send_own)


def _send_own() -> None:
    draft_boxes.send_draft(
        _BOX,
        lambda session, me, words: threads.write_to_adviser(session, by=me, words=words, now=models.utc_now()),
        told="C’est envoyé.",
    )


def _take_back(message_id: str) -> None:
    if transactions.run_action(
        lambda session, me: threads.take_message_back(
            session, by=me, message_id=message_id, today=date.today(), now=models.utc_now()
        )
    ):
        session_state.tell_once("Ton message est repris.")
