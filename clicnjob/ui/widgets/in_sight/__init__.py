"""Scrolls what has just been said into sight, above the buttons that stay at the bottom of the screen."""

from __future__ import annotations

from clicnjob.ui.shell.components import component_beside

_component = component_beside(__file__, html="<span></span>")


def keep_in_sight(region: str, *, said: str) -> None:
    """Scroll to the last element of a CSS selector if `said`, which names what is told, changed since the last run."""
    _component(data={"region": region, "said": said}, key="in-sight", height="content", width="content")
