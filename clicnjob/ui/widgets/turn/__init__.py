"""Scrolls to the top and focuses the title when a question replaces another, as a new page would.

Streamlit keeps the focus on « Continuer », at the bottom of the next question.
"""

from __future__ import annotations

from clicnjob.ui.shell.components import component_beside

_component = component_beside(__file__, html="<span></span>")


def to_title(place: str) -> None:
    """Focus the title of the page if `place` has changed since the last run."""
    _component(data={"place": place}, key="turn", height="content", width="content")
