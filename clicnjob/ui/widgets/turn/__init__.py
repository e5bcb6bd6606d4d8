"""Scrolls to the top and focuses the title when a question replaces another, as a new page would.

Streamlit keeps the focus on « Continuer », at the bottom of the next question.
"""

from __future__ import annotations

from clicnjob.ui.shell.components import component_beside

_component = component_beside(__file__, html="<span></span>")


def to_title(place: str) -> None:
    """Focus the title of the page if `place` has changed since the last run."""
    _component(data={"place": place}, key="turn", height="content", width="content")


def to_part(selector: str, *, part: str, place: str) -> None:
    """Focus the first element of a CSS selector if `part` has changed since the last run, within the same `place`.

    For a place where something opens or closes without another title: a mail, a window of files.
    """
    _component(
        data={"place": place, "part": part, "selector": selector}, key="turn-part", height="content", width="content"
    )
