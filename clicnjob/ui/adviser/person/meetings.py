"""Appointments with a young person, on their page: what they asked for, a new one, those to come and the latest past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.support import agenda, appointment_requests, appointments
from clicnjob.cohort.support.agenda import AgendaLine
from clicnjob.cohort.support.appointments import AppointmentPlan, Proposal
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.french.appointments import (
    KINDS,
    HalfDay,
    day_shown,
    half_day_shown,
    hours_shown,
    length_shown,
    when_shown,
)
from clicnjob.french.moments import shown_hour
from clicnjob.models import FOLLOWING_ROLES
from clicnjob.ui.adviser import meetings
from clicnjob.ui.forms import day_box, text_boxes
from clicnjob.ui.shell import double_click, layout, session_state, signed_in, transactions
from clicnjob.ui.widgets import download

_FIRST_DAY, _FIRST_START, _FIRST_LENGTH = 7, time(10), 30  # days ahead, hour, minutes
_HALF_START = {"matin": time(9), "apres_midi": time(14)}
_PAST_SHOWN = 5
_PLACES = {"sur_place": "Lieu", "visio": "Lien, ou comment se connecter"}


def draw_appointments(me: Present, shown: PersonFile, today: date) -> None:
    """Draw all of it; on a projected screen, nothing that was written and no form."""
    now = models.utc_now()
    st.header("Rendez-vous", anchor=False)
    _draw_request(me, shown, today)
    if not me.projected and not shown.archived:
        _draw_form(shown.id)
    coming = [one for one in shown.appointments if one.day >= today and not one.is_over(now=now)]
    past = [one for one in reversed(shown.appointments) if one not in coming]
    for one in (*coming, *past[:_PAST_SHOWN]):
        _draw_meeting(me, one, today, now)


def _draw_request(me: Present, shown: PersonFile, today: date) -> None:
    asked = shown.asked
    if asked is None or asked.settled_at is not None:
        return
    with st.container(key="cj-asked-appointment", border=True):
        st.html('<p class="cj-about">Demande un rendez-vous</p>')
        if not me.projected:
            st.text(" · ".join(asked.reasons))
        st.text("Ses moments possibles. Touchez-en un\u00a0: le jour et l’heure se remplissent.")
        with st.container(horizontal=True, gap="small"):
            for half in asked.half_days:
                st.button(
                    half_day_shown(half, today=today),
                    key=f"asked-{half.key}",
                    icon=":material/event:",
                    disabled=half.day < today or me.projected,
                    on_click=_start_from,
                    args=(shown.id, half),
                )
        st.button(
            "J’ai répondu autrement", key="asked-settle", type="tertiary", icon=":material/done:",
            on_click=_settle_request, args=(shown.id,),
        )  # fmt: skip


@st.fragment
def _draw_form(account_id: str) -> None:
    """Draw the form; a fragment, so that overlaps show as soon as the hour is chosen."""
    me = signed_in.still_present(*FOLLOWING_ROLES)
    today = date.today()
    first, start = _start_of(account_id, today)
    keys = {name: session_state.widget_key(f"appointment-{name}", account_id, first.isoformat(), start.isoformat())
            for name in ("day", "start", "minutes", "kind", "words")}  # fmt: skip
    with st.container(key="cj-appointment-form", border=True):
        day = day_box.draw_day("Jour", key=keys["day"], today=today, first=(first - today).days)
        left, right = st.columns(2, gap="small")
        starts, lengths = appointments.offered_starts(), policy.APPOINTMENT_LENGTHS
        start = left.selectbox("Heure", starts, index=starts.index(start), key=keys["start"], format_func=shown_hour)
        minutes = right.selectbox(
            "Durée", lengths, index=lengths.index(_FIRST_LENGTH), key=keys["minutes"], format_func=length_shown
        )
        kind = st.segmented_control(
            "Comment", list(KINDS), default="sur_place", key=keys["kind"], format_func=KINDS.__getitem__, required=True
        )
        overlaps, usual = _read_around(me, account_id, day, start, minutes, kind)
        with st.form("new-appointment", enter_to_submit=False, border=False):
            place_key = f"{keys['words']}-{kind}" if kind in _PLACES else ""
            if place_key:
                text_boxes.draw_message(
                    _PLACES[kind], key=place_key, most=policy.SHORT_WORD_LENGTH, value=usual,
                    placeholder="Exemple\u00a0: mission locale, bureau 12" if kind == "sur_place" else None,
                )  # fmt: skip
            text_boxes.draw_message(
                "Un mot pour le jeune (pas obligatoire)", key=keys["words"], most=policy.SHORT_WORD_LENGTH
            )
            _draw_overlaps(overlaps)
            plan = AppointmentPlan(day, start, minutes, kind, "", "")
            if st.form_submit_button(
                "Proposer le rendez-vous", key="appointment-propose", type="primary", icon=":material/event:",
                on_click=double_click.act_at_first_click,
                args=(f"appointment-{account_id}", (), _propose_appointment, account_id, plan, place_key, keys["words"]),
            ):  # fmt: skip
                st.rerun()  # the whole page: the list of the appointments stands beside this fragment


def _read_around(
    me: Present, account_id: str, day: date, start: time, minutes: int, kind: str
) -> tuple[tuple[AgendaLine, ...], str]:
    """Read the appointments with others at that time, since those with this person are listed below, and the usual place."""
    with db.read_transaction() as session:
        found = agenda.overlapping_appointments(
            session, of=me, day=day, start=start, minutes=minutes, today=date.today()
        )
        usual = appointments.last_place(session, of=me, kind=kind)
    return tuple(one for one in found if one.account_id != account_id), usual


def _draw_overlaps(overlaps: tuple[AgendaLine, ...]) -> None:
    if overlaps:
        said = [
            f"{hours_shown(one.start, one.minutes)}, {one.first_name} {one.last_name}" for one in overlaps if one.start
        ]
        words = layout.escape_markdown(f"Vous avez déjà\u00a0: {' · '.join(said)}.")
        st.warning(words, icon=":material/event_busy:")


def _draw_meeting(me: Present, one: Proposal, today: date, now: datetime) -> None:
    over = one.is_over(now=now)
    with st.container(key=f"cj-meeting-{one.id}", border=True):
        near = when_shown(one.day, None, today=today) if one.day >= today else day_shown(one.day, today=today)
        st.html(
            meetings.meeting_html(
                near[0].upper() + near[1:], start=one.start, minutes=one.minutes, kind=one.kind, place=one.place,
                words=one.words, accepted=one.accepted,
            )
        )  # fmt: skip
        if over:
            meetings.draw_outcome(one.id, outcome=one.outcome)
        with st.container(horizontal=True, gap="small"):
            if one.accepted is False and one.seen_at is None:
                st.button("J’ai vu", key=f"appointment-seen-{one.id}", on_click=_mark_seen, args=(one.id,))
            elif not over or one.day >= today and not one.outcome:
                if one.start and not me.projected:
                    download.download_button(
                        "Vers mon agenda", document="appointment-ics", work_id=one.id, icon=":material/calendar_add_on:"
                    )
                st.button(
                    "Annuler ce rendez-vous",
                    key=f"appointment-drop-{one.id}",
                    type="tertiary",
                    on_click=_withdraw_appointment,
                    args=(one.id,),
                )


def _start_of(account_id: str, today: date) -> tuple[date, time]:
    """Return the day and hour that the form starts from: those of the half-day just touched, else the usual ones."""
    whom, day, hour = session_state.APPOINTMENT_START.get()
    if whom == account_id and date.fromisoformat(day) >= today:
        return date.fromisoformat(day), time.fromisoformat(hour)
    return date.fromordinal(today.toordinal() + _FIRST_DAY), _FIRST_START


def _start_from(account_id: str, half: HalfDay) -> None:
    start = _HALF_START[half.half].isoformat()
    session_state.APPOINTMENT_START.set((account_id, half.day.isoformat(), start))


def _propose_appointment(account_id: str, plan: AppointmentPlan, place_key: str, words_key: str) -> None:
    """Propose what the form said when it was drawn, at the place and with the words typed in it."""
    today = date.today()
    place, words = (session_state.widget_value(key, str) or "" for key in (place_key, words_key))
    plan = replace(plan, place=place, words=words)
    if transactions.run_action(
        lambda session, me: appointments.propose_appointment(
            session, by=me, account_id=account_id, plan=plan, today=today, now=models.utc_now()
        )
    ):
        session_state.APPOINTMENT_START.clear()
        session_state.renew_widgets()
        session_state.tell_once("Le rendez-vous est proposé. Le jeune le voit sur son accueil.")


def _settle_request(account_id: str) -> None:
    today = date.today()
    saved = transactions.run_action(
        lambda session, me: appointment_requests.settle_appointment_request(
            session, by=me, account_id=account_id, today=today, now=models.utc_now()
        )
    )
    if saved:
        session_state.tell_once(
            "La demande est close." if saved.result else "Un collègue a déjà répondu à cette demande."
        )


def _mark_seen(appointment_id: str) -> None:
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
        session_state.tell_once("Le rendez-vous est annulé. Le jeune le voit.")
