"""Who is signed in: looked up from the cookie of the browser, once a run or again before an action."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.accounts.presence import Present
from clicnjob.config import cookie_name
from clicnjob.models import Role
from clicnjob.ui.shell import run_cache, tab_memory

_PRESENT = "present"


def sign_in_token() -> str:
    """Return the sign-in token of this browser from its HttpOnly cookie, or ''."""
    return st.context.cookies.get(cookie_name(), "")


def person_here() -> Present | None:
    """Return the person signed in, looked up once a run and shared by router, guard and callbacks."""
    return run_cache.read_once(_PRESENT, present_now)


def still_present(*roles: Role) -> Present:
    """Guard a fragment, whose reruns skip the router and the guard of the page.

    It reruns the whole page for anybody who is no longer signed in with one of these roles.
    """
    found = person_here()
    if found is None or not found.roles & set(roles):
        st.rerun()
    return found


def present_now() -> Present | None:
    """Return the person signed in, looked up now: an earlier action of this run may have ended the sign-in."""
    found = recognised_person()
    return None if found is None or found.asleep else found


def recognised_person() -> Present | None:
    """Look up the sign-in, asleep or not, without extending it, since a page may rerun without its person.

    The browser reports real activity at `/present`.
    """
    run_cache.forget_read(_PRESENT)
    with db.read_transaction() as session:
        found = presence.recognised_person(session, sign_in_token(), now=models.utc_now())
    if found is not None:
        tab_memory.bind_session(found.sign_in_id)
    return found
