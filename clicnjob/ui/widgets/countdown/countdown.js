const kept = new Map()
export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".countdown"), left = parentElement.querySelector(".left")
  for (const place of kept.keys()) if (place !== data.place) kept.delete(place)
  if (!kept.has(data.place)) kept.set(data.place, performance.now() + data.seconds * 1000)
  left.setAttribute("aria-label", data.label)
  const draw = () => {
    const seconds = Math.max(0, Math.ceil((kept.get(data.place) - performance.now()) / 1000))
    box.classList.toggle("over", !seconds)
    left.textContent = seconds ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : data.over
  }
  draw()
  const counting = setInterval(draw, 250)
  return () => clearInterval(counting)
}
