"""A cache that lives for one script run, shared by callbacks, router, guard and page.

It holds what every one of them needs, such as the signed-in person. The next run starts empty, and nothing is shared
between people.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

T = TypeVar("T")
_KEPT = "_clicnjob_once"


def read_once(name: str, anew: Callable[[], T]) -> T:
    """Return the value cached under `name`, or compute it with `anew`."""
    kept = _of_this_run()
    if name not in kept:
        kept[name] = anew()
    found: T = kept[name]
    return found


def put_read(name: str, value: object) -> None:
    """Replace the cached value with one that an action has just produced."""
    _of_this_run()[name] = value


def peek_read(name: str, kind: type[T]) -> T | None:
    """Return the value cached under `name`, or None if there is none of type `kind`."""
    found = _of_this_run().get(name)
    return found if isinstance(found, kind) else None


def forget_read(name: str) -> None:
    """Drop a value that has changed, so that it is read again."""
    _of_this_run().pop(name, None)


def _of_this_run() -> dict[str, Any]:
    """Return the cache of the current run; an empty dict outside a run.

    It is stored on Streamlit's run coordinator, the only object that is surely new in each run (tests/test_once.py).
    """
    run = get_script_run_ctx(suppress_warning=True)
    if run is None or run.parallel_coordinator is None:
        return {}
    kept: dict[str, Any] = vars(run.parallel_coordinator).setdefault(_KEPT, {})
    return kept
