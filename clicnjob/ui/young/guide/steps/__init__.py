"""The bar of steps above a question, and the browser's Back button inside the guided CV.

The steps are buttons of one component, since ten Streamlit buttons would make each answer slower. Each question gets an
entry in the browser's history, without a word of the person in it, so that Back shows the question before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from clicnjob.ui.shell import session_state
from clicnjob.ui.shell.components import component_beside

_HTML = """
<nav class="steps" aria-label="Les étapes du CV">
  <button type="button" class="now" aria-expanded="false"><span class="where"></span> <span aria-hidden="true">▾</span></button>
  <ol></ol>
</nav>
"""
_KEY = "cj-guide-steps"
_component = component_beside(__file__, html=_HTML)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its stage, its words, and whether it is the present one, done, or to do."""

    key: str
    words: str
    state: Literal["here", "done", "todo"]


def draw_bar(
    steps: tuple[Step, ...],
    *,
    place: str,
    depth: int,
    choose: Callable[[str], None],
    come_back: Callable[[str], None],
) -> None:
    """Draw the steps; `choose` gets the stage that was pressed, `come_back` the place of Back or Forward.

    `place` is the question shown, `depth` how many were seen up to it: a smaller one means that the person went back.
    """
    position = next((number for number, step in enumerate(steps, 1) if step.state == "here"), 1)
    data = {
        "place": place,
        "depth": depth,
        "where": f"Étape {position} sur {len(steps)}\u00a0: {steps[position - 1].words}",
        "steps": [asdict(step) for step in steps],
    }
    _component(
        data=data,
        key=_KEY,
        height="content",
        on_stage_change=lambda: choose(session_state.component_text(_KEY, "stage")),
        on_back_change=lambda: come_back(session_state.component_text(_KEY, "back")),
    )
