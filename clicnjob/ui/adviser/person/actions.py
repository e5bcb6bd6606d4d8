"""What a professional sends to a young person: an answer to a help request, a next step, an appointment."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob import models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.support import appointments, help_requests, next_steps
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.french import days
from clicnjob.ui.adviser import next_step
from clicnjob.ui.forms import day_box, text_boxes
from clicnjob.ui.shell import session_state, transactions


def draw_exchanges(me: Present, shown: PersonFile) -> None:
    """Draw the open help request, the next step and the appointments."""
    today = date.today()
    _draw_help_request(me, shown, today)
    left, right = st.columns(2, gap="large")
    with left:
        _draw_steps(shown, today)
    with right:
        _draw_appointments(shown, today)


def _draw_help_request(me: Present, shown: PersonFile, today: date) -> None:
    call = shown.call
    if call is None or call.settled_at is not None:
        return
    with st.container(key="cj-call", border=True):
        st.header("A demandé de l’aide", anchor=False)
        if call.word and not me.projected:
            st.text(f"«\u00a0{call.word}\u00a0»")
        st.text(f"C’était {days.days_ago(days.local_day(call.at) or today, today=today)}.")
        st.button(
            "J’ai répondu",
            key="call-settle",
            type="primary",
            icon=":material/done:",
            on_click=_settle_request,
            args=(shown.id,),
        )


def _draw_steps(shown: PersonFile, today: date) -> None:
    st.header("Prochaine étape", anchor=False)
    current = next((one for one in shown.steps if one.done_at is None), None)
    if current:
        word = f"<br>{escape(current.word)}" if current.word else ""
        st.html(f'<p class="cj-understood"><strong>{escape(current.step.phrase)}</strong>{word}</p>')
        st.button("Retirer l’étape", key="step-withdraw", type="tertiary", on_click=_withdraw_step, args=(shown.id,))
    if proposed := next_step.draw_step_form("step", word="Un mot (pas obligatoire)", propose="Proposer"):
        _propose_step(shown.id, *proposed)
    for one in shown.steps:
        if one.done_at:
            when = days.shown_day(days.local_day(one.done_at) or today, today=today)
            st.html(f'<p class="cj-saved">✓ {escape(one.step.phrase)}, fait le {when}</p>')
            if one.seen_at is None:
                st.button("J’ai vu", key=f"step-seen-{one.id}", on_click=_seen_step, args=(one.id,))


def _draw_appointments(shown: PersonFile, today: date) -> None:
    st.header("Rendez-vous", anchor=False)
    with st.form("new-appointment", enter_to_submit=False):
        words = text_boxes.draw_message(
            "Quand et où",
            key=f"appointment-words-{shown.id}",
            placeholder="Exemple\u00a0: mardi à 14 h, à la mission locale",
            most=policy.SHORT_WORD_LENGTH,
        )
        day = day_box.draw_day("Jour", key="appointment-day", today=today, first=7)
        if st.form_submit_button("Proposer le rendez-vous", key="appointment-propose", icon=":material/event:"):
            _propose_appointment(shown.id, words, day)
    for one in reversed(shown.appointments):
        answer = {None: "Pas encore de réponse", True: "Accepté", False: "Ne peut pas venir"}[one.accepted]
        with st.container(key=f"cj-line-{one.id}", horizontal=True, vertical_alignment="center"):
            st.text(f"{days.shown_day(one.day, today=today)}\u00a0: {one.words}")
            st.text(answer)
            if one.accepted is False and one.seen_at is None:
                st.button("J’ai vu", key=f"appointment-seen-{one.id}", on_click=_seen_appointment, args=(one.id,))
            elif one.day >= today:
                st.button(
                    "Annuler ce rendez-vous",
                    key=f"appointment-drop-{one.id}",
                    type="tertiary",
                    on_click=_withdraw_appointment,
                    args=(one.id,),
                )


def _settle_request(account_id: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: help_requests.settle_help_request(
            session, by=me, account_id=account_id, today=today, now=models.utc_now()
        )
    ):
        session_state.tell_once("Le jeune voit que vous avez répondu.")


def _propose_step(account_id: str, key: str, word: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: next_steps.propose_step(
            session, by=me, account_ids=[account_id], key=key, word=word, today=today, now=models.utc_now()
        )
    ):
        text_boxes.clear_messages(next_step.word_box_key("step"))
        session_state.tell_once("L’étape est sur son accueil.")
    st.rerun()


def _withdraw_step(account_id: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: next_steps.withdraw_step(
            session, by=me, account_id=account_id, today=today, now=models.utc_now()
        )
    ):
        session_state.tell_once("L’étape est retirée.")


def _seen_step(step_id: str) -> None:
    today = date.today()
    transactions.run_action(
        lambda session, me: next_steps.mark_step_seen(
            session, by=me, step_id=step_id, today=today, now=models.utc_now()
        )
    )


def _propose_appointment(account_id: str, words: str, day: date) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: appointments.propose_appointment(
            session, by=me, account_id=account_id, words=words, day=day, today=today, now=models.utc_now()
        )
    ):
        text_boxes.clear_messages(f"appointment-words-{account_id}")
        session_state.tell_once("Le rendez-vous est proposé.")
    st.rerun()


def _seen_appointment(appointment_id: str) -> None:
    today = date.today()
    transactions.run_action(
        lambda session, me: appointments.mark_answer_seen(
            session, by=me, appointment_id=appointment_id, today=today, now=models.utc_now()
        )
    )


def _withdraw_appointment(appointment_id: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: appointments.withdraw_appointment(
            session, by=me, appointment_id=appointment_id, today=today, now=models.utc_now()
        )
    ):
        session_state.tell_once("Le rendez-vous est retiré.")
