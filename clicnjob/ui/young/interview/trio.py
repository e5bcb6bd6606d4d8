"""Interview practice in threes: role cards, a timer that rotates the roles, a checklist. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from random import SystemRandom

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.interview import mix, outputs
from clicnjob.interview.bank import question_bank
from clicnjob.interview.words import TrioRole, interview_words
from clicnjob.ui.shell import layout, open_work, session_state, session_strip
from clicnjob.ui.widgets import download, timer, turn
from clicnjob.ui.young.interview import book, choosing

_SEATS = ("A", "B", "C")
_QUESTIONS = 3


@dataclass(frozen=True)
class Turn:
    """One turn: its number from 0, and the seat (« A », « B » or « C ») that plays each role."""

    number: int
    employer: str
    candidate: str
    observer: str


def turn_of(number: int) -> Turn:
    """Return the roles of a turn; each seat is the candidate once in three turns."""
    seats = [_SEATS[(number + place) % len(_SEATS)] for place in range(len(_SEATS))]
    return Turn(number, *seats)


def draw_rules(me: Present) -> None:
    """Draw the rules, then the choice of a job."""
    st.title("Entretien à trois", anchor=False)
    lines = "".join(f"<li>{escape(line)}</li>" for line in interview_words().trio.consignes)
    st.html(f'<ul class="cj-plain-list">{lines}</ul>')
    st.header("Pour quel métier\u00a0?", anchor=False)
    now = open_work.opened_desk(me)
    choosing.choose_job(me, name="trio", wanted=now.cv.job_wanted, choose=_start_trio, none="Sans métier précis")
    draw_papers()


def is_playing() -> bool:
    """Whether a trio is running in this tab."""
    return session_state.TRIO_TURN.is_set()


def play_turn() -> None:
    """Draw the role cards of this turn, the timer, and the observer's checklist."""
    now = turn_of(session_state.TRIO_TURN.get())
    trio = interview_words().trio
    _note_turn(now.number + 1, done=now.number >= len(_SEATS))
    about = choosing.job_label(session_state.TRIO_JOB.get())
    st.html(f'<p class="cj-about">Tour {now.number + 1}{f" · {escape(about)}" if about else ""}</p>')
    st.title(f"{now.candidate} passe l’entretien", anchor=False)
    turn.to_title(str(now.number))
    timer.draw_timer(
        place=f"trio-{now.number}",
        seconds=trio.minutes * 60,
        over="C’est l’heure de tourner.",
        key="timer",
        down=True,
        when_over=_turn_round,
    )
    with st.container(key="cj-trio", horizontal=True, gap="medium"):
        _draw_role_card(trio.roles.employeur, now.employer, "employer")
        _draw_role_card(trio.roles.candidat, now.candidate, "candidate")
        _draw_role_card(trio.roles.observateur, now.observer, "observer")
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        st.button("On tourne", key="turn-round", type="primary", icon=":material/sync:", on_click=_turn_round)
        st.button("D’autres questions", key="redraw", icon=":material/casino:", on_click=_pick_questions)
        st.button("Arrêter", key="stop", type="tertiary", icon=":material/stop:", on_click=_stop_trio)
        book.draw_way_back()


def draw_papers() -> None:
    """Offer the same on paper."""
    with st.expander("Jouer sur papier", icon=":material/print:", key="trio-paper"):
        download.download_button("Les trois cartes", document="trio-cards", icon=":material/style:")
        download.download_button("Les grilles de l’observateur", document="observer-grids", icon=":material/checklist:")


def _draw_role_card(role: TrioRole, seat: str, name: str) -> None:
    with st.container(key=f"cj-role-{name}", border=True):
        st.header(f"{role.icone} {seat}\u00a0: {role.titre}", anchor=False)
        lines = "".join(f"<li>{escape(line)}</li>" for line in role.carte)
        st.html(f'<ul class="cj-plain-list">{lines}</ul>')
        if name == "employer":
            _draw_questions()
        if name == "observer":
            for position, line in enumerate(interview_words().trio.grille):
                st.checkbox(
                    layout.escape_markdown(line),
                    key=session_state.widget_key("trio-tick", str(session_state.TRIO_TURN.get()), str(position)),
                )
            st.html('<p class="cj-small">Ces coches s’effacent au tour suivant.</p>')


def _draw_questions() -> None:
    asked = (question_bank().question_with_key(key) for key in session_state.TRIO_QUESTIONS.get())
    items = "".join(f"<li>{escape(one.question)}</li>" for one in asked if one)
    if items:
        st.html(f'<ol class="cj-beats" aria-label="Les questions à poser">{items}</ol>')


def _start_trio(job: str) -> None:
    session_state.TRIO_JOB.set(job)
    session_state.TRIO_TURN.set(0)
    _pick_questions()


def _pick_questions() -> None:
    """Select three questions for the employer: about the person, a theme, and the job."""
    before = list(session_state.TRIO_QUESTIONS.get())
    family = outputs.family_of(session_state.TRIO_JOB.get())
    drawn = mix.for_job(question_bank(), family=family, own=(), count=_QUESTIONS, recent=before, chance=SystemRandom())
    session_state.TRIO_QUESTIONS.set(tuple(one.key for one in drawn))


def _turn_round() -> None:
    session_state.TRIO_TURN.set(session_state.TRIO_TURN.get() + 1)
    _pick_questions()


def _note_turn(number: int, *, done: bool) -> None:
    """Tell a group session how far the trio is: it is done when each was the candidate once."""
    turns = len(_SEATS)
    session_strip.note_step("young/interview_trio.py", step=min(number, turns), steps=turns, done=done)


def _stop_trio() -> None:
    number = session_state.TRIO_TURN.get() + 1
    _note_turn(number, done=number >= len(_SEATS))
    for key in (session_state.TRIO_TURN, session_state.TRIO_JOB, session_state.TRIO_QUESTIONS):
        key.clear()
