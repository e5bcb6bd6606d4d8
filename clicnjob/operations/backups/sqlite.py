"""Backup and restore of SQLite. A copy is vacuumed, so that no erased row stays in free pages; a restore is prepared in
a file beside the database, which it then replaces."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url
from sqlmodel import Session

from clicnjob import db
from clicnjob.operations.backups import revisions
from clicnjob.operations.backups.faults import AppRuns, BackupFailed, NotABackup

_PAGES_AT_ONCE = 256


class SqliteDatabase:
    """Backup and restore as SQLite does them."""

    def copy_to(self, address: str, part: Path, progress: Callable[[int, int], None]) -> None:
        """Write the whole database into `part`, by SQLite's online backup API."""
        with closing(sqlite3.connect(database_file(address))) as source, closing(sqlite3.connect(part)) as target:
            _copy_pages(source, target, progress)
            target.execute("VACUUM")

    def put_back(
        self, file: Path, address: str, after: Callable[[Session], int], progress: Callable[[int, int], None]
    ) -> int:
        """Prepare the new database beside the old one, migrate it and run `after`, then replace the old one."""
        place = database_file(address)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.restauration")
        try:
            _copy_judged_file(file, draft, progress)
            done = _brought_up(draft, after)
            close_journal(draft, BackupFailed("Le fichier préparé reste ouvert."))
            if place.exists():
                _close_whatever_it_is(place)
            draft.replace(place)
        finally:
            for rest in ("", "-wal", "-shm", "-journal"):
                draft.with_name(draft.name + rest).unlink(missing_ok=True)
        return done


def _copy_judged_file(file: Path, draft: Path, progress: Callable[[int, int], None]) -> None:
    """Copy the backup into `draft` after checking its integrity and its revision. Raises NotABackup, FromLater."""
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
            if source.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise NotABackup
            found = source.execute("SELECT version_num FROM alembic_version").fetchone()
            revisions.must_be_known(str(found[0]) if found else "")
            with closing(sqlite3.connect(draft)) as target:
                _copy_pages(source, target, progress)
    except sqlite3.Error:
        raise NotABackup from None


def _brought_up(draft: Path, after: Callable[[Session], int]) -> int:
    address = f"sqlite:///{draft}"
    db.migrate_database(address)
    engine = db.connect_engine(address)
    try:
        with db.write_transaction(engine) as session:
            return after(session)
    finally:
        engine.dispose()


def _close_whatever_it_is(place: Path) -> None:
    """Close the database, even a damaged one, whose journal files are then deleted. Raises AppRuns while it is in use."""
    try:
        close_journal(place, AppRuns())
    except sqlite3.DatabaseError as fault:
        if fault.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        for rest in ("-wal", "-shm", "-journal"):
            place.with_name(place.name + rest).unlink(missing_ok=True)


def close_journal(file: Path, otherwise: Exception) -> None:
    """Merge the journal into the file and remove it, so that it cannot be applied to a database put in its place.

    Raises `otherwise` when the file is in use.
    """
    with closing(sqlite3.connect(file, timeout=1)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            raise otherwise from None
        if mode != "delete":
            raise otherwise


def _copy_pages(source: sqlite3.Connection, target: sqlite3.Connection, progress: Callable[[int, int], None]) -> None:
    source.backup(
        target, pages=_PAGES_AT_ONCE, progress=lambda _status, left, total: progress(total - left, max(1, total))
    )


def database_file(address: str) -> Path:
    """Return the path of SQLite's file. Raises BackupFailed when the database is only in memory."""
    file = make_url(address).database
    if not file or file == ":memory:":
        raise BackupFailed("Une base en mémoire ne se sauvegarde pas.")
    return Path(file)
