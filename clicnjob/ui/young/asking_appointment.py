"""« Demander un rendez-vous »: two questions, each on its screen: when, then why."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob import models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort import vocabulary
from clicnjob.cohort.support import appointment_requests, help_requests
from clicnjob.cohort.support.appointment_requests import NotTwoOrThree
from clicnjob.cohort.support.help_requests import NobodyToAsk
from clicnjob.french.appointments import HALVES, HalfDay, day_shown, stored_half_day
from clicnjob.ui.shell import navigation, session_state, transactions

_DONE = 2


def draw_questions(me: Present) -> None:
    """Draw the question of the moment; a guest has nobody to ask."""
    if not help_requests.may_ask(me):
        st.text(NobodyToAsk.sentence)
        return
    if session_state.APPOINTMENT_STEP.get() == _DONE:
        session_state.APPOINTMENT_STEP.clear()
        session_state.APPOINTMENT_HALF_DAYS.clear()
        session_state.tell_once("C’est envoyé. Ton conseiller va te proposer un moment.")  # on the page that follows
        st.switch_page(navigation.page_path("young/told.py"))
    if session_state.APPOINTMENT_STEP.get() == 0:
        _ask_when()
    else:
        _ask_why()


def _ask_when() -> None:
    today = date.today()
    st.header("Quand peux-tu venir\u00a0?", anchor=False)
    st.text("Coche deux ou trois moments.")
    chosen = session_state.APPOINTMENT_HALF_DAYS.get()
    offered = appointment_requests.offered_half_days(today)
    for day in _offered_days(offered):
        mine = [one.key for one in offered if one.day == day]
        named = day_shown(day, today=today)
        st.pills(
            f"{named[0].upper()}{named[1:]}",
            mine,
            selection_mode="multi",
            default=[key for key in mine if key in chosen],
            key=_box_key(day.isoformat()),
            format_func=_half_shown,
        )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Suivant",
            key="asked-next",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=_go_to_why,
            args=(offered,),
        )
        if st.button("Annuler", key="asked-leave", type="tertiary"):
            session_state.APPOINTMENT_HALF_DAYS.clear()
            st.switch_page(navigation.page_path("young/told.py"))


def _ask_why() -> None:
    st.header("Pour parler de quoi\u00a0?", anchor=False)
    st.text("Coche une, deux ou trois raisons.")
    for key, reason in vocabulary.appointment_reasons().items():
        st.checkbox(reason.phrase, key=_box_key(key), width="stretch")
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Envoyer ma demande", key="asked-send", type="primary", icon=":material/send:", on_click=_send_request
        )
        st.button(
            "Retour",
            key="asked-before",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=session_state.APPOINTMENT_STEP.set,
            args=(0,),
        )


def _offered_days(offered: tuple[HalfDay, ...]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(one.day for one in offered))


def _half_shown(key: str) -> str:
    return HALVES[stored_half_day(key).half]


def _box_key(key: str) -> str:
    return session_state.widget_key("asked", key)


def _ticked_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if session_state.widget_value(_box_key(key), bool))


def _go_to_why(offered: tuple[HalfDay, ...]) -> None:
    boxes = [session_state.widget_value(_box_key(day.isoformat()), list) or [] for day in _offered_days(offered)]
    chosen = tuple(key for box in boxes for key in box)
    session_state.APPOINTMENT_HALF_DAYS.set(chosen)
    if len(chosen) in policy.HALF_DAYS_TICKED:
        session_state.APPOINTMENT_STEP.set(1)
    else:
        session_state.tell_once(NotTwoOrThree.sentence)


def _send_request() -> None:
    today, half_days = date.today(), session_state.APPOINTMENT_HALF_DAYS.get()
    reasons = _ticked_keys(tuple(vocabulary.appointment_reasons()))
    if transactions.run_action(
        lambda session, me: appointment_requests.ask_for_appointment(
            session, by=me, half_days=half_days, reasons=reasons, today=today, now=models.utc_now()
        )
    ):
        session_state.APPOINTMENT_STEP.set(_DONE)
        session_state.renew_widgets()
