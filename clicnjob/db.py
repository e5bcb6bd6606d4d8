"""The database: one engine per process, sessions whose `with` block commits, SQLite's pragmas, migrations."""

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
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlmodel import Session

from clicnjob.config import current_settings
from clicnjob.paths import PACKAGE

# The errors of a database that cannot be written now: locked, full, read-only, starting, unreachable. A faulty query
# raises others.
CANNOT = (OperationalError, InternalError, InterfaceError, NoConnection)


def error_reason(error: Exception) -> str:
    """Return the database's own constant for an error (SQLITE_BUSY, 53100), or the exception's class name."""
    plain = error.orig if isinstance(error, DBAPIError) else None
    said = getattr(plain, "sqlite_errorname", None) or getattr(plain, "sqlstate", None)
    return str(said or type(plain or error).__name__)


# Time limits for a PostgreSQL that is unreachable or frozen. Migrations and restores have none on their statements.
_ANSWERS_WITHIN = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
_ACTS_WITHIN = {"options": "-c statement_timeout=30s -c lock_timeout=10s"}
_POOL, _MORE = 5, 10  # connections that a process keeps to PostgreSQL, and more while all of those are in use
MOST_CONNECTIONS = _POOL + _MORE
_BUSY_MS = 5_000  # how long SQLite waits for another writer
_AFTER_COMMIT = "after the commit"  # key in `Session.info`


def connect_engine(address: str, *, hurried: bool = False) -> Engine:
    """Create an engine for `address`. On SQLite, every transaction that may write starts with BEGIN IMMEDIATE.

    `hurried` cancels slow statements on PostgreSQL. Exceptions do not contain statement parameters, which are personal.
    """
    if not address.startswith("sqlite"):
        within = _ANSWERS_WITHIN | (_ACTS_WITHIN if hurried else {})
        pool = {"pool_size": _POOL, "max_overflow": _MORE, "pool_pre_ping": True}
        return create_engine(address, hide_parameters=True, connect_args=within, **pool)
    file = make_url(address).database
    if file and file != ":memory:":
        with suppress(OSError):  # opening the file then fails with a clearer error
            Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": 5, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, since pysqlite's implicit BEGIN loses updates
    # secure_delete overwrites deleted content, so that the file no longer contains it.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")


def _begin_sqlite(connection: Any) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


_WRITING = threading.Lock()


@cache
def shared_engine() -> Engine:
    """Return the engine of this process, for the database of the settings."""
    return connect_engine(current_settings().database, hurried=True)


@contextmanager
def write_transaction(on: Engine | None = None) -> Iterator[Session]:
    """Open a session that writes. It is committed when the block ends and rolled back when the block raises.

    On SQLite, the writers of this process queue on a lock. SQLite's own busy handler retries without any order, so that
    with four hundred people some got « database is locked » after five seconds. The lock costs nothing, since SQLite
    has a single writer anyway.
    """
    chosen = on or shared_engine()
    waiting = _WRITING if chosen.dialect.name == "sqlite" else nullcontext()
    with waiting:
        with Session(chosen, expire_on_commit=False) as session, session.begin():
            yield session
        for act in session.info.pop(_AFTER_COMMIT, {}).values():
            act()


def after_commit(session: Session, name: str, act: Callable[[], object]) -> None:
    """Have `write_transaction` call `act` after its commit, never after a rollback. A second one of a name replaces the first."""
    session.info.setdefault(_AFTER_COMMIT, {})[name] = act


def undo_transaction(session: Session) -> None:
    """Roll back, as for a dry run, and drop the session's `after_commit` actions."""
    session.info.pop(_AFTER_COMMIT, None)
    session.rollback()


def forget_erased_text(session: Session) -> None:
    """Empty SQLite's write-ahead log after the commit of an erasure, because it still contains the erased text."""
    on = session.get_bind().engine
    after_commit(session, "empty the log", lambda: _empty_log(on, wait_ms=250))


def empty_log(on: Engine | None = None) -> bool:
    """Checkpoint and truncate SQLite's write-ahead log; return whether it is empty now.

    A reader can prevent this: it is waited for at most two seconds, and the sweep tries again every minute.
    """
    with _WRITING:
        return _empty_log(on or shared_engine(), wait_ms=2_000)


def rewrite_file(on: Engine | None = None) -> None:
    """Vacuum SQLite's database, so that nothing erased is left in the file.

    `secure_delete` overwrites deleted rows, but not the copies that stay behind when SQLite moves a row to another page;
    a test with thousands of rows found some. It runs once a day, since it writes the whole file again.
    """
    chosen = on or shared_engine()
    if chosen.dialect.name != "sqlite":
        return
    with _WRITING:
        _execute_outside(chosen, "VACUUM", wait_ms=5_000)
        _empty_log(chosen, wait_ms=2_000)


def _empty_log(on: Engine, *, wait_ms: int) -> bool:
    if on.dialect.name != "sqlite":
        return True
    try:
        held_back = _execute_outside(on, "PRAGMA wal_checkpoint(TRUNCATE)", wait_ms=wait_ms)
    except sqlite3.OperationalError:  # another connection is writing, or the disk is full
        return False
    return not held_back


def _execute_outside(on: Engine, statement: str, *, wait_ms: int) -> Any:
    """Run a SQLite statement outside of transactions; return the first column of its first row."""
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
def read_transaction(on: Engine | None = None) -> Iterator[Session]:
    """Open a session that only reads: it takes no write lock and is always rolled back."""
    chosen = (on or shared_engine()).execution_options(reading=True)
    with Session(chosen, expire_on_commit=False) as session:
        yield session


def hold_alone(session: Session | Connection, lock: int) -> None:
    """Wait until this transaction alone holds the advisory lock of this number; SQLite has a single writer anyway."""
    engine = session.get_bind() if isinstance(session, Session) else session
    if engine.dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def migrate_database(address: str | None = None, revision: str = "head") -> None:
    """Migrate the database to `revision` by Alembic, from an empty one or from any earlier release."""
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    config.attributes["address"] = address or current_settings().database
    command.upgrade(config, revision)
