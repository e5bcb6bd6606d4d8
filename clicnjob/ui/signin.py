"""Who is at the keyboard: the guard that is line one of every page."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.accounts.presence import Present
from clicnjob.config import cookie_name
from clicnjob.models import Role
from clicnjob.privacy import notice
from clicnjob.ui import frame, once, state
from clicnjob.ui.privacy import notices

_NOTICE_READ = "notice_read"
_PRESENT = "present"


def token() -> str:
    """The sign-in token of this browser, from its HttpOnly cookie; '' when there is none."""
    return st.context.cookies.get(cookie_name(), "")


def here() -> Present | None:
    """The person signed in, asked once in each run: the router, the guard and a plain answer share it."""
    return once.read(_PRESENT, present)


def present() -> Present | None:
    """The person signed in, asked now: an act may end a visit, so what follows it in this run asks again."""
    found = _recognised()
    return None if found is None or found.asleep else found


def _recognised() -> Present | None:
    """A run is no act of the person: pages draw themselves anew after a cut. Their script tells the acts (`/present`)."""
    once.forget(_PRESENT)
    with db.reading() as session:
        found = presence.recognised(session, token(), now=models.now())
    if found is not None:
        state.bind(found.sign_in_id)
    return found


def show_nobody() -> None:
    """Nobody is here: the visit is over and this session is emptied; or it sleeps, and what is here waits for its person."""
    if (sleeping := _recognised()) is not None:
        frame.asleep(sleeping)
        return
    frame.signed_out()
    st.session_state.clear()


def require_role(*roles: Role, telling: bool = True) -> Present:
    """The person signed in, if in one of these roles; otherwise the page says where to go and stops.

    `telling` is False where a fragment of the page tells what happened (`frame.told`): the header is not drawn anew then.
    """
    found = here()
    if found is None:
        show_nobody()
        st.stop()
    if not found.roles & set(roles):
        frame.not_for_you(found)
        st.stop()
    unread = _notice_due(found)
    frame.header(found, acts=not unread, telling=telling)
    if unread:
        notices.screen(on_read=_read_notice)
        st.stop()
    return found


def still(*roles: Role) -> Present:
    """The guard of a fragment, whose runs pass neither the router nor the guard of the page.

    Whoever is no longer there, or no longer in one of these roles, is sent through them.
    """
    found = here()
    if found is None or not found.roles & set(roles):
        st.rerun()
    return found


def _notice_due(me: Present) -> bool:
    """Whether the privacy notice stands before every page; asked of the database until it was read, once a visit after."""
    if st.session_state.get(_NOTICE_READ) == notice.notice().version:
        return False
    with db.reading() as session:
        due = notice.due(session, of=me)
    if not due:
        st.session_state[_NOTICE_READ] = notice.notice().version
    return due


def _read_notice(version: int) -> None:
    if (me := present()) is not None:
        with db.transaction() as session:
            notice.accept(session, by=me, version=version)
