// Shows the steps, and gives each question an entry in the browser's history: { place, depth } under `cj`.
const SAID = { here: "tu es ici", done: "répondu", todo: "à faire" }
let latest = null // the question shown by the component on the page
let returning = false // this script went back in the history because the person pressed « Retour »
let tell = null

const entry = () => history.state?.cj
const mark = (add) => {
  const state = { ...history.state, cj: { place: latest.place, depth: latest.depth } }
  history[add ? "pushState" : "replaceState"](state, "", `#${latest.depth}`) // with a « # », Streamlit leaves Back to us
}
const moved = () => {
  if (!latest || location.pathname !== latest.path) return
  if (returning || !entry()) { returning = false; mark(false); return }
  if (entry().place !== latest.place) tell("back", entry().place)
}
const follow = (first) => {
  const here = entry()
  if (!here) return mark(false)
  if (here.place === latest.place) return
  if (first) return tell("back", here.place) // Back from another page
  if (latest.depth < here.depth) { returning = true; history.go(latest.depth - here.depth); return }
  mark(true)
}
const draw = (nav, data, choose) => {
  nav.querySelector(".where").textContent = data.where
  const list = nav.querySelector("ol")
  const before = list.querySelectorAll("button")
  data.steps.forEach((step, position) => {
    const button = before[position] || list.appendChild(document.createElement("li")).appendChild(document.createElement("button"))
    button.type = "button"
    button.className = step.state
    button.dataset.key = step.key
    button.textContent = step.words
    button.setAttribute("aria-label", `${step.words}, ${SAID[step.state]}`)
    if (step.state === "here") button.setAttribute("aria-current", "step"); else button.removeAttribute("aria-current")
    button.onclick = () => { fold(nav, false); choose(step.key) }
  })
  for (const extra of [...before].slice(data.steps.length)) extra.parentElement.remove()
}
const fold = (nav, open) => {
  nav.classList.toggle("open", open)
  nav.querySelector(".now").setAttribute("aria-expanded", String(open))
}
export default function ({ data, parentElement, setTriggerValue }) {
  const nav = parentElement.querySelector(".steps")
  const first = latest === null
  latest = { place: data.place, depth: data.depth, path: first ? location.pathname : latest.path }
  tell = setTriggerValue
  draw(nav, data, (key) => setTriggerValue("stage", key))
  nav.querySelector(".now").onclick = () => fold(nav, !nav.classList.contains("open"))
  if (first) addEventListener("popstate", moved)
  follow(first)
  return () => { removeEventListener("popstate", moved); latest = null }
}
