"""Backs up the whole database into one file and restores it, all or nothing, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from clicnjob.config import current_settings
from clicnjob.operations import running
from clicnjob.operations.backups import postgresql, sqlite, unfinished
from clicnjob.operations.backups.faults import AppRuns, FileExists, NoFile

Progress = Callable[[int, int], None]
_LAST = "derniere-sauvegarde.json"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The last backup made from this installation: its instant, its path and its size in bytes."""

    at: datetime
    file: str
    size: int


def back_up_database(file: Path, *, address: str, now: datetime, progress: Progress) -> LastBackup:
    """Copy the database at URL `address` into a new file that only its owner may read; the app may be running.

    `progress(done, total)` is called on the way. Raises FileExists when `file` exists, NoFile when its folder does not,
    BackupFailed when the database refuses.
    """
    if file.exists():
        raise FileExists
    if not file.parent.is_dir():
        raise NoFile
    write_copy(file, address=address, progress=progress)
    done = LastBackup(now, str(file.resolve()), file.stat().st_size)
    _note_backup(done)
    return done


def write_copy(file: Path, *, address: str, progress: Progress) -> None:
    """Write the whole database into `file`, which appears only when it is complete."""
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        _database_kind(address).copy_to(address, part, progress)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def restore_database(file: Path, *, address: str, after: Callable[[Session], int], progress: Progress) -> int:
    """Replace the database by the file's content, migrated to this release; return what `after` returns.

    `after` runs in a transaction on the restored rows before anybody can read them, to replay erasures. On any failure
    the database stays as it was. Raises AppRuns, NoFile, NotABackup, FromLater, BackupFailed.
    """
    if not file.is_file():
        raise NoFile
    with running.hold_stopped() as still:
        if not still:
            raise AppRuns
        done = _database_kind(address).put_back(file, address, after, progress)
    unfinished.mark_restore_ended()
    return done


def last_backup() -> LastBackup | None:
    """Return the last backup made from this home folder, None when none is known."""
    try:
        kept = json.loads((current_settings().home / _LAST).read_text(encoding="utf-8"))
        return LastBackup(datetime.fromisoformat(kept["at"]), str(kept["file"]), int(kept["size"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note_backup(done: LastBackup) -> None:
    current_settings().home.mkdir(parents=True, exist_ok=True)
    said = {"at": done.at.isoformat(), "file": done.file, "size": done.size}
    (current_settings().home / _LAST).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def _database_kind(address: str) -> sqlite.SqliteDatabase | postgresql.PostgresqlDatabase:
    return sqlite.SqliteDatabase() if address.startswith("sqlite") else postgresql.PostgresqlDatabase()
