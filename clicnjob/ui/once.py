"""What is read once in a run: who is there and their bag serve the callbacks, the router, the guard and the page.

It is kept beside the run and goes with it: the next act reads again. Nothing here outlives an act or is shared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

T = TypeVar("T")
_KEPT = "_clicnjob_once"


def read(name: str, anew: Callable[[], T]) -> T:
    """What this run already read under `name`, or else what `anew` gives."""
    kept = _of_this_run()
    if name not in kept:
        kept[name] = anew()
    found: T = kept[name]
    return found


def put(name: str, value: object) -> None:
    """What an act has just made of it."""
    _of_this_run()[name] = value


def peek(name: str, kind: type[T]) -> T | None:
    """What this run already read under `name`, if it did."""
    found = _of_this_run().get(name)
    return found if isinstance(found, kind) else None


def forget(name: str) -> None:
    """It changed: read it again."""
    _of_this_run().pop(name, None)


def _of_this_run() -> dict[str, Any]:
    """Streamlit makes a new coordinator at the start of each run (tests/test_once.py) and nothing else that is as sure."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is None or run.parallel_coordinator is None:
        return {}
    kept: dict[str, Any] = vars(run.parallel_coordinator).setdefault(_KEPT, {})
    return kept
