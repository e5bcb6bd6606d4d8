"""What every test may use: a fresh in-memory database, people, a count of queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine
from streamlit.components.v2 import manifest_scanner

from clicnjob import db, models
from clicnjob.models import STAFF_ROLES, Account, Role, RoleHeld

# Streamlit looks through every installed package at each AppTest run: nine tenths of the time that a page test took.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture
def engine() -> Iterator[Engine]:
    """Real SQLite in memory, with our pragmas and transactions, every table made."""
    made = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    event.listen(made, "connect", db._prepare_sqlite)
    event.listen(made, "begin", db._begin_sqlite)
    models.Record.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on it."""
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def young(session: Session) -> Account:
    """A young person."""
    return person(session, Role.YOUNG)


def person(session: Session, role: Role, **named: str) -> Account:
    """Somebody in a role."""
    made = Account(role=role, **named)
    session.add(made)
    session.flush()
    if role in STAFF_ROLES:
        session.add(RoleHeld(account_id=made.id, role=role))
        session.flush()
    return made


@contextmanager
def count_queries(engine: Engine, most: int) -> Iterator[list[str]]:
    """Fail when the block sends more than `most` statements (BEGIN and the like left out)."""
    sent: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
    assert len(sent) <= most, "\n".join(sent)
