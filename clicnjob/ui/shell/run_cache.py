"""A cache that lives for one script run, shared by callbacks, router, guard and page.

It holds what every one of them needs, such as the signed-in person. The next run starts empty, and nothing is shared
between people.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from clicnjob.ui.shell import script_run

T = TypeVar("T")


def read_once(name: str, anew: Callable[[], T]) -> T:
    """Return the value cached under `name`, or compute it with `anew`."""
    kept = script_run.run_values()
    if name not in kept:
        kept[name] = anew()
    found: T = kept[name]
    return found


def put_read(name: str, value: object) -> None:
    """Replace the cached value with one that an action has just produced."""
    script_run.run_values()[name] = value


def peek_read(name: str, kind: type[T]) -> T | None:
    """Return the value cached under `name`, or None if there is none of type `kind`."""
    found = script_run.run_values().get(name)
    return found if isinstance(found, kind) else None


def forget_read(name: str) -> None:
    """Drop a value that has changed, so that it is read again."""
    script_run.run_values().pop(name, None)
