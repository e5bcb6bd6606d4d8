"""The next interview, wherever its day was typed: on « Candidatures » or on « Le jour J ». Home and both pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from clicnjob.apply.applications import Application, Applications
from clicnjob.french import moments
from clicnjob.interview import days
from clicnjob.interview.notebook import InterviewDay, Notebook, new_id
from clicnjob.ui.shell import navigation, session_state
from clicnjob.ui.young.interview import book, choosing, day

_PAGE = "young/interview_day.py"


@dataclass(frozen=True, slots=True)
class ComingInterview:
    """The nearest interview: its day, the prepared one if there is one, else the application that names the day."""

    name: str
    on: date
    day: InterviewDay | None
    application: Application | None


def coming_interview(notes: Notebook, listed: Applications, *, today: date) -> ComingInterview | None:
    """Return the nearest interview from `today` on, or None. A prepared day takes the place of its application."""
    found: list[ComingInterview] = []
    for one in notes.days:
        if (on := days.on_day(one)) and on >= today:
            found.append(ComingInterview(days.interview_name(one), on, one, None))
    for line in listed.applications:
        unprepared = line.state == "interview" and notes.day_of_application(line.id) is None
        if unprepared and line.interview_on and line.interview_on >= today:
            found.append(ComingInterview(line.employer or line.title, line.interview_on, None, line))
    return min(found, key=lambda each: each.on, default=None)


def draw_coming(notes: Notebook, listed: Applications) -> None:
    """Draw the nearest interview with the one gesture that prepares it; nothing when none is planned."""
    today = date.today()
    one = coming_interview(notes, listed, today=today)
    if one is None:
        return
    at = days.at_hour(one.day) if one.day else None
    when = moments.in_days(one.on, today=today) + (f", à {moments.shown_hour(at)}" if at else "")
    with st.container(key="cj-near", border=True, horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="cj-leave"><strong>Ton entretien\u00a0: {escape(one.name)}</strong>, {when}.</p>',
            width="stretch",
        )
        if one.application is not None:
            draw_prepare_button(one.application)
        elif one.day and st.button("Voir ma feuille", key="near-day", icon=":material/event:"):
            day.open_day(one.day.id)
            st.switch_page(navigation.page_path(_PAGE))


def draw_prepare_button(one: Application) -> None:
    """Draw the button that opens « Le jour J » of an application; `follow_to_day` then switches to it."""
    st.button(
        "Préparer cet entretien",
        key=f"prepare-{one.id}",
        type="primary",
        icon=":material/event:",
        on_click=_open_day_of,
        args=(one,),
    )


def follow_to_day() -> None:
    """Switch to « Le jour J » if the button of `draw_prepare_button` was touched."""
    if session_state.INTERVIEW_APPLICATION.get():
        st.switch_page(navigation.page_path(_PAGE))


def take_day_of_application(application_id: str, on: date) -> None:
    """Give the prepared interview of an application its new day, so that both pages tell the same one."""

    def put(notes: Notebook) -> None:
        if (kept := notes.day_of_application(application_id)) is not None:
            kept.date = on.isoformat()

    book.change_notebook(put)


def _open_day_of(one: Application) -> None:
    """Open the interview of an application; a first time, it starts from what its line already says."""
    job = one.job or choosing.job_named(one.title)
    typed = one.interview_on.isoformat() if one.interview_on else ""
    made = InterviewDay(id=new_id(), application=one.id, employer=one.employer or one.title, job=job, date=typed)

    def put(notes: Notebook) -> None:
        if notes.day_of_application(one.id) is None:
            days.add_day(notes, made)

    if book.change_notebook(put):
        session_state.INTERVIEW_APPLICATION.set(one.id)
