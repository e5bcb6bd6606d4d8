"""The trainer's board as HTML: calls for help first, then a tile for each seat; every gesture is one button.

It asks a small address of ours every second whether something changed, and only then is its fragment run again. A redraw
keeps the focus on its button and an open list of hints open. Every text is set as text, never as HTML.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from clicnjob.ui.shell import session_state
from clicnjob.ui.shell.components import component_beside

_component = component_beside(__file__, html='<div class="board"></div>', isolate_styles=False)


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call for help. `since` is in seconds; `seat` is « Poste 3 », or '' without one."""

    id: str
    person: str
    name: str
    seat: str
    reason: str
    since: int
    seen: bool
    page: bool


@dataclass(frozen=True, slots=True)
class PersonTile:
    """A person on a tile. `state` is a `TileState`, `words` what it says, `place` « étape 3 sur 12 », `since` seconds or -1.

    `at_screen`: of those who share the seat, they have the keyboard.
    """

    id: str
    name: str
    state: str
    words: str
    place: str
    since: int
    group: int
    at_screen: bool = False


@dataclass(frozen=True, slots=True)
class SeatTile:
    """A seat and who sits there."""

    title: str
    people: Sequence[PersonTile]


@dataclass(frozen=True, slots=True)
class BoardGesture:
    """What the trainer touched: `act` is seen, done, page, quiet or hint; `whom` a participant or a call."""

    act: str
    whom: str
    hint: int = -1


def draw_board(
    *,
    key: str,
    calls: Sequence[CallLine],
    tiles: Sequence[SeatTile],
    hints: Sequence[str],
    ask: str,
    version: int,
    touched: Callable[[BoardGesture], None],
) -> None:
    """Draw the board. `ask` is the address that tells its version; `touched` receives each gesture."""

    def on_touch() -> None:
        if (gesture := _read_gesture(session_state.component_text(key, "touch"))) is not None:
            touched(gesture)

    _component(
        key=key,
        data={
            "calls": [asdict(one) for one in calls],
            "tiles": [asdict(one) for one in tiles],
            "hints": list(hints),
            "ask": ask,
            "version": version,
        },
        on_touch_change=on_touch,
        on_moved_change=lambda: None,
        height="content",
    )


def _read_gesture(sent: str) -> BoardGesture | None:
    """Read what the browser sent; None for anything else, since a message may be forged."""
    try:
        said = json.loads(sent[:500])
        return BoardGesture(str(said["act"]), str(said["whom"]), int(said.get("hint", -1)))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
