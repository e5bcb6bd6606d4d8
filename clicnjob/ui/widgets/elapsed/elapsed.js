const kept = new Map()
const counting = new WeakMap() // by element: it is drawn anew without an end, and the interval before would go on
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
  clearInterval(counting.get(parentElement))
  counting.set(parentElement, setInterval(draw, 5000))
  return () => clearInterval(counting.get(parentElement))
}
