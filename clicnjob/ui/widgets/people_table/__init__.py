"""A cohort as an HTML table: sortable headers, names that open a person, alerts with « Vu »; cards on a phone.

Screen readers cannot read the canvas of `st.dataframe`. Here every action is a button, every text is set as text and
never as HTML, and the focus returns to its button after a redraw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from clicnjob.ui.shell import session_state
from clicnjob.ui.shell.components import component_beside

_component = component_beside(__file__, html='<div class="holder"></div>', isolate_styles=False)


@dataclass(frozen=True, slots=True)
class AlertItem:
    """One alert of a person."""

    key: str
    title: str
    reason: str
    gesture: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person. `cells` are (text, text below) for the columns after the name and the alerts."""

    id: str
    name: str
    beside: str
    never: bool
    alerts: Sequence[AlertItem]
    cells: Sequence[tuple[str, str]]


def draw_people_table(
    lines: Sequence[PersonLine],
    *,
    key: str,
    caption: str,
    columns: Sequence[tuple[str, str]],
    sort: str,
    opened: Callable[[str], None],
    seen: Callable[[str, str], None],
    sorted_by: Callable[[str], None],
) -> None:
    """Draw the table. `columns` are (title, sort key or ''); `seen` receives the id of a person and of an alert."""

    def value(name: str) -> str:
        return str(getattr(session_state.widget_value(key, object), name, None) or "").rsplit("#", 1)[0]

    def on_seen() -> None:
        account_id, _, rule = value("seen").partition("|")
        seen(account_id, rule)

    titles = [{"title": title, "sort": order} for title, order in columns]
    _component(
        key=key,
        data={"caption": caption, "columns": titles, "sort": sort, "rows": [asdict(line) for line in lines]},
        on_open_change=lambda: opened(value("open")),
        on_seen_change=on_seen,
        on_sort_change=lambda: sorted_by(value("sort")),
        height="content",
    )
