"""A button that copies a text to the clipboard."""

from __future__ import annotations

import streamlit as st

_HTML = '<button type="button" class="copy">Copier le message</button> <span class="said" role="status"></span>'
_CSS = """
.copy { font: inherit; font-size: 1.0625rem; min-height: 48px; padding: .5rem 1.2rem; border-radius: 14px; cursor: pointer;
  border: 2px solid #0B6B61; background: #0B6B61; color: #fff; font-weight: 650; }
.copy:hover { background: #084F48; }
.copy:focus-visible { outline: 3px solid #1F2A37; outline-offset: 2px; }
.said { margin-left: .6rem; font-weight: 600; color: #084F48; }
"""
_JS = """
export default function ({ data, parentElement }) {
  const said = parentElement.querySelector(".said")
  parentElement.querySelector(".copy").onclick = async () => {
    try { await navigator.clipboard.writeText(data.text); said.textContent = "C’est copié." }
    catch { said.textContent = "Choisis le texte au-dessus, puis Ctrl et C." }
  }
}
"""
_component = st.components.v2.component("clicnjob_copy", html=_HTML, css=_CSS, js=_JS)


def copy_button(text: str, *, key: str) -> None:
    """Draw a button that copies `text`; where the browser refuses, it tells how to copy by hand."""
    _component(data={"text": text}, key=key, height="content", width="content")
