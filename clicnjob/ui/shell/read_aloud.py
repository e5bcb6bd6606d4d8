"""« Écouter »: the browser's own voice reads a text, so nothing leaves the computer; hidden without a French voice.

Beside a question it also notices when another one replaces it. It then scrolls to the top and focuses the title, as a
new page would, because Streamlit keeps the focus on « Continuer » at the bottom.
"""

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
const voices = window.speechSynthesis
const known = new WeakMap()
const french = () => voices.getVoices().find((voice) => voice.lang.toLowerCase().startsWith("fr"))
const toTitle = () => {
  const title = document.querySelector("h1")
  if (!title) return
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  title.tabIndex = -1
  title.focus({ preventScroll: true })
}
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector(".listen")
  const words = parentElement.querySelector(".words")
  const before = known.get(button)
  const here = before || { show: () => { button.hidden = !french() } }
  here.text = data.text
  if (before && before.place !== data.place) { before.quiet?.(); toTitle() }
  here.place = data.place
  if (before || !voices) { known.set(button, here); return here.end }
  here.quiet = () => { voices.cancel(); button.setAttribute("aria-pressed", "false"); words.textContent = "Écouter" }
  button.onclick = () => {
    if (voices.speaking) return here.quiet()
    const speech = new SpeechSynthesisUtterance(here.text)
    speech.lang = "fr-FR"; speech.voice = french(); speech.rate = 0.95
    speech.onend = speech.onerror = here.quiet
    button.setAttribute("aria-pressed", "true"); words.textContent = "Arrêter"
    voices.speak(speech)
  }
  here.end = () => { voices.removeEventListener("voiceschanged", here.show); here.quiet(); known.delete(button) }
  known.set(button, here)
  voices.addEventListener("voiceschanged", here.show)
  here.show()
  return here.end
}
"""

_component = st.components.v2.component("clicnjob_read_aloud", html=_HTML, css=_CSS, js=_JS)


def read_aloud_button(text: str, *, key: str, place: str = "") -> None:
    """Draw a button that reads `text`; it stops when pressed again or when the page changes.

    `place` identifies the question: when it changes, the title gets the focus.
    """
    _component(data={"text": text, "place": place}, key=key, height="content", width="content")
