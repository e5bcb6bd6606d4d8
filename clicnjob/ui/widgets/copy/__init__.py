"""A button that copies a text to the clipboard."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob.ui.shell.components import component_beside

_HTML = '<button type="button" class="copy"></button> <span class="said" role="status"></span>'
_component = component_beside(__file__, html=_HTML, calls="copied.js")


def copy_button(text: str, *, key: str, label: str = "Copier le message") -> None:
    """Draw a button that copies `text`; where the browser refuses, it tells how to copy by hand."""
    _component(data={"text": text, "label": label}, key=key, height="content", width="content")


def text_to_copy(text: str, *, key: str, label: str = "Copier le message") -> None:
    """Draw a text as it will be sent, line by line, with the button that copies it below."""
    st.html(f'<div class="cj-mail">{"".join(f"<p>{escape(line)}</p>" for line in text.splitlines())}</div>')
    copy_button(text, key=key, label=label)
