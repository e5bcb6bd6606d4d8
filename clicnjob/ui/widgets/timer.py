"""A timer that stops nothing, makes no sound, and can be hidden.

It runs in the browser without a rerun, and nothing of it is stored. It continues as long as `place` stays the same.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

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
_CSS = """
.timer { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; font: inherit; color: #1F2A37; }
.face { display: flex; align-items: center; gap: .8rem; flex: 1 1 12rem; }
.time { min-width: 4.2rem; font-size: 1.5rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.bar { flex: 1; height: .7rem; min-width: 4rem; border-radius: 999px; background: #EDE5D8; overflow: hidden; }
.past { display: block; width: 0; height: 100%; border-radius: 999px; background: #0B6B61; transition: width .3s linear; }
.over .past { background: #F2B418; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; }
button { font: inherit; font-size: 1rem; min-height: 44px; padding: .3rem .9rem; border-radius: 999px; cursor: pointer;
  border: 2px solid #0B6B61; background: #fff; color: #0B6B61; }
button.go { background: #0B6B61; color: #fff; font-weight: 650; }
button:focus-visible { outline: 3px solid #1F2A37; outline-offset: 2px; }
.hidden .face, .hidden .go, .hidden .again { display: none; }
.said { flex-basis: 100%; margin: 0; font-weight: 600; }
.said:empty { display: none; }
@media (prefers-reduced-motion: reduce) { .past { transition: none; } }
"""
_JS = """
const kept = new Map()
let hidden = false
export default function ({ data, parentElement, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(name)
  const box = find(".timer")
  for (const place of kept.keys()) if (place !== data.place) kept.delete(place)
  if (!kept.has(data.place)) kept.set(data.place, { past: 0, since: 0, told: false })
  const state = kept.get(data.place)
  const past = () => state.past + (state.since ? (Date.now() - state.since) / 1000 : 0)
  const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`
  const draw = () => {
    const seconds = past()
    const over = seconds >= data.seconds
    find(".time").textContent = shown(data.down ? Math.max(0, Math.ceil(data.seconds - seconds)) : seconds)
    find(".past").style.width = `${Math.min(100, seconds * 100 / data.seconds)}%`
    find(".go").textContent = state.since ? "Pause" : past() ? "Reprendre" : "Démarrer"
    find(".hide").textContent = hidden ? "Montrer le minuteur" : "Cacher"
    box.classList.toggle("over", over)
    box.classList.toggle("hidden", hidden)
    find(".said").textContent = over ? data.over : ""
    if (over && !state.told) { state.told = true; if (data.turns) { state.since = 0; setTriggerValue("over", data.place) } }
  }
  find(".go").onclick = () => {
    if (state.since) { state.past = past(); state.since = 0 } else { state.since = Date.now() }
    draw()
  }
  find(".again").onclick = () => { state.past = 0; state.since = 0; state.told = false; draw() }
  find(".hide").onclick = () => { hidden = !hidden; draw() }
  draw()
  const ticking = setInterval(draw, 250)
  return () => clearInterval(ticking)
}
"""
_component = st.components.v2.component("clicnjob_timer", html=_HTML, css=_CSS, js=_JS)


def draw_timer(
    *, place: str, seconds: int, over: str, key: str, down: bool = False, when_over: Callable[[], None] | None = None
) -> None:
    """Draw a timer up to `seconds`, or from there down to zero; then it shows the sentence `over`.

    `when_over` is called once, at the end.
    """
    data = {"place": place, "seconds": seconds, "over": over, "down": down, "turns": when_over is not None}
    _component(data=data, key=key, height="content", on_over_change=when_over or (lambda: None))
