"""Tells whether the app runs on this machine, by a lock file that its processes hold: a restore must not run then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from clicnjob.config import current_settings

try:
    import fcntl
except ImportError:  # Windows has no fcntl: the app is then taken for stopped
    fcntl = None  # type: ignore[assignment]

_NAME = "en-marche"


@contextmanager
def hold_running_file() -> Iterator[None]:
    """Hold the shared lock of a running app during the block."""
    with _opened_file() as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def hold_stopped() -> Iterator[bool]:
    """Yield whether the app is stopped. If so, hold the exclusive lock during the block."""
    with _opened_file() as file:
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _opened_file() -> IO[str]:
    home = current_settings().home
    home.mkdir(parents=True, exist_ok=True)
    return (home / _NAME).open("a", encoding="ascii")
