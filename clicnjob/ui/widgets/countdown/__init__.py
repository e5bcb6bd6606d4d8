"""The time that is left of something shared, such as the group's timer: the browser counts, the server says when it ends."""

from __future__ import annotations

from clicnjob.ui.shell.components import component_beside

_HTML = '<p class="countdown"><span class="left" role="timer"></span></p>'
_component = component_beside(__file__, html=_HTML)


def draw_countdown(*, place: str, seconds: int, label: str, over: str, key: str) -> None:
    """Draw the minutes and seconds left for `place`, then the sentence `over`; `label` names them to screen readers."""
    _component(data={"place": place, "seconds": seconds, "label": label, "over": over}, key=key, height="content")
