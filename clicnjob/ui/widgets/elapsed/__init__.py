"""The duration of a running session, in minutes so that nobody feels hurried; the browser counts by itself."""

from __future__ import annotations

from clicnjob.ui.shell.components import component_beside

_HTML = '<p class="elapsed" role="timer" aria-label="Depuis le début"></p>'
_component = component_beside(__file__, html=_HTML)


def draw_elapsed(*, place: str, seconds: int, key: str) -> None:
    """Draw the duration; `seconds` is its value when the component is first drawn for `place`."""
    _component(data={"place": place, "seconds": seconds}, key=key, height="content")
