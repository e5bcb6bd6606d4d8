"""The thread with a young person, on their page: read, answer with a ready sentence or one's own words."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort import vocabulary
from clicnjob.cohort.support import threads
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.cohort.support.threads import ShownMessage
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, layout, session_state, transactions
from clicnjob.ui.widgets import thread


def draw_thread(me: Present, shown: PersonFile) -> None:
    """Draw the thread and the form below it; on a projected screen, nothing of it."""
    st.header("Messages", anchor=False)
    if me.projected:
        layout.content_not_shown()
        return
    found = _read_thread(me, shown)
    if found:
        thread.draw_thread(found, young=False, today=date.today())
        latest = found[-1]
        if latest.by_id == me.id and latest.read_at is None:
            icon = ":material/undo:"
            st.button("Reprendre mon message", key="thread-back", icon=icon, on_click=_take_back, args=(latest.id,))
    else:
        st.text("Aucun message. Le jeune lit le vôtre sur son accueil, à sa prochaine visite.")
    if not shown.archived:
        _draw_form(shown)


def _read_thread(me: Present, shown: PersonFile) -> tuple[ShownMessage, ...]:
    """Read the thread; what the young person wrote is then read."""
    today = date.today()
    with db.read_transaction() as session:
        found = threads.thread_on_person(session, by=me, account_id=shown.id, today=today)
    if any(one.from_young and one.read_at is None for one in found):
        transactions.run_action(
            lambda session, me: threads.mark_read_by_adviser(
                session, by=me, account_id=shown.id, today=today, now=models.utc_now()
            )
        )
    return found


def _draw_form(shown: PersonFile) -> None:
    phrases = vocabulary.ready_phrases().conseiller
    ready_key, key = session_state.widget_key("thread-ready", shown.id), f"thread-words-{shown.id}"
    with st.form("new-message", enter_to_submit=False):
        st.selectbox(
            "Une phrase prête, avant votre message (pas obligatoire)",
            phrases,
            index=None,
            key=ready_key,
            placeholder="Choisir",
        )
        text_boxes.draw_message("Votre message", key=key, most=policy.MESSAGE_LENGTH, height=90)
        st.form_submit_button(
            "Envoyer", key="thread-send", type="primary", icon=":material/send:",
            on_click=double_click.act_at_first_click,
            args=("message", (key,), _send_message, shown.id, ready_key, key),
        )  # fmt: skip


def _send_message(account_id: str, ready_key: str, key: str) -> None:
    today = date.today()
    ready, typed = session_state.widget_value(ready_key, str), session_state.widget_value(key, str) or ""
    words = "\n".join(part for part in (ready, typed.strip()) if part)
    if transactions.run_action(
        lambda session, me: threads.write_to_young(
            session, by=me, account_id=account_id, words=words, today=today, now=models.utc_now()
        )
    ):
        text_boxes.clear_messages(key)
        session_state.renew_widgets()  # the ready sentence has left too
        session_state.tell_once("Le message est envoyé. Le jeune le lit sur son accueil.")


def _take_back(message_id: str) -> None:
    if transactions.run_action(
        lambda session, me: threads.take_message_back(
            session, by=me, message_id=message_id, today=date.today(), now=models.utc_now()
        )
    ):
        session_state.tell_once("Le message est repris. Le jeune ne l’a pas lu.")
