"""Which young person's file is open. The id stays in the session, so that no address names a person."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob import models
from clicnjob.cohort import permissions
from clicnjob.ui.shell import navigation, session_state, transactions


def choose_person(account_id: str, part: str = "") -> None:
    """Record that a file is opened, which its owner can see, and open it on the next run at one of its parts."""
    if transactions.run_action(lambda session, me: _note_view(session, me, account_id)):
        session_state.PERSON.set(account_id)
        session_state.OPEN_PERSON.set(True)
        open_part(part)


def go_on() -> None:
    """Open the person's page if `choose_person` was called."""
    if session_state.OPEN_PERSON.take():
        st.switch_page(navigation.page_path("adviser/person.py"))


def chosen_person() -> str:
    """Return the id of the person whose file is open, or ''."""
    return session_state.PERSON.get()


def open_part(part: str) -> None:
    """Show a part of the file on the next run."""
    session_state.PERSON_PART.set(part)
    session_state.PERSON_OPENING.set(opening_count() + 1)


def chosen_part() -> str:
    """Return the part of the file to show first, or ''."""
    return session_state.PERSON_PART.get()


def tell_looked(part: str) -> None:
    """Record that a part of the open file was read, once per session and part; its owner can see it."""
    what = {"cv": "cv", "candidatures": "applications"}.get(part, "")
    noted = session_state.PERSON_PARTS_NOTED.get()
    if what and (chosen_person(), what) not in noted:
        session_state.PERSON_PARTS_NOTED.set(noted | {(chosen_person(), what)})
        account_id = chosen_person()
        transactions.run_action(lambda session, me: _note_view(session, me, account_id, what))


def opening_count() -> int:
    """Return how many times a part was requested; each request gives the tabs a new key."""
    return session_state.PERSON_OPENING.get()


def _note_view(session: object, me: object, account_id: str, what: str = "file") -> None:
    permissions.followed_person(session, by=me, account_id=account_id, today=date.today())  # type: ignore[arg-type]
    permissions.note_view(session, by=me, whom_id=account_id, what=what, now=models.utc_now())  # type: ignore[arg-type]
