"""Copies the database before a migration changes it, into the home folder, so that an update can be rolled back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import inspect, text

from clicnjob import db
from clicnjob.errors import Refusal
from clicnjob.operations import backups
from clicnjob.operations.backups import move_targets, postgresql, revisions
from clicnjob.operations.backups.faults import FromLater

FOLDER_NAME = "avant-mise-a-jour"
_KEPT = timedelta(days=30)  # as long as any backup (docs/privacy.md)


class CannotCopyFirst(Refusal):
    """The database must be migrated, and PostgreSQL's client programs are not there to copy it first."""

    sentence = (
        "La base doit être mise à jour, et pg_dump manque pour la copier d’abord. Installez le client de PostgreSQL, "
        "ou passez-vous de copie\u00a0: python -m clicnjob migrate --without-copy."
    )


def copy_before_migration(address: str, *, home: Path, now: datetime) -> Path | None:
    """Copy the database if a migration would change it, into a file named after its revision; return the file.

    Returns None for a new database and for one that is up to date or of a later release. Raises CannotCopyFirst.
    """
    revision = _pending_revision(address)
    if not revision:
        return None
    folder = home / FOLDER_NAME
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ending = "sqlite3" if address.startswith("sqlite") else "dump"
    file = folder / f"{revision}-{now:%Y%m%d-%H%M%S}.{ending}"
    try:
        backups.write_copy(file, address=address, progress=lambda _done, _total: None)
    except postgresql.NoProgram:
        raise CannotCopyFirst from None
    return file


def forget_old_copies(home: Path, *, now: datetime) -> int:
    """Delete the copies that are older than backups may be; return how many."""
    old = [file for file in (home / FOLDER_NAME).glob("*") if file.stat().st_mtime < (now - _KEPT).timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _pending_revision(address: str) -> str:
    """Return the revision that a migration would start from, '' when nothing would be migrated."""
    if not move_targets.may_exist(address):
        return ""
    engine = db.connect_engine(address)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            revision = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    finally:
        engine.dispose()
    try:
        revisions.must_be_known(revision)
    except FromLater:
        return ""
    return "" if revision == revisions.latest_revision() else revision
