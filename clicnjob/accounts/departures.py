"""Visits left while the database could not be written: over at once, in memory and on this disk, until it can.

Only the digests of their tokens are kept. `presence` asks here before it believes the database.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from pathlib import Path

from clicnjob.config import settings

_LOG = logging.getLogger(__name__)
_NAME = "sorties-en-attente"
_OVER: set[str] = set()
_LOCK = threading.Lock()


def note_departure(token_digest: str) -> None:
    """From now on this visit is over for this process."""
    with _LOCK:
        _OVER.add(token_digest)


def keep_departure(token_digest: str) -> None:
    """The database could not be told: it must still be known after a restart, if at least this disk can be written."""
    try:
        file = _file()
        file.touch(mode=0o600)
        with file.open("a", encoding="ascii") as kept:
            kept.write(f"{token_digest}\n")
    except OSError:
        _LOG.exception("a visit that was left is only known in memory")


def recall_departures() -> None:
    """When the server starts: what an earlier process could not write."""
    try:
        known = _file().read_text(encoding="ascii").split()
    except (OSError, UnicodeError):
        return
    with _LOCK:
        _OVER.update(known)


def is_over(token_digest: str) -> bool:
    """Whether this visit was left, whatever the database says."""
    return token_digest in _OVER


def departures() -> frozenset[str]:
    """The digests of the visits that the database must still be told of."""
    with _LOCK:
        return frozenset(_OVER)


def forget_departures(written: Iterable[str]) -> None:
    """The database knows these now."""
    with _LOCK:
        _OVER.difference_update(written)
        try:
            if not _OVER:
                _file().unlink(missing_ok=True)
        except OSError:
            _LOG.exception("the list of visits that were left stays on the disk")


def _file() -> Path:
    return settings().home / _NAME
