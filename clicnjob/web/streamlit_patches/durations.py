"""Reads the waiting time of a text box (« 500ms », « 1s ») without pandas, which nothing else of the app needs."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import wraps

from streamlit import time_util
from streamlit.elements.widgets import text_widgets

from clicnjob.web.streamlit_patches.patch import Patch

_SIMPLE = re.compile(r"(\d{1,6})(ms|s)")
_by_pandas = time_util.time_to_seconds


@wraps(_by_pandas)
def seconds_of(t: float | timedelta | str | None, *, coerce_none_to_inf: bool = True) -> float | None:
    """Return what Streamlit would, in seconds; only another way of writing a duration still loads pandas."""
    if isinstance(t, str) and (simple := _SIMPLE.fullmatch(t)):
        number, unit = simple.groups()
        return int(number) / 1000 if unit == "ms" else float(number)
    return _by_pandas(t, coerce_none_to_inf=coerce_none_to_inf)  # type: ignore[call-overload, no-any-return]


def _install() -> None:
    setattr(text_widgets, "time_to_seconds", seconds_of)  # noqa: B010 - the name is not exported


PATCH = Patch(
    name="durations",
    why="A text box with a waiting time loads pandas and pyarrow to read it: 64 MB in each process.",
    level="safe",
    install=_install,
    replaces={"streamlit.time_util.time_to_seconds": "7cdaddaa82b31d1a"},
    reads={"streamlit.elements.widgets.text_widgets._parse_text_input_live": "dcd5982a92a978dc"},
)
