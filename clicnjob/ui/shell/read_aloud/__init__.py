"""« Écouter »: a voice of the computer itself reads a text or the screen, so nothing leaves it; without one it says so.

What is read from the screen includes the choices, and each word is marked as it is read. Beside a question the button also
notices when another one replaces it. It then scrolls to the top and focuses the title, as a new page would, because
Streamlit keeps the focus on « Continuer » at the bottom.
"""

from __future__ import annotations

from clicnjob.ui.shell.components import component_beside

_HTML = """
<button type="button" class="listen" aria-pressed="false"><span aria-hidden="true">🔊</span>
<span class="words">Écouter</span></button>
<p class="voiceless" role="status"></p>
"""

_component = component_beside(__file__, html=_HTML)


def read_aloud_button(text: str, *, key: str) -> None:
    """Draw a button that reads `text`; it stops when pressed again or when the page changes."""
    _draw_button(key, text=text)


def read_region_button(region: str, *, key: str, place: str = "") -> None:
    """Draw a button that reads what is seen in the first element of a CSS selector, its choices included.

    `place` identifies the question: when it changes, the title gets the focus.
    """
    _draw_button(key, region=region, place=place)


def read_screen_button() -> None:
    """Draw the header's small button, which reads the whole screen, or the dialog that is open."""
    _draw_button("listen-screen", region="[data-testid=stMain]", small=True)


def _draw_button(key: str, *, text: str = "", region: str = "", place: str = "", small: bool = False) -> None:
    told = {"text": text, "region": region, "place": place, "small": small}
    _component(data=told, key=key, height="content", width="content")
