"""Who is signed in, and the guard on the first line of every page."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.accounts.presence import Present
from clicnjob.config import cookie_name
from clicnjob.models import Role
from clicnjob.privacy import notice
from clicnjob.ui.shell import layout, notices, run_cache, session_state

_NOTICE_READ = "notice_read"
_PRESENT = "present"


def sign_in_token() -> str:
    """Return the sign-in token of this browser from its HttpOnly cookie, or ''."""
    return st.context.cookies.get(cookie_name(), "")


def person_here() -> Present | None:
    """Return the person signed in, looked up once a run and shared by router, guard and callbacks."""
    return run_cache.read_once(_PRESENT, present_now)


def present_now() -> Present | None:
    """Return the person signed in, looked up now: an earlier action of this run may have ended the sign-in."""
    found = _recognised_person()
    return None if found is None or found.asleep else found


def _recognised_person() -> Present | None:
    """Look up the sign-in without extending it, since a page may rerun without its person.

    The browser reports real activity at `/present`.
    """
    run_cache.forget_read(_PRESENT)
    with db.read_transaction() as session:
        found = presence.recognised_person(session, sign_in_token(), now=models.utc_now())
    if found is not None:
        session_state.bind_session(found.sign_in_id)
    return found


def show_nobody() -> None:
    """Draw the sign-in notice and clear the session.

    A sleeping sign-in keeps its session, which waits for its person.
    """
    if (sleeping := _recognised_person()) is not None:
        layout.draw_asleep(sleeping)
        return
    layout.signed_out()
    st.session_state.clear()


def require_role(*roles: Role, telling: bool = True) -> Present:
    """Return the person signed in if they have one of these roles; otherwise draw a refusal and stop the script.

    Also stops at the privacy notice until it has been read. `telling` is False where a fragment of the page shows the
    messages (`frame.told`), because the header is not redrawn with the fragment.
    """
    found = person_here()
    if found is None:
        show_nobody()
        st.stop()
    if not found.roles & set(roles):
        layout.not_for_you(found)
        st.stop()
    unread = _notice_due(found)
    layout.draw_header(found, acts=not unread, telling=telling)
    if unread:
        notices.draw_notice(on_read=_read_notice)
        st.stop()
    return found


def still_present(*roles: Role) -> Present:
    """Guard a fragment, whose reruns skip the router and the guard of the page.

    It reruns the whole page for anybody who is no longer signed in with one of these roles.
    """
    found = person_here()
    if found is None or not found.roles & set(roles):
        st.rerun()
    return found


def _notice_due(me: Present) -> bool:
    """Whether this person must read the privacy notice first. The session remembers that it has been read."""
    if st.session_state.get(_NOTICE_READ) == notice.current_notice().version:
        return False
    with db.read_transaction() as session:
        due = notice.is_notice_due(session, of=me)
    if not due:
        st.session_state[_NOTICE_READ] = notice.current_notice().version
    return due


def _read_notice(version: int) -> None:
    if (me := present_now()) is not None:
        with db.write_transaction() as session:
            notice.accept_notice(session, by=me, version=version)
