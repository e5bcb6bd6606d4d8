"""The guard on the first line of every page."""

from __future__ import annotations

import streamlit as st

from clicnjob import db
from clicnjob.accounts.presence import Present
from clicnjob.models import Role
from clicnjob.privacy import notice
from clicnjob.ui.shell import layout, notices, session_state, signed_in


def show_nobody() -> None:
    """Draw the sign-in notice and clear the session.

    A sleeping sign-in keeps its session, which waits for its person.
    """
    if (sleeping := signed_in.recognised_person()) is not None:
        layout.draw_asleep(sleeping)
        return
    layout.signed_out()
    session_state.clear_session()


def require_role(*roles: Role, telling: bool = True, following: bool = True) -> Present:
    """Return the person signed in if they have one of these roles; otherwise draw a refusal and stop the script.

    Also stops at the privacy notice until it has been read. `telling` is False where a fragment of the page shows the
    messages (`layout.draw_messages`), because the header is not redrawn with the fragment; `following` is False on the page
    that shows the group session itself, in place of the strip.
    """
    found = signed_in.person_here()
    if found is None:
        show_nobody()
        st.stop()
    if not found.roles & set(roles):
        layout.not_for_you(found)
        st.stop()
    unread = _notice_due(found)
    layout.draw_header(found, acts=not unread, telling=telling, following=following)
    if unread:
        notices.draw_notice(found, on_read=_read_notice)
        st.stop()
    return found


def _notice_due(me: Present) -> bool:
    """Whether this person must read the privacy notice first. The session remembers that it has been read."""
    if session_state.NOTICE_READ.get() == notice.current_notice().version:
        return False
    with db.read_transaction() as session:
        due = notice.is_notice_due(session, of=me)
    if not due:
        session_state.NOTICE_READ.set(notice.current_notice().version)
    return due


def _read_notice(version: int) -> None:
    if (me := signed_in.present_now()) is not None:
        with db.write_transaction() as session:
            notice.accept_notice(session, by=me, version=version)
