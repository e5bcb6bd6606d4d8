"""Which young person's sheet is open: an id in the session, never in an address."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob.cohort import follow
from clicnjob.ui import desk, navigation

_PERSON = "person"
_PART = "person_part"
_GO = "open_person"
_OPENING = "person_opening"
_NOTED = "person_noted"


def choose(account_id: str, part: str = "") -> None:
    """Open a sheet at the next drawing, on one of its parts; that it was opened is written down."""
    if desk.act(lambda session, me: _note(session, me, account_id)):
        st.session_state[_PERSON] = account_id
        st.session_state[_GO] = True
        open_part(part)


def go_on() -> None:
    """After a person was chosen, show their sheet."""
    if st.session_state.pop(_GO, False):
        st.switch_page(navigation.page("adviser/person.py"))


def chosen() -> str:
    """The person whose sheet is open, or ''."""
    return str(st.session_state.get(_PERSON, ""))


def open_part(part: str) -> None:
    """Show a part of the sheet at the next drawing."""
    st.session_state[_PART] = part
    st.session_state[_OPENING] = opening() + 1


def part() -> str:
    """The part of the sheet to show first."""
    return str(st.session_state.get(_PART, ""))


def tell_looked(part: str) -> None:
    """Write down, once a visit, that a part of the open sheet was looked at."""
    what = {"cv": "cv", "candidatures": "applications"}.get(part, "")
    noted = st.session_state.setdefault(_NOTED, set())
    if what and (chosen(), what) not in noted:
        noted.add((chosen(), what))
        account_id = chosen()
        desk.act(lambda session, me: _note(session, me, account_id, what))


def opening() -> int:
    """How many times a part was asked for: each asking draws the parts anew."""
    return int(st.session_state.get(_OPENING, 0))


def _note(session: object, me: object, account_id: str, what: str = "file") -> None:
    follow.followed(session, by=me, account_id=account_id, today=date.today())  # type: ignore[arg-type]
    follow.note_view(session, by=me, whom_id=account_id, what=what)  # type: ignore[arg-type]
