"""Which young person's file is open. The id stays in the session, so that no address names a person."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob.cohort import permissions
from clicnjob.ui.shell import navigation, open_work

_PERSON = "person"
_PART = "person_part"
_GO = "open_person"
_OPENING = "person_opening"
_NOTED = "person_noted"


def choose_person(account_id: str, part: str = "") -> None:
    """Record that a file is opened, which its owner can see, and open it on the next run at one of its parts."""
    if open_work.act_once(lambda session, me: _note_view(session, me, account_id)):
        st.session_state[_PERSON] = account_id
        st.session_state[_GO] = True
        open_part(part)


def go_on() -> None:
    """Open the person's page if `choose_person` was called."""
    if st.session_state.pop(_GO, False):
        st.switch_page(navigation.page_path("adviser/person.py"))


def chosen_person() -> str:
    """Return the id of the person whose file is open, or ''."""
    return str(st.session_state.get(_PERSON, ""))


def open_part(part: str) -> None:
    """Show a part of the file on the next run."""
    st.session_state[_PART] = part
    st.session_state[_OPENING] = opening_count() + 1


def chosen_part() -> str:
    """Return the part of the file to show first, or ''."""
    return str(st.session_state.get(_PART, ""))


def tell_looked(part: str) -> None:
    """Record that a part of the open file was read, once per session and part; its owner can see it."""
    what = {"cv": "cv", "candidatures": "applications"}.get(part, "")
    noted = st.session_state.setdefault(_NOTED, set())
    if what and (chosen_person(), what) not in noted:
        noted.add((chosen_person(), what))
        account_id = chosen_person()
        open_work.act_once(lambda session, me: _note_view(session, me, account_id, what))


def opening_count() -> int:
    """Return how many times a part was requested; each request gives the tabs a new key."""
    return int(st.session_state.get(_OPENING, 0))


def _note_view(session: object, me: object, account_id: str, what: str = "file") -> None:
    permissions.followed_person(session, by=me, account_id=account_id, today=date.today())  # type: ignore[arg-type]
    permissions.note_view(session, by=me, whom_id=account_id, what=what)  # type: ignore[arg-type]
