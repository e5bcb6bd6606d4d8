"""The strip under the header on the day of an appointment: « Aujourd’hui à 14 h, rendez-vous avec Claire »."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cohort.support import appointments, help_requests
from clicnjob.cohort.support.appointments import Proposal
from clicnjob.french import moments
from clicnjob.ui.shell import markdown, navigation, run_cache, session_state

_NONE = ("", "", "")


def draw_strip(me: Present) -> None:
    """Draw it until the appointment begins. One query in a tab, then none; `note_today` brings it up to date."""
    if not help_requests.may_ask(me):
        return
    if session_state.APPOINTMENT_TODAY.get() is None:
        with db.read_transaction() as session:
            read_coming(session, me)
    day, hour, whom = session_state.APPOINTMENT_TODAY.get() or _NONE
    if day != date.today().isoformat():
        return
    start = time.fromisoformat(hour)
    if not appointments.has_begun(date.today(), start, now=models.utc_now()):
        words = f"Aujourd’hui à {moments.shown_hour(start)}\u00a0: rendez-vous avec {markdown.escape_markdown(whom)}"
        with st.container(key="cj-appointment-strip"):
            st.page_link(navigation.page_path("young/told.py"), label=words, icon=":material/event:")


def read_coming(session: Session, me: Present) -> tuple[Proposal, ...]:
    """Return the person's appointments, read once in a run, and bring the strip up to date."""
    found = run_cache.read_once("appointments", lambda: appointments.of_young(session, of=me, today=date.today()))
    note_today(found)
    return found


def note_today(found: Sequence[Proposal]) -> None:
    """Keep the next accepted appointment of today for the strip of every page."""
    now = models.utc_now()
    mine = [one for one in found if one.accepted and not one.cancelled and one.start and not one.is_over(now=now)]
    todays = [(one.day.isoformat(), one.start.isoformat(), one.by) for one in mine if one.start and _is_today(one, now)]
    session_state.APPOINTMENT_TODAY.set(todays[0] if todays else _NONE)


def _is_today(one: Proposal, now: datetime) -> bool:
    return one.day == now.astimezone().date()
