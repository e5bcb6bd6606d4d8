"""Tells whether the app runs or starts on this machine, by lock files that its processes hold: a restore must not run then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from clicnjob.config import current_settings

try:
    import fcntl
except ImportError:  # Windows has no fcntl: the app is then taken for stopped
    fcntl = None  # type: ignore[assignment]

_NAME, _STARTING = "en-marche", "demarrage"


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


@contextmanager
def hold_starting() -> Iterator[None]:
    """Wait until no other process of this home folder is starting, then hold that lock during the block."""
    with _opened_file(_STARTING) as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _opened_file(name: str = _NAME) -> IO[str]:
    home = current_settings().home
    home.mkdir(parents=True, exist_ok=True)
    return (home / name).open("a", encoding="ascii")
