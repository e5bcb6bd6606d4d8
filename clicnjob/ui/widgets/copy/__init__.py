"""A button that copies a text to the clipboard."""

from __future__ import annotations

from clicnjob.ui.shell.components import component_beside

_HTML = '<button type="button" class="copy"></button> <span class="said" role="status"></span>'
_component = component_beside(__file__, html=_HTML)


def copy_button(text: str, *, key: str, label: str = "Copier le message") -> None:
    """Draw a button that copies `text`; where the browser refuses, it tells how to copy by hand."""
    _component(data={"text": text, "label": label}, key=key, height="content", width="content")
