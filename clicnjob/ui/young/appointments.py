"""A young person's appointments: proposed, accepted, near, cancelled, and those that they ask for."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob import models, policy
from clicnjob.cohort.support import appointment_requests, appointments
from clicnjob.cohort.support.appointment_requests import AskedAppointment
from clicnjob.cohort.support.appointments import Proposal
from clicnjob.french.appointments import half_day_shown, length_shown, when_shown, where_shown
from clicnjob.ui.shell import navigation, session_state, transactions
from clicnjob.ui.widgets import download


def draw_on_home(found: tuple[Proposal, ...], asked: AskedAppointment | None) -> None:
    """Draw what waits for an answer, what is near, what was cancelled, and the open request."""
    today = date.today()
    for one in found:
        near = one.accepted is True and one.day <= today + policy.APPOINTMENT_REMINDED
        if one.accepted is None or one.cancelled or near:
            draw_proposal(one)
    if asked and asked.settled_at is None:
        draw_open_request(asked)


def draw_section(found: tuple[Proposal, ...], asked: AskedAppointment | None) -> None:
    """Draw « Mes rendez-vous »: all to come, and the request or the button that begins one."""
    st.header("Mes rendez-vous", anchor=False)
    waiting = asked is not None and asked.settled_at is None
    if not found and not waiting:
        st.text("Aucun rendez-vous prévu.")
    for one in found:
        draw_proposal(one)
    if asked and asked.settled_at is None:
        draw_open_request(asked)
    elif st.button("Demander un rendez-vous", key="ask-appointment", icon=":material/event:"):
        st.switch_page(navigation.page_path("young/appointment.py"))


def draw_proposal(one: Proposal) -> None:
    """Draw one appointment with its two answers; once it is accepted, its file for the telephone."""
    today = date.today()
    with st.container(key=f"cj-appointment-{one.id}", border=True):
        st.html(f'<p class="cj-about">{_proposal_title(one)}</p>')
        when = when_shown(one.day, one.start, today=today)
        st.html(f'<p class="cj-meeting-when">{escape(when[0].upper() + when[1:])}</p>')
        if one.cancelled:
            st.text("Ce rendez-vous n’a pas lieu. Ne viens pas.")
            return
        where = where_shown(one.kind, one.place)
        facts = (where[:1].upper() + where[1:], f"Ça dure {length_shown(one.minutes)}" if one.minutes else "")
        for line in (*facts, one.words):
            if line:
                st.text(line)
        if one.accepted is False:
            st.text("Tu as dit que tu ne peux pas.")
        with st.container(horizontal=True, gap="small"):
            if one.accepted is not True:
                st.button(
                    "D’accord", key=f"yes-{one.id}", type="primary", icon=":material/check:", on_click=_answer_proposal,
                    args=(one.id, True),
                )  # fmt: skip
            elif one.start:
                download.download_button(
                    "Pour mon téléphone", document="appointment-ics", work_id=one.id, icon=":material/calendar_add_on:"
                )
            if one.accepted is not False:
                st.button("Je ne peux pas", key=f"no-{one.id}", on_click=_answer_proposal, args=(one.id, False))


def draw_open_request(asked: AskedAppointment) -> None:
    """Draw the request that waits for the adviser's answer."""
    today = date.today()
    with st.container(key="cj-asked-appointment", border=True):
        st.html('<p class="cj-about">Tu as demandé un rendez-vous</p>')
        st.text("Ton conseiller va te proposer un moment.")
        said = [half_day_shown(one, today=today) for one in asked.half_days] + list(asked.reasons)
        st.html(f'<p class="cj-small">{escape(" · ".join(said))}</p>')
        st.button("Je n’en veux plus", key="asked-back", type="tertiary", icon=":material/undo:", on_click=_take_back)


def _proposal_title(one: Proposal) -> str:
    who = escape(one.by)
    if one.cancelled:
        return f"Rendez-vous annulé, avec {who}"
    return f"Ton rendez-vous avec {who}" if one.accepted else f"{who} te propose un rendez-vous"


def _answer_proposal(appointment_id: str, accepted: bool) -> None:
    words = "C’est noté. Ton conseiller le voit." if accepted else "C’est dit. Ton conseiller va te reproposer."
    if transactions.run_action(
        lambda session, me: appointments.answer_appointment(
            session, by=me, appointment_id=appointment_id, accepted=accepted, now=models.utc_now()
        )
    ):
        session_state.APPOINTMENT_TODAY.clear()
        session_state.tell_once(words)


def _take_back() -> None:
    if transactions.run_action(
        lambda session, me: appointment_requests.take_request_back(session, by=me, now=models.utc_now())
    ):
        session_state.tell_once("C’est annulé. Tu peux redemander quand tu veux.")
