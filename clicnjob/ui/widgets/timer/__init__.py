"""A timer that stops nothing, makes no sound, and can be hidden.

It runs in the browser without a rerun, and nothing of it is stored. It continues as long as `place` stays the same.
"""

from __future__ import annotations

from collections.abc import Callable

from clicnjob.ui.shell.components import component_beside

_HTML = """
<div class="timer">
  <div class="face" role="timer" aria-label="Minuteur">
    <span class="time">0:00</span>
    <span class="bar" aria-hidden="true"><span class="past"></span></span>
  </div>
  <div class="row">
    <button type="button" class="go">Démarrer</button>
    <button type="button" class="again">À zéro</button>
    <button type="button" class="hide">Cacher</button>
  </div>
  <p class="said" role="status"></p>
</div>
"""
_component = component_beside(__file__, html=_HTML)


def draw_timer(
    *, place: str, seconds: int, over: str, key: str, down: bool = False, when_over: Callable[[], None] | None = None
) -> None:
    """Draw a timer up to `seconds`, or from there down to zero; then it shows the sentence `over`.

    `when_over` is called once, at the end.
    """
    data = {"place": place, "seconds": seconds, "over": over, "down": down, "turns": when_over is not None}
    _component(data=data, key=key, height="content", on_over_change=when_over or (lambda: None))
