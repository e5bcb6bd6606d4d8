const MOST = 8 // countdowns remembered: a page shows two at once, the pause and the timer
const kept = new Map()
const counting = new WeakMap() // by element: it is drawn anew without an end, and the interval before would go on
export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".countdown"), left = parentElement.querySelector(".left")
  if (!kept.has(data.place)) kept.set(data.place, performance.now() + data.seconds * 1000)
  if (kept.size > MOST) kept.delete(kept.keys().next().value)
  const end = kept.get(data.place)
  left.setAttribute("aria-label", data.label)
  const draw = () => {
    const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000))
    box.classList.toggle("over", !seconds)
    left.textContent = seconds ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : data.over
  }
  draw()
  clearInterval(counting.get(parentElement))
  counting.set(parentElement, setInterval(draw, 250))
  return () => clearInterval(counting.get(parentElement))
}
