"""Digests of erased accounts, in a table and in a file beside the database, for the day a backup is restored."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, event
from sqlmodel import Session, col, select

from clicnjob.config import current_settings
from clicnjob.models import Tombstone

FILE_NAME = "effacements.jsonl"


def tombstone_file() -> Path:
    """Return the path of the file, which no database backup contains and no restore may replace."""
    return current_settings().home / FILE_NAME


def account_digest(account_id: str) -> str:
    """Return the digest of an account id. An id has 96 random bits, so an unkeyed hash reveals nothing."""
    return hashlib.sha256(b"erased:" + account_id.encode()).hexdigest()


def lay_tombstone(session: Session, account_id: str, *, now: datetime) -> None:
    """Record that this account was erased. The file is written only after the commit.

    Otherwise a restore would repeat an erasure that had failed. `keep_file` adds the lines that a crash left out.
    """
    stone = Tombstone(digest=account_digest(account_id), erased_at=now)
    session.merge(stone)
    session.flush()
    line = _tombstone_line(stone.digest, now)
    event.listen(session, "after_commit", lambda _session: _append_lines([line]), once=True)


def known_digests(session: Session) -> frozenset[str]:
    """Return every digest, from the table and the file."""
    return frozenset(session.exec(select(Tombstone.digest))) | frozenset(_in_file())


def take_back_from_file(session: Session) -> int:
    """Add to the table, after a restore, what only the file knows. Returns how many were missing."""
    have = frozenset(session.exec(select(Tombstone.digest)))
    missing = {key: at for key, at in _in_file().items() if key not in have}
    session.add_all(Tombstone(digest=key, erased_at=at) for key, at in missing.items())
    session.flush()
    return len(missing)


def keep_file(session: Session) -> None:
    """Add to the file what only the table knows."""
    have = _in_file()
    rows = session.exec(select(Tombstone).order_by(col(Tombstone.erased_at)))
    _append_lines([_tombstone_line(row.digest, row.erased_at) for row in rows if row.digest not in have])


def forget_before(session: Session, *, at: datetime) -> int:
    """Delete the tombstones older than `at` from the table; `trim_file` does the file. Returns how many."""
    return session.exec(delete(Tombstone).where(col(Tombstone.erased_at) < at)).rowcount


def trim_file(*, before: datetime) -> None:
    """Remove from the file the tombstones older than `before`."""
    kept = {key: at for key, at in _in_file().items() if at >= before}
    if len(kept) == len(_in_file()):
        return
    draft = tombstone_file().with_suffix(".part")
    draft.write_text("".join(_tombstone_line(key, at) for key, at in kept.items()), encoding="ascii")
    draft.replace(tombstone_file())


def _in_file() -> dict[str, datetime]:
    """Return digest → instant. A line cut short by a crash is skipped: its row is in the table."""
    found: dict[str, datetime] = {}
    if not tombstone_file().exists():
        return found
    for line in tombstone_file().read_text(encoding="ascii", errors="replace").splitlines():
        try:
            row = json.loads(line)
            found[str(row["digest"])] = datetime.fromisoformat(row["erased_at"])
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _tombstone_line(key: str, at: datetime) -> str:
    return json.dumps({"digest": key, "erased_at": at.isoformat()}) + "\n"


def _append_lines(lines: list[str]) -> None:
    """Write all lines at once and sync to disk; complete a line that was cut short earlier first."""
    if not lines:
        return
    tombstone_file().parent.mkdir(parents=True, exist_ok=True)
    cut = (
        tombstone_file().exists()
        and not tombstone_file().read_bytes().endswith(b"\n")
        and tombstone_file().stat().st_size > 0
    )
    opened = os.open(tombstone_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(opened, (("\n" if cut else "") + "".join(lines)).encode("ascii"))
        os.fsync(opened)
    finally:
        os.close(opened)
