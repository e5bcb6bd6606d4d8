"""The duration of a running session, in minutes so that nobody feels hurried; the browser counts by itself."""

from __future__ import annotations

import streamlit as st

_HTML = '<p class="elapsed" role="timer" aria-label="Depuis le début"></p>'
_CSS = """
.elapsed { margin: 0; font: inherit; font-size: 1.6rem; font-weight: 700; font-variant-numeric: tabular-nums; color: #084F48; }
"""
_JS = """
const kept = new Map()
export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".elapsed")
  for (const place of kept.keys()) if (place !== data.place) kept.delete(place)
  if (!kept.has(data.place)) kept.set(data.place, performance.now() - data.seconds * 1000)
  const draw = () => {
    const whole = Math.floor((performance.now() - kept.get(data.place)) / 60000)
    const hours = Math.floor(whole / 60), minutes = whole % 60
    box.textContent = hours ? `${hours} h ${String(minutes).padStart(2, "0")}` : `${minutes} min`
  }
  draw()
  const counting = setInterval(draw, 5000)
  return () => clearInterval(counting)
}
"""
_component = st.components.v2.component("clicnjob_elapsed", html=_HTML, css=_CSS, js=_JS)


def draw_elapsed(*, place: str, seconds: int, key: str) -> None:
    """Draw the duration; `seconds` is its value when the component is first drawn for `place`."""
    _component(data={"place": place, "seconds": seconds}, key=key, height="content")
