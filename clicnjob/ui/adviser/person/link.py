"""Which young person's file is open. The id stays in the session; the address has a mark that names nobody."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cohort import permissions, sheet_address
from clicnjob.ui.adviser.cohort import address
from clicnjob.ui.shell import navigation, session_state, transactions

_MARK, _PART = "fiche", "partie"


def choose_person(account_id: str, part: str = "") -> None:
    """Record that a file is opened, which its owner can see, and open it on the next run at one of its parts."""
    if transactions.run_action(lambda session, me: _note_view(session, me, account_id)):
        _adopt_person(account_id)
        session_state.OPEN_PERSON.set(True)
        open_part(part)


def open_instead(account_id: str, part: str) -> None:
    """Open another file in place of the open one, from a callback of this page: after a merge."""
    if transactions.run_action(lambda session, me: _note_view(session, me, account_id)):
        _adopt_person(account_id)
        open_part(part)
        st.query_params[_MARK] = sheet_address.sheet_mark(session_state.sign_in_id(), account_id)


def go_on() -> None:
    """Open the person's page if `choose_person` was called."""
    if session_state.OPEN_PERSON.take():
        session_state.PERSON_PART_ADDRESS.clear()
        mark = sheet_address.sheet_mark(session_state.sign_in_id(), chosen_person())
        st.switch_page(navigation.page_path("adviser/person.py"), query_params={_MARK: mark} | address.chosen_address())


def file_address(account_id: str) -> str:
    """Return the address of somebody's file in this sign-in, to be opened in another tab."""
    page = next(one for one in navigation.EVERY_PAGE if one.file == "adviser/person.py")
    mark = sheet_address.sheet_mark(session_state.sign_in_id(), account_id)
    return f"/{page.address}?{_MARK}={mark}"


def follow_address(me: Present) -> None:
    """Open the file of the address when it is another one than that of the session: after F5, or after Back."""
    mark = st.query_params.get(_MARK, "")
    if not mark or mark == sheet_address.sheet_mark(me.sign_in_id, chosen_person()):
        return
    with db.read_transaction() as session:
        found = sheet_address.person_of_mark(session, of=me, sign_in_id=me.sign_in_id, mark=mark, today=date.today())
    if found and transactions.run_action(lambda session, by: _note_view(session, by, found)):
        _adopt_person(found)


def chosen_person() -> str:
    """Return the id of the person whose file is open, or ''."""
    return session_state.PERSON.get()


def open_part(part: str) -> None:
    """Show a part of the file on the next run."""
    session_state.PERSON_PART.set(part)
    session_state.PERSON_OPENING.set(opening_count() + 1)


def follow_part() -> None:
    """Open the part of the address when it is another one than that drawn last: after F5, or after Back."""
    here = st.query_params.get(_PART, "")
    if here != session_state.PERSON_PART_ADDRESS.get():
        session_state.PERSON_PART_ADDRESS.set(here)
        open_part(here)


def write_part(part: str) -> None:
    """Write the part that is shown into the address; `part` is '' for the first one."""
    if part == session_state.PERSON_PART_ADDRESS.get():
        return
    session_state.PERSON_PART_ADDRESS.set(part)
    if part:
        st.query_params[_PART] = part
    else:
        st.query_params.pop(_PART, None)


def chosen_part() -> str:
    """Return the part of the file to show first, or ''."""
    return session_state.PERSON_PART.get()


def tell_looked(part: str) -> None:
    """Record that a part of the open file was read, once per session and part; its owner can see it.

    `part` is '' for the file itself, which a tab may also remember from an earlier session.
    """
    what = {"": "file", "cv": "cv", "candidatures": "applications"}.get(part, "")
    noted = session_state.PERSON_PARTS_NOTED.get()
    if what and (chosen_person(), what) not in noted:
        session_state.PERSON_PARTS_NOTED.set(noted | {(chosen_person(), what)})
        account_id = chosen_person()
        transactions.run_action(lambda session, me: _note_view(session, me, account_id, what))


def opening_count() -> int:
    """Return how many times a part was requested; each request gives the tabs a new key."""
    return session_state.PERSON_OPENING.get()


def _adopt_person(account_id: str) -> None:
    """Open a file whose view has just been logged."""
    session_state.PERSON.set(account_id)
    session_state.PERSON_PARTS_NOTED.set(session_state.PERSON_PARTS_NOTED.get() | {(account_id, "file")})


def _note_view(session: object, me: object, account_id: str, what: str = "file") -> None:
    permissions.followed_person(session, by=me, account_id=account_id, today=date.today())  # type: ignore[arg-type]
    permissions.note_view(session, by=me, whom_id=account_id, what=what, now=models.utc_now())  # type: ignore[arg-type]
