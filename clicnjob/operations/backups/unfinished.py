"""A restore that was killed half-way: erased people may be back, so nothing starts before it is done again."""

from __future__ import annotations

from pathlib import Path

from clicnjob.config import current_settings
from clicnjob.operations.backups.faults import RestoreUnfinished

NAME = "restauration"


def require_finished_restore() -> None:
    """Raise RestoreUnfinished when a restore of this home folder did not come to its end."""
    if _mark().exists():
        raise RestoreUnfinished


def mark_restore_begun() -> None:
    """Note that the restored rows may be read, and the erasures since the backup are not replayed yet."""
    _mark().touch(mode=0o600)


def mark_restore_ended() -> None:
    """Note that the database is whole: restored to the end, or as it was before."""
    _mark().unlink(missing_ok=True)


def _mark() -> Path:
    return current_settings().home / NAME
