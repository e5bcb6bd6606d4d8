"""« Écouter »: the browser's own voice reads a text; nothing leaves the computer. Hidden where there is no French voice."""

from __future__ import annotations

import streamlit as st

_HTML = """
<button type="button" class="listen" hidden><span aria-hidden="true">🔊</span> <span class="words">Écouter</span></button>
"""
_CSS = """
.listen { font: inherit; font-size: 1rem; min-height: 44px; padding: .4rem .9rem; border-radius: 999px; cursor: pointer;
  border: 2px solid #0B6B61; background: #fff; color: #0B6B61; }
.listen:focus-visible { outline: 3px solid #1F2A37; outline-offset: 2px; }
.listen[aria-pressed="true"] { background: #0B6B61; color: #fff; }
"""
_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector(".listen")
  const words = parentElement.querySelector(".words")
  const voices = window.speechSynthesis
  if (!voices) return
  const french = () => voices.getVoices().find((voice) => voice.lang.toLowerCase().startsWith("fr"))
  const show = () => { button.hidden = !french() }
  const quiet = () => { voices.cancel(); button.setAttribute("aria-pressed", "false"); words.textContent = "Écouter" }
  button.onclick = () => {
    if (voices.speaking) return quiet()
    const speech = new SpeechSynthesisUtterance(data.text)
    speech.lang = "fr-FR"; speech.voice = french(); speech.rate = 0.95
    speech.onend = speech.onerror = quiet
    button.setAttribute("aria-pressed", "true"); words.textContent = "Arrêter"
    voices.speak(speech)
  }
  voices.addEventListener("voiceschanged", show)
  show()
  return () => { voices.removeEventListener("voiceschanged", show); quiet() }
}
"""

_component = st.components.v2.component("clicnjob_read_aloud", html=_HTML, css=_CSS, js=_JS)


def button(text: str, *, key: str) -> None:
    """A button that reads `text`, and stops when pressed again or when the page changes."""
    _component(data={"text": text}, key=key, height="content", width="content")
