"""Whether the app is running on this machine: its processes hold a file, so that a restore never works under them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from clicnjob.config import settings

try:
    import fcntl
except ImportError:  # Windows: not known there
    fcntl = None  # type: ignore[assignment]

_NAME = "en-marche"


@contextmanager
def held() -> Iterator[None]:
    """As long as the block lasts, this machine knows that the app runs."""
    with _opened() as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def stopped() -> Iterator[bool]:
    """Whether the app is stopped; if so it cannot pretend otherwise until the block ends."""
    with _opened() as file:
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _opened() -> IO[str]:
    home = settings().home
    home.mkdir(parents=True, exist_ok=True)
    return (home / _NAME).open("a", encoding="ascii")
