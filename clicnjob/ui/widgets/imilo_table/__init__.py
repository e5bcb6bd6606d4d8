"""The lines for i-milo grouped by person: one button copies a line, a person or everything, a box ticks what was typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from clicnjob.cohort.reports.imilo_week import LineToEnter
from clicnjob.ui.shell import session_state
from clicnjob.ui.shell.components import component_beside

_component = component_beside(__file__, html='<div class="holder"></div>', calls="copied.js")
_LONGEST = 1_000_000  # characters of what one tick sends


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line as shown. `minutes` are what ticking it notes; `entered` says who typed it and when, '' if nobody."""

    key: str
    head: str
    words: str
    copied: str
    minutes: int
    left: bool
    entered: str


@dataclass(frozen=True, slots=True)
class PersonRows:
    """The lines of one person. `copied` is what is left of them, as one text."""

    id: str
    name: str
    copied: str
    lines: Sequence[LineRow]


def draw_imilo_table(
    people: Sequence[PersonRows],
    *,
    key: str,
    copied: str,
    opened: Callable[[str], None],
    entered: Callable[[Sequence[LineToEnter]], None],
    undone: Callable[[str, str], None],
) -> None:
    """Draw the lines. `copied` is everything that is left; `undone` receives the id of a person and the key of a line."""

    def value(name: str) -> str:
        return str(getattr(session_state.widget_value(key, object), name, None) or "").rsplit("#", 1)[0]

    def on_undo() -> None:
        account_id, _, line = value("undo").partition("|")
        undone(account_id, line)

    _component(
        key=key,
        data={"people": [asdict(one) for one in people], "copied": copied},
        on_enter_change=lambda: entered(_lines_sent(value("enter"))),
        on_undo_change=on_undo,
        on_open_change=lambda: opened(value("open")),
        height="content",
    )


def _lines_sent(sent: str) -> tuple[LineToEnter, ...]:
    """Read what the browser sent: a JSON list of [account, line, minutes]; anything else is nothing."""
    try:
        rows = json.loads(sent) if len(sent) <= _LONGEST else []
    except ValueError:
        return ()
    if not isinstance(rows, list):
        return ()
    return tuple(
        LineToEnter(*row) for row in rows if isinstance(row, list) and [type(each) for each in row] == [str, str, int]
    )
