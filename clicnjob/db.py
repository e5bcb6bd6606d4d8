"""The database: one engine a process, sessions whose `with` commits, and the pragmas that keep SQLite honest."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
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


# A PostgreSQL that is away or frozen must not hold whoever asks for ever. Migrations and restores have all their time.
_ANSWERS_WITHIN = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
_ACTS_WITHIN = {"options": "-c statement_timeout=30s -c lock_timeout=10s"}
_BUSY_MS = 5_000  # how long SQLite waits for another writer
_AFTER_COMMIT = "after the commit"  # key of what a session does then


def connect(address: str, *, hurried: bool = False) -> Engine:
    """A new engine for `address`. On SQLite every transaction that may write starts with BEGIN IMMEDIATE.

    `hurried`: a statement that lasts is given up. What was sent with a statement is in no exception: it is personal.
    """
    if not address.startswith("sqlite"):
        within = _ANSWERS_WITHIN | (_ACTS_WITHIN if hurried else {})
        return create_engine(address, pool_pre_ping=True, hide_parameters=True, connect_args=within)
    file = make_url(address).database
    if file and file != ":memory:":
        with suppress(OSError):  # SQLite says better than the folder that the file cannot be opened
            Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": 5, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves: pysqlite's own way loses updates
    # secure_delete: what is erased is overwritten, not only forgotten, so that the file no longer holds it.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")


def _begin_sqlite(connection: Any) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


_WRITING = threading.Lock()


@cache
def engine() -> Engine:
    """The engine of this process, on the database of the settings."""
    return connect(settings().database, hurried=True)


@contextmanager
def transaction(on: Engine | None = None) -> Iterator[Session]:
    """A session that writes: committed when the block ends, rolled back when it raises.

    On SQLite writers of this process wait for one another here: its own waiting is a lottery that four hundred people
    lose (« database is locked » after five seconds), and a queue costs nothing, since it writes one at a time anyway.
    """
    chosen = on or engine()
    waiting = _WRITING if chosen.dialect.name == "sqlite" else nullcontext()
    with waiting:
        with Session(chosen, expire_on_commit=False) as session, session.begin():
            yield session
        for act in session.info.pop(_AFTER_COMMIT, {}).values():
            act()


def after_commit(session: Session, name: str, act: Callable[[], object]) -> None:
    """Let `transaction` do this once its block is kept, never when it is undone; the same name again replaces it."""
    session.info.setdefault(_AFTER_COMMIT, {})[name] = act


def undo(session: Session) -> None:
    """Roll back a transaction that is never kept (a dry run), with what it would have done after its commit."""
    session.info.pop(_AFTER_COMMIT, None)
    session.rollback()


def forget_erased_text(session: Session) -> None:
    """After an erasure is committed, empty SQLite's write-ahead log, where the erased text would otherwise stay."""
    on = session.get_bind().engine
    after_commit(session, "empty the log", lambda: _empty_log(on, wait_ms=250))


def empty_log(on: Engine | None = None) -> bool:
    """Bring SQLite's write-ahead log into the database and cut it to nothing; says whether it is empty now.

    A reader holds it back: it is waited for two seconds at most, and the sweep tries again every minute.
    """
    with _WRITING:
        return _empty_log(on or engine(), wait_ms=2_000)


def rewrite_file(on: Engine | None = None) -> None:
    """Copy SQLite's whole database into itself, so that nothing erased is left in it.

    `secure_delete` overwrites what is erased, but not the copies that stay behind when SQLite moves a row to another
    page: a trial of thousands of rows found some. Once a day, since it writes the whole file again.
    """
    chosen = on or engine()
    if chosen.dialect.name != "sqlite":
        return
    with _WRITING:
        _executed(chosen, "VACUUM", wait_ms=5_000)
        _empty_log(chosen, wait_ms=2_000)


def _empty_log(on: Engine, *, wait_ms: int) -> bool:
    if on.dialect.name != "sqlite":
        return True
    try:
        held_back = _executed(on, "PRAGMA wal_checkpoint(TRUNCATE)", wait_ms=wait_ms)
    except sqlite3.OperationalError:  # another connection works right now; the disk is full
        return False
    return not held_back


def _executed(on: Engine, statement: str, *, wait_ms: int) -> Any:
    """Run what SQLite does outside of transactions; gives the first column of its first row."""
    connection = on.raw_connection()
    try:
        raw: Any = connection.driver_connection
        raw.execute(f"PRAGMA busy_timeout={wait_ms}")
        row = raw.execute(statement).fetchone()
        raw.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        return row[0] if row else None
    finally:
        connection.close()


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
