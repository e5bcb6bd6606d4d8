"""« Écouter »: the browser's own voice reads a text, so nothing leaves the computer; hidden without a French voice.

Beside a question it also notices when another one replaces it. It then scrolls to the top and focuses the title, as a
new page would, because Streamlit keeps the focus on « Continuer » at the bottom.
"""

from __future__ import annotations

from clicnjob.ui.shell.components import component_beside

_HTML = """
<button type="button" class="listen" hidden><span aria-hidden="true">🔊</span> <span class="words">Écouter</span></button>
"""

_component = component_beside(__file__, html=_HTML)


def read_aloud_button(text: str, *, key: str, place: str = "") -> None:
    """Draw a button that reads `text`; it stops when pressed again or when the page changes.

    `place` identifies the question: when it changes, the title gets the focus.
    """
    _component(data={"text": text, "place": place}, key=key, height="content", width="content")
