const kept = new Map()
const ticking = new WeakMap() // by element: it is drawn anew without an end, and the interval before would go on
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
  clearInterval(ticking.get(parentElement))
  ticking.set(parentElement, setInterval(draw, 250))
  return () => clearInterval(ticking.get(parentElement))
}
