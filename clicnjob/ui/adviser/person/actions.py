"""What a professional sends to a young person: an answer to a help request, a next step, an appointment."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob import models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort import vocabulary
from clicnjob.cohort.support import help_requests, next_steps
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.french import days
from clicnjob.ui.adviser.person import meetings, thread
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, session_state, transactions

_STEP, _WORD = "step-key", "step-word"


def draw_exchanges(me: Present, shown: PersonFile) -> None:
    """Draw the open help request, the next step and the appointments."""
    today = date.today()
    _draw_help_request(me, shown, today)
    left, right = st.columns(2, gap="large")
    with left:
        thread.draw_thread(me, shown)
    with right:
        _draw_steps(shown, today)
        meetings.draw_appointments(me, shown, today)


def _draw_help_request(me: Present, shown: PersonFile, today: date) -> None:
    call = shown.call
    if call is None or call.settled_at is not None:
        return
    with st.container(key="cj-call", border=True):
        st.header("A demandé de l’aide", anchor=False)
        if call.word and not me.projected:
            st.text(f"«\u00a0{call.word}\u00a0»")
        st.text("Un message envoyé ci-dessous vaut réponse.")
        st.text(f"C’était {days.days_ago(days.local_day(call.at) or today, today=today)}.")
        st.button(
            "J’ai répondu autrement",
            key="call-settle",
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
        st.button("Retirer l’étape", key="step-withdraw", type="tertiary", on_click=_withdraw_step, args=(current.id,))
    offered = vocabulary.step_choices()
    with st.form("step-form", enter_to_submit=False):
        st.selectbox("Étape à proposer", list(offered), key=_STEP, format_func=lambda each: offered[each].phrase)
        text_boxes.draw_message("Un mot (pas obligatoire)", key=_WORD, most=policy.SHORT_WORD_LENGTH)
        st.form_submit_button(
            "Proposer", key="step-propose", type="primary", icon=":material/flag:",
            on_click=double_click.act_at_first_click,
            args=("step", (_STEP, _WORD), _propose_step, shown.id, current.id if current else ""),
        )  # fmt: skip
    for one in shown.steps:
        if one.done_at:
            when = days.shown_day(days.local_day(one.done_at) or today, today=today)
            st.html(f'<p class="cj-saved">✓ {escape(one.step.phrase)}, fait le {when}</p>')
            if one.seen_at is None:
                st.button("J’ai vu", key=f"step-seen-{one.id}", on_click=_seen_step, args=(one.id,))


def _settle_request(account_id: str) -> None:
    today = date.today()
    saved = transactions.run_action(
        lambda session, me: help_requests.settle_help_request(
            session, by=me, account_id=account_id, today=today, now=models.utc_now()
        )
    )
    if saved:
        answered = "Le jeune voit que vous avez répondu."
        session_state.tell_once(answered if saved.result else "Un collègue a déjà répondu à cette demande.")


def _propose_step(account_id: str, instead_of: str) -> None:
    today = date.today()
    key, word = session_state.widget_value(_STEP, str) or "", session_state.widget_value(_WORD, str) or ""
    if transactions.run_action(
        lambda session, me: next_steps.propose_step(
            session,
            by=me,
            account_id=account_id,
            key=key,
            word=word,
            instead_of=instead_of,
            today=today,
            now=models.utc_now(),
        )
    ):
        text_boxes.clear_messages(_WORD)
        session_state.tell_once("L’étape est sur son accueil.")


def _withdraw_step(step_id: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: next_steps.withdraw_step(session, by=me, step_id=step_id, today=today, now=models.utc_now())
    ):
        session_state.tell_once("L’étape est retirée.")


def _seen_step(step_id: str) -> None:
    today = date.today()
    transactions.run_action(
        lambda session, me: next_steps.mark_step_seen(
            session, by=me, step_id=step_id, today=today, now=models.utc_now()
        )
    )
