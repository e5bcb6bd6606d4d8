"""Moves the whole database to another one, from SQLite to PostgreSQL or back: all or nothing, and compared afterwards.

The source is locked against writers and never changed. Rows go through the columns' own types, so that each database gets
them as it stores them; then both sides are read again and their digests compared, before the target is committed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, func, inspect, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from clicnjob import db
from clicnjob.models import Record
from clicnjob.operations import database_faults, running
from clicnjob.operations.backups import move_targets, postgresql, revisions
from clicnjob.operations.backups.faults import AppRuns, FromLater, MoveFailed, NoSource, SameDatabase

Progress = Callable[[int, int], None]
_ROWS_AT_ONCE, _LARGE_ROWS_AT_ONCE = 500, 8


@dataclass(frozen=True, slots=True)
class MovedTable:
    """A table that is the same on both sides: its number of rows, and a digest of all of them."""

    name: str
    rows: int
    digest: str


def move_database(
    source: str, target: str, *, before: Callable[[Session], None], progress: Progress
) -> tuple[MovedTable, ...]:
    """Copy every row of the database at `source` to the empty one at `target`, and compare the two.

    `before` runs in a transaction on the source once everything is checked. On any failure the target is as it was.
    Raises SameDatabase, NoSource, AppRuns, FromLater, TargetNotEmpty, MoveFailed; Refusal when the source is not migrated.
    """
    if make_url(source) == make_url(target):
        raise SameDatabase
    with running.hold_stopped() as still:
        if not still:
            raise AppRuns
        _require_ready_source(source)
        with move_targets.prepared_target(target) as filling:  # also refuses a target that cannot be used
            _run_before(source, before)
            with _locked_source(source) as read:
                return _fill_tables(read, filling, progress)


def table_contents(connection: Connection) -> dict[str, tuple[int, str]]:
    """Return the number of rows of every table and a digest of them that does not depend on their order."""
    return {table.name: _content_of(connection, table) for table in Record.metadata.sorted_tables}


def _require_ready_source(source: str) -> None:
    if not move_targets.may_exist(source):
        raise NoSource
    engine = db.connect_engine(source)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                raise NoSource
            revision = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
            if connection.dialect.name == "postgresql" and connection.execute(text(postgresql.OTHERS)).scalar():
                raise AppRuns
    finally:
        engine.dispose()
    try:
        revisions.must_be_known(revision)
    except FromLater:
        raise database_faults.DatabaseFault("later").refusal from None
    if revision != revisions.latest_revision():
        raise database_faults.DatabaseFault("not migrated").refusal


def _run_before(source: str, before: Callable[[Session], None]) -> None:
    engine = db.connect_engine(source)
    try:
        with db.write_transaction(engine) as session:
            before(session)
    finally:
        engine.dispose()


@contextmanager
def _locked_source(source: str) -> Iterator[Connection]:
    """Open a transaction that sees one state of the source, keeps writers out, and is rolled back."""
    engine = db.connect_engine(source)  # on SQLite, its transactions begin with BEGIN IMMEDIATE
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
                names = ", ".join(f'"{table.name}"' for table in Record.metadata.sorted_tables)
                connection.execute(text(f"LOCK TABLE {names} IN SHARE MODE"))
            yield connection
            connection.rollback()
    finally:
        engine.dispose()


def _fill_tables(
    read: Connection, filling: Callable[[], AbstractContextManager[Connection]], progress: Progress
) -> tuple[MovedTable, ...]:
    tables = Record.metadata.sorted_tables
    total = 2 * sum(_row_count(read, table) for table in tables)
    done, moved, copied = 0, [], {}
    with filling() as write:
        for table in tables:
            digest = _Digest()
            for rows in _row_batches(read, table):
                _insert_rows(write, table, rows)
                digest.add_rows(table, rows)
                progress(done := done + len(rows), total)
            copied[table.name] = (digest.rows, digest.value)
        for table in tables:
            found = _content_of(write, table)
            if found != copied[table.name]:
                raise MoveFailed(table.name)
            moved.append(MovedTable(table.name, *found))
            progress(done := done + found[0], total)
    return tuple(moved)


def _insert_rows(write: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    try:
        write.execute(table.insert(), rows)
    except SQLAlchemyError as fault:
        if known := database_faults.known_fault(fault):
            raise known.refusal from fault
        raise MoveFailed(table.name) from fault


def _row_batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    large = any(isinstance(column.type, LargeBinary) for column in table.columns)
    options = {"yield_per": _LARGE_ROWS_AT_ONCE if large else _ROWS_AT_ONCE}
    found = connection.execute(select(table).order_by(*table.primary_key), execution_options=options)
    for rows in found.mappings().partitions():
        yield [dict(row) for row in rows]


def _row_count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _content_of(connection: Connection, table: Table) -> tuple[int, str]:
    digest = _Digest()
    for rows in _row_batches(connection, table):
        digest.add_rows(table, rows)
    return digest.rows, digest.value


class _Digest:
    """A sum of the rows' digests: databases sort text in different orders, and a sum needs none."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    @property
    def value(self) -> str:
        """The digest as 64 hexadecimal digits."""
        return f"{self._sum % 2**256:064x}"

    def add_rows(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Add rows of this table."""
        names = [column.name for column in table.columns]
        for row in rows:
            plain = repr([_plain_value(row[name]) for name in names])
            self._sum += int.from_bytes(hashlib.sha256(plain.encode("utf-8", "surrogatepass")).digest())
        self.rows += len(rows)


def _plain_value(value: object) -> object:
    """Return a value whose `repr` is the same whichever database it was read from."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    return value
