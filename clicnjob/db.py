"""The database: one engine a process, sessions whose `with` commits, and the pragmas that keep SQLite honest."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlmodel import Session

from clicnjob.config import settings
from clicnjob.paths import PACKAGE

# What a database says that cannot be written now: locked, full, read-only, starting, gone. A bug in a query is none of them.
CANNOT = (OperationalError, InternalError, InterfaceError, NoConnection)


def reason(error: Exception) -> str:
    """Which of them it is, in the database's own constant word (SQLITE_BUSY, 53100), or the kind of the exception."""
    plain = error.orig if isinstance(error, DBAPIError) else None
    said = getattr(plain, "sqlite_errorname", None) or getattr(plain, "sqlstate", None)
    return str(said or type(plain or error).__name__)


def connect(address: str) -> Engine:
    """A new engine for `address`. On SQLite every transaction that may write starts with BEGIN IMMEDIATE."""
    if not address.startswith("sqlite"):
        return create_engine(address, pool_pre_ping=True)
    file = make_url(address).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": 5, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves: pysqlite's own way loses updates
    # secure_delete: what is erased is overwritten, not only forgotten, so that the file no longer holds it.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


_WRITING = threading.Lock()


@cache
def engine() -> Engine:
    """The engine of this process, on the database of the settings."""
    return connect(settings().database)


@contextmanager
def transaction(on: Engine | None = None) -> Iterator[Session]:
    """A session that writes: committed when the block ends, rolled back when it raises.

    On SQLite writers of this process wait for one another here: its own waiting is a lottery that four hundred people
    lose (« database is locked » after five seconds), and a queue costs nothing, since it writes one at a time anyway.
    """
    chosen = on or engine()
    waiting = _WRITING if chosen.dialect.name == "sqlite" else nullcontext()
    with waiting, Session(chosen, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(on: Engine | None = None) -> Iterator[Session]:
    """A session that only reads: it takes no write lock and is always rolled back."""
    chosen = (on or engine()).execution_options(reading=True)
    with Session(chosen, expire_on_commit=False) as session:
        yield session


def migrate(address: str | None = None, revision: str = "head") -> None:
    """Bring the database up to `revision` by Alembic, from nothing or from any earlier release."""
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    config.attributes["address"] = address or settings().database
    command.upgrade(config, revision)
