"""A cohort as an HTML table: sortable headers, names that open a person, what to do about an alert; cards on a phone.

Screen readers cannot read the canvas of `st.dataframe`. Here every action is a button, every text is set as text and
never as HTML, and the focus returns to its button after a redraw.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass

from clicnjob.ui.shell import session_state
from clicnjob.ui.shell.components import component_beside

_component = component_beside(__file__, html='<div class="holder"></div>', isolate_styles=False)
_VERSION_DIGITS = 12


@dataclass(frozen=True, slots=True)
class AlertItem:
    """One alert of a person. `opens` is the part of their file where the gesture is done, « appel » for a call."""

    key: str
    title: str
    reason: str
    gesture: str
    opens: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person. `cells` are (text, text below) for the columns after the name and the alerts.

    `phone` is the number that a click calls, in E.164, and `phone_shown` as people read it; '' when there is none.
    `done` says beside the alerts what was done about them already, '' for nothing.
    """

    id: str
    name: str
    beside: str
    phone: str
    phone_shown: str
    never: bool
    alerts: Sequence[AlertItem]
    cells: Sequence[tuple[str, str]]
    done: str = ""


@dataclass(frozen=True, slots=True)
class Ticks:
    """Which people are ticked. `changed` receives a version, the ids of the page and those of them that are ticked.

    The browser raises the version at each tick, so that an answer of the server to an earlier one changes no box.
    """

    version: int
    ids: Collection[str]
    changed: Callable[[int, frozenset[str], frozenset[str]], None]


def draw_people_table(
    lines: Sequence[PersonLine],
    *,
    key: str,
    caption: str,
    columns: Sequence[tuple[str, str]],
    sort: str,
    opened: Callable[[str, str], None],
    seen: Callable[[str, str], None],
    sorted_by: Callable[[str], None],
    ticks: Ticks,
) -> None:
    """Draw the table. `columns` are (title, sort key or '').

    `opened` receives the id of a person and the part of their file, or ''; `seen` the ids of a person and of an alert.
    """
    here = frozenset(line.id for line in lines)

    def value(name: str) -> str:
        return str(getattr(session_state.widget_value(key, object), name, None) or "").rsplit("#", 1)[0]

    def on_open() -> None:
        account_id, _, part = value("open").partition("|")
        opened(account_id, part)

    def on_seen() -> None:
        account_id, _, rule = value("seen").partition("|")
        seen(account_id, rule)

    def on_ticks() -> None:
        version, _, ids = value("ticks").partition(";")
        if version.isdecimal() and len(version) <= _VERSION_DIGITS:
            ticks.changed(int(version), here, here.intersection(ids.split(",")))

    titles = [{"title": title, "sort": order} for title, order in columns]
    _component(
        key=key,
        data={
            "caption": caption,
            "columns": titles,
            "sort": sort,
            "rows": [asdict(line) for line in lines],
            "ticks": {"version": ticks.version, "ids": sorted(here.intersection(ticks.ids))},
        },
        on_open_change=on_open,
        on_seen_change=on_seen,
        on_sort_change=lambda: sorted_by(value("sort")),
        on_ticks_change=on_ticks,
        height="content",
    )
