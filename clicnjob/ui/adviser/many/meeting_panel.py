"""The panel that proposes one appointment to many people: an information meeting, a workshop."""

from __future__ import annotations

from datetime import date, datetime, time

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.many import meetings
from clicnjob.cohort.support import appointments
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.french.appointments import KINDS, length_shown
from clicnjob.french.moments import shown_hour
from clicnjob.ui.adviser.cohort.page import Cohort
from clicnjob.ui.adviser.many import confirmation, ticks
from clicnjob.ui.forms import day_box, text_boxes
from clicnjob.ui.shell import session_state

_FIRST_DAY, _FIRST_START, _FIRST_LENGTH = 7, time(14), 60
_PLACE, _WORDS = "many-place", "many-appointment-words"
_PLACES = {"sur_place": "Lieu", "visio": "Lien, ou comment se connecter"}


def draw_appointment(me: Present, shown: Cohort) -> None:
    """Draw when and where, and whom it reaches: who is busy at that hour is named as soon as it is chosen."""
    starts, lengths = appointments.offered_starts(), policy.APPOINTMENT_LENGTHS
    with st.container(key="cj-many-when", horizontal=True, vertical_alignment="bottom"):
        day = day_box.draw_day("Jour", key="many-day", today=shown.today, first=_FIRST_DAY)
        start = st.selectbox(
            "Heure", starts, index=starts.index(_FIRST_START), key="many-start", format_func=shown_hour
        )
        minutes = st.selectbox(
            "Durée", lengths, index=lengths.index(_FIRST_LENGTH), key="many-minutes", format_func=length_shown
        )
    kind = st.segmented_control(
        "Comment", list(KINDS), default="sur_place", key="many-kind", format_func=KINDS.__getitem__, required=True
    )
    plan = AppointmentPlan(day, start, minutes, kind)
    with db.read_transaction() as session:
        reach = meetings.appointment_reach(
            session, by=me, account_ids=ticks.ticked_ids(), plan=plan, today=shown.today, now=models.utc_now()
        )
        usual = appointments.last_place(session, of=me, kind=kind)
    with st.form("many-appointment", enter_to_submit=False, border=False):
        if kind in _PLACES:
            text_boxes.draw_message(_PLACES[kind], key=f"{_PLACE}-{kind}", most=policy.SHORT_WORD_LENGTH, value=usual)
        text_boxes.draw_message("Un mot pour tous (pas obligatoire)", key=_WORDS, most=policy.SHORT_WORD_LENGTH)
        confirmation.draw_reach(me, reach)
        st.form_submit_button(
            confirmation.go_on("Proposer à", reach), key="many-appointment-go", type="primary",
            icon=":material/event:", disabled=not reach.receivers, on_click=_propose_to_ticked, args=(plan, reach.version),
        )  # fmt: skip


def _propose_to_ticked(plan: AppointmentPlan, shown: str) -> None:
    place = session_state.widget_value(f"{_PLACE}-{plan.kind}", str) or "" if plan.kind in _PLACES else ""
    words = session_state.widget_value(_WORDS, str) or ""
    whole = AppointmentPlan(plan.day, plan.start, plan.minutes, plan.kind, place, words)
    chosen, today = ticks.ticked_ids(), date.today()

    def propose_appointments(session: Session, me: Present, now: datetime) -> int:
        return meetings.propose_to_many(
            session, by=me, account_ids=chosen, plan=whole, shown=shown, today=today, now=now
        )

    if confirmation.act_once("appointment", propose_appointments):
        text_boxes.clear_messages(_WORDS)
