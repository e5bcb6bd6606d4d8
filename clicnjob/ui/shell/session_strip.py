"""The strip of a participant, under the header of every page: what the group does now, and the way back to « La séance ».

It is drawn only in a tab that has seen its person take part, so that everybody else pays no query for it.
"""

from __future__ import annotations

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts import presence
from clicnjob.accounts.presence import Present
from clicnjob.models import YOUNG_ROLES, ParticipantState, Role
from clicnjob.ui.shell import navigation, session_state, signed_in, transactions
from clicnjob.workshops.live import participant_screen, progress
from clicnjob.workshops.live.participant_screen import ParticipantView

PAGE = "young/workshop.py"
_LOOKS_EVERY = 4.0  # seconds


def draw_strip(me: Present) -> None:
    """Draw the strip, which follows the session by itself; nothing for somebody in no session. Without a query then."""
    if session_state.IN_WORKSHOP.get() and me.role in YOUNG_ROLES:
        with st.container(key="cj-session-strip"):
            _draw_following()


def followed_view(me: Present) -> ParticipantView | None:
    """Return what the person sees of their session, and note now and then that their screen is open.

    An admitted guest stays signed in as long as this screen is open and the session runs: they listen more than they
    touch, and have no secret with which to come back (decision 0016).
    """
    now = models.utc_now()
    with db.read_transaction() as session:
        view = participant_screen.participant_view(session, of=me, now=now)
    session_state.IN_WORKSHOP.set(view is not None)
    due = session_state.ALIVE_WRITTEN_AT.get() + policy.SCREEN_ALIVE_WRITTEN_EVERY.total_seconds()
    if view is not None and now.timestamp() >= due:
        session_state.ALIVE_WRITTEN_AT.set(now.timestamp())
        with db.write_transaction() as session:
            participant_screen.write_alive_screens(session, accounts=frozenset({me.id}), now=now)
            if me.role is Role.GUEST and view.state is ParticipantState.ADMITTED:
                presence.note_activity(session, me.sign_in_id, now=now)
    return view


def note_step(page: str, *, step: int, steps: int, title: str) -> None:
    """Tell the trainer's board at which step of `page` the person is, once each; nothing outside of a session."""
    here = (page, step, steps)
    if not session_state.IN_WORKSHOP.get() or session_state.STEP_NOTED.get() == here:
        return
    session_state.STEP_NOTED.set(here)
    if (me := signed_in.person_here()) is not None:
        with db.write_transaction() as session:
            progress.note_step(session, of=me, page=page, step=step, steps=steps, title=title, now=models.utc_now())


@st.fragment(run_every=_LOOKS_EVERY)
def _draw_following() -> None:
    me = signed_in.still_present(*YOUNG_ROLES)
    view = followed_view(me)
    if view is None:
        _draw_link("La séance est finie")
        return
    activity = view.activity
    if view.paused_until is not None:
        st.html('<p role="alert">Regarde le formateur. Ton travail est gardé.</p>')
    _draw_link(f"La séance\u00a0: {activity.title if activity else 'écoute le formateur'}")
    if view.stuck_at is not None and view.help is None and models.utc_now() >= view.stuck_at:
        st.html(
            '<p role="status">Tu veux un coup de main\u00a0? Touche la séance, puis «\u00a0Je suis bloqué\u00a0».</p>'
        )
        st.button("Non, tout va bien", key="strip-fine", icon=":material/thumb_up:", on_click=_go_on_alone)


def _draw_link(words: str) -> None:
    st.page_link(navigation.page_path(PAGE), label=words, icon=":material/co_present:")


def _go_on_alone() -> None:
    transactions.run_action(lambda session, me: progress.note_fine(session, of=me, now=models.utc_now()))
