"""Who was erased, without saying who: kept in a table and in a file beside the database, for the day a backup is restored."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, event
from sqlmodel import Session, col, select

from clicnjob.config import settings
from clicnjob.models import Tombstone

FILE_NAME = "effacements.jsonl"


def file() -> Path:
    """The file that no backup of the database contains and that no restore may replace."""
    return settings().home / FILE_NAME


def digest(account_id: str) -> str:
    """What is kept of an identifier. It has 96 random bits, so a plain hash tells nothing."""
    return hashlib.sha256(b"erased:" + account_id.encode()).hexdigest()


def lay(session: Session, account_id: str, *, now: datetime) -> None:
    """Remember that this account was erased. The file is written once the transaction is committed, never before:

    an erasure that failed must not be done later by a restore. What a crash leaves out `keep_file` adds.
    """
    stone = Tombstone(digest=digest(account_id), erased_at=now)
    session.merge(stone)
    session.flush()
    line = _line(stone.digest, now)
    event.listen(session, "after_commit", lambda _session: _append([line]), once=True)


def known(session: Session) -> frozenset[str]:
    """Every digest, of the table and of the file."""
    return frozenset(session.exec(select(Tombstone.digest))) | frozenset(_in_file())


def take_back_from_file(session: Session) -> int:
    """After a restore: bring the table up to what the file knows; gives how many were missing."""
    have = frozenset(session.exec(select(Tombstone.digest)))
    missing = {key: at for key, at in _in_file().items() if key not in have}
    session.add_all(Tombstone(digest=key, erased_at=at) for key, at in missing.items())
    session.flush()
    return len(missing)


def keep_file(session: Session) -> None:
    """Add to the file what the table has and it has not."""
    have = _in_file()
    rows = session.exec(select(Tombstone).order_by(col(Tombstone.erased_at)))
    _append([_line(row.digest, row.erased_at) for row in rows if row.digest not in have])


def forget_before(session: Session, *, at: datetime) -> int:
    """Forget those laid before `at`; gives how many. The file follows at the next `trim_file`."""
    return session.exec(delete(Tombstone).where(col(Tombstone.erased_at) < at)).rowcount


def trim_file(*, before: datetime) -> None:
    """Leave out of the file those laid before an instant."""
    kept = {key: at for key, at in _in_file().items() if at >= before}
    if len(kept) == len(_in_file()):
        return
    draft = file().with_suffix(".part")
    draft.write_text("".join(_line(key, at) for key, at in kept.items()), encoding="ascii")
    draft.replace(file())


def _in_file() -> dict[str, datetime]:
    """Digest → when. A line that a crash cut short is passed over: its row is in the table."""
    found: dict[str, datetime] = {}
    if not file().exists():
        return found
    for line in file().read_text(encoding="ascii", errors="replace").splitlines():
        try:
            row = json.loads(line)
            found[str(row["digest"])] = datetime.fromisoformat(row["erased_at"])
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _line(key: str, at: datetime) -> str:
    return json.dumps({"digest": key, "erased_at": at.isoformat()}) + "\n"


def _append(lines: list[str]) -> None:
    """One write for all, on the disk before it returns; a line cut short earlier is ended first."""
    if not lines:
        return
    file().parent.mkdir(parents=True, exist_ok=True)
    cut = file().exists() and not file().read_bytes().endswith(b"\n") and file().stat().st_size > 0
    opened = os.open(file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(opened, (("\n" if cut else "") + "".join(lines)).encode("ascii"))
        os.fsync(opened)
    finally:
        os.close(opened)
