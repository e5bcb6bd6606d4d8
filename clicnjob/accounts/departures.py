"""Visits that ended while the database could not be written: kept in memory and on disk until it can be.

Only the digests of their tokens are stored. `presence` checks here before it trusts the database.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from pathlib import Path

from clicnjob.config import current_settings

_LOG = logging.getLogger(__name__)
_NAME = "sorties-en-attente"
_OVER: set[str] = set()
_LOCK = threading.Lock()


def note_departure(token_digest: str) -> None:
    """Treat this visit as ended in this process from now on."""
    with _LOCK:
        _OVER.add(token_digest)


def keep_departure(token_digest: str) -> None:
    """Save to disk a visit whose end the database could not store, so that a restart still knows it."""
    try:
        file = _departures_file()
        file.touch(mode=0o600)
        with file.open("a", encoding="ascii") as kept:
            kept.write(f"{token_digest}\n")
    except OSError:
        _LOG.exception("a visit that was left is only known in memory")


def recall_departures() -> None:
    """Load, at server start, the ended visits that an earlier process could not write to the database."""
    try:
        known = _departures_file().read_text(encoding="ascii").split()
    except (OSError, UnicodeError):
        return
    with _LOCK:
        _OVER.update(known)


def is_over(token_digest: str) -> bool:
    """Whether this visit was ended here, whatever the database says."""
    return token_digest in _OVER


def unwritten_departures() -> frozenset[str]:
    """Return the token digests of the visits whose end the database does not know yet."""
    with _LOCK:
        return frozenset(_OVER)


def forget_departures(written: Iterable[str]) -> None:
    """Drop the visits whose end the database has now stored."""
    with _LOCK:
        _OVER.difference_update(written)
        try:
            if not _OVER:
                _departures_file().unlink(missing_ok=True)
        except OSError:
            _LOG.exception("the list of visits that were left stays on the disk")


def _departures_file() -> Path:
    return current_settings().home / _NAME
