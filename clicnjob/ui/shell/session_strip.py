"""The strip of a participant, under the header of every page: what the group does now, and the way back to « La séance ».

Who takes part is known from the sign-in (`Present.participant_id`), so everybody else pays nothing for it.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import navigation, session_state, signed_in, transactions
from clicnjob.ui.shell.session_push import follow_session
from clicnjob.workshops.live import participant_screen, progress
from clicnjob.workshops.live.participant_screen import ParticipantView

PAGE = "young/workshop.py"


def draw_strip(me: Present) -> None:
    """Draw the strip, which follows the session by itself; nothing for somebody in no session."""
    if me.participant_id:
        with st.container(key="cj-session-strip", gap="xxsmall"):
            _draw_following()


def own_view(me: Present, *, now: datetime) -> ParticipantView | None:
    """Return what the person sees of their session, None in no session."""
    with db.read_transaction() as session:
        return participant_screen.participant_view(session, of=me, now=now)


def together_words(view: ParticipantView, *, go: str, now: datetime) -> str:
    """Return what to say of an activity that everybody begins together, '' once it is open or for one that is proposed.

    `go` says what to touch when it is time. The page never changes by itself: what is typed is saved when the person
    touches the button.
    """
    activity = view.activity
    if activity is None or activity.opened or not activity.page:
        return ""
    begins_at = participant_screen.begins_at(activity)
    if begins_at == activity.at:
        return ""
    return f"C’est l’heure. {go}" if now >= begins_at else "Dans un instant, on change d’activité. Finis ta phrase."


def note_step(page: str, *, step: int, steps: int, title: str = "", done: bool = False) -> None:
    """Tell the trainer's board at which step of `page` the person is, once each; `done`: they reached the end.

    Nothing, and no query, outside of a session; a page is never stopped because the board cannot be told.
    """
    me, now = signed_in.person_here(), models.utc_now()
    here = (page, step, steps, done)
    if me is None or not me.participant_id or session_state.STEP_NOTED.get() == here:
        return
    session_state.STEP_NOTED.set(here)
    with suppress(*db.CANNOT), db.write_transaction() as session:
        progress.note_step(session, of=me, page=page, step=step, steps=steps, title=title, now=now)
        if done:
            progress.note_done(session, of=me, page=page, now=now)


@st.fragment(key="session_strip_fragment")
def _draw_following() -> None:
    me, now = signed_in.still_present(*YOUNG_ROLES), models.utc_now()
    view = own_view(me, now=now)
    if view is None:
        _draw_link("La séance est finie")
        return
    follow_session(view, now=now)
    activity = view.activity
    if view.paused_until is not None:
        st.html('<p role="alert">Regarde le formateur. Ton travail est gardé.</p>')
    if words := together_words(view, go="Touche la séance.", now=now):
        st.html(f'<p role="status">{words}</p>')
    _draw_link(f"La séance\u00a0: {activity.title if activity else 'écoute le formateur'}")
    if view.stuck_at is not None and view.help is None and now >= view.stuck_at:
        st.html(
            '<p role="status">Tu veux un coup de main\u00a0? Touche la séance, puis «\u00a0Je suis bloqué\u00a0».</p>'
        )
        st.button("Non, tout va bien", key="strip-fine", icon=":material/thumb_up:", on_click=_go_on_alone)


def _draw_link(words: str) -> None:
    st.page_link(navigation.page_path(PAGE), label=words, icon=":material/co_present:")


def _go_on_alone() -> None:
    transactions.run_action(lambda session, me: progress.note_fine(session, of=me, now=models.utc_now()))
