"""Prepares the empty database that a move fills: a file beside its place on SQLite, one transaction on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, Integer, event, func, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from clicnjob import db
from clicnjob.models import Record
from clicnjob.operations.backups import postgresql, sqlite
from clicnjob.operations.backups.faults import BackupFailed, MoveFailed, TargetNotEmpty

Filling = Callable[[], AbstractContextManager[Connection]]
_FOREIGN_KEYS = (
    "SELECT conrelid::regclass::text AS place, conname AS name, pg_get_constraintdef(oid) AS rule FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
)


def may_exist(address: str) -> bool:
    """Return whether there may be a database at this address, without creating SQLite's file."""
    return not address.startswith("sqlite") or sqlite.database_file(address).is_file()


@contextmanager
def prepared_target(address: str) -> Iterator[Filling]:
    """Yield how to open the transaction that fills an empty, migrated database at this address.

    When the block ends well, the database is in its place; when it raises, the target is as it was. Raises TargetNotEmpty.
    """
    preparing = _prepared_file if address.startswith("sqlite") else _prepared_postgresql
    with preparing(address) as filling:
        yield filling


@contextmanager
def _prepared_file(address: str) -> Iterator[Filling]:
    place = sqlite.database_file(address)
    if place.exists():
        raise TargetNotEmpty
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.demenagement")
    _remove_file(draft)
    draft.touch(mode=0o600)
    try:
        db.migrate_database(f"sqlite:///{draft}")
        engine = db.connect_engine(f"sqlite:///{draft}")
        event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA foreign_keys=OFF"))
        try:
            yield lambda: _filled_sqlite(engine)
        finally:
            engine.dispose()
        sqlite.close_journal(draft, BackupFailed("Le fichier préparé reste ouvert."))
        place.hardlink_to(draft)  # unlike a rename, it fails when somebody has put a file there meanwhile
    except FileExistsError:
        raise TargetNotEmpty from None
    finally:
        _remove_file(draft)


def _remove_file(draft: Path) -> None:
    for rest in ("", "-wal", "-shm", "-journal"):
        draft.with_name(draft.name + rest).unlink(missing_ok=True)


@contextmanager
def _filled_sqlite(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        yield connection
        if orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            raise MoveFailed(str(orphans[0][0]))


@contextmanager
def _prepared_postgresql(address: str) -> Iterator[Filling]:
    engine = db.connect_engine(address)
    try:
        was_there = _require_no_rows(engine)
        try:
            db.migrate_database(address)
            yield lambda: _filled_postgresql(engine)
        except BaseException:
            if not was_there:
                with engine.begin() as connection:
                    connection.exec_driver_sql(postgresql.DROP_EVERYTHING.replace("%", "%%"))
            raise
    finally:
        engine.dispose()


def _require_no_rows(engine: Engine) -> bool:
    """Return whether there are tables. Raises TargetNotEmpty when one has rows, or is not of ClicNJob."""
    tables = {table.name: table for table in Record.metadata.sorted_tables}
    with engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        for name in names:
            if name not in tables or connection.execute(select(func.count()).select_from(tables[name])).scalar():
                raise TargetNotEmpty
    return bool(names)


@contextmanager
def _filled_postgresql(engine: Engine) -> Iterator[Connection]:
    """Take the foreign keys away while rows come in any order; putting them back checks every row."""
    with engine.begin() as connection:
        keys = connection.execute(text(_FOREIGN_KEYS)).all()
        for key in keys:
            connection.execute(text(f'ALTER TABLE {key.place} DROP CONSTRAINT "{key.name}"'))
        yield connection
        for key in keys:
            try:
                connection.execute(text(f'ALTER TABLE {key.place} ADD CONSTRAINT "{key.name}" {key.rule}'))
            except SQLAlchemyError as fault:
                raise MoveFailed(key.place) from fault
        _continue_numbers(connection)


def _continue_numbers(connection: Connection) -> None:
    """Have each sequence go on after the highest number that came in."""
    for table in Record.metadata.sorted_tables:
        keys = list(table.primary_key)
        if len(keys) == 1 and isinstance(keys[0].type, Integer):
            highest = connection.execute(select(func.max(keys[0]))).scalar()
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', keys[0].name)
            if highest is not None:
                connection.execute(select(func.setval(sequence, highest)))
