const make = (tag, name, text) => {
  const node = document.createElement(tag)
  if (name) node.className = name
  if (text) node.textContent = text
  return node
}
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".holder")
  const drawn = JSON.stringify(data)
  if (root.dataset.drawn === drawn) return
  const before = parentElement.getRootNode().activeElement?.dataset?.focus
  const act = (what, value) => setTriggerValue(what, `${value}#${Date.now()}`)
  const enter = (rows) => act("enter", JSON.stringify(rows))
  const button = (name, words, focus, done, label) => {
    const node = make("button", name, words)
    node.type = "button"
    node.dataset.focus = focus
    if (label) node.setAttribute("aria-label", label)
    node.onclick = done
    return node
  }
  const said = make("span", "said")
  said.setAttribute("role", "status")
  const copy = async (text, words) => { said.textContent = (await copied(text)) ? words : "La copie n’a pas marché. Sélectionnez le texte, puis Ctrl et C." }
  const left = []
  const list = make("div")
  for (const person of data.people) {
    const box = make("section", "person")
    const top = make("div", "top")
    const title = make("h2")
    title.append(button("name", person.name, `open:${person.id}`, () => act("open", person.id)))
    top.append(title)
    if (person.copied) top.append(button("", "Copier ses lignes", `person:${person.id}`,
      () => copy(person.copied, `Les lignes de ${person.name} sont copiées.`), `Copier ses lignes\u00a0: ${person.name}`))
    const lines = make("ul")
    for (const line of person.lines) {
      const item = make("li", line.left ? "" : "done")
      item.append(make("span", "head", line.head), make("span", "words", line.words))
      const row = [person.id, line.key, line.minutes]
      if (line.left) {
        left.push(row)
        const tick = make("label")
        const box = make("input")
        box.type = "checkbox"
        box.dataset.focus = `tick:${person.id}|${line.key}`
        box.setAttribute("aria-label", `Saisi dans i-milo\u00a0: ${person.name}, ${line.head}`)
        box.onchange = () => { box.disabled = true; enter([row]) }
        tick.append(box, document.createTextNode("Saisi"))
        item.append(button("", "Copier", `copy:${person.id}|${line.key}`, () => copy(line.copied, "La ligne est copiée."),
          `Copier\u00a0: ${person.name}, ${line.head}`), tick)
      }
      if (line.entered) {
        const mark = make("span", "entered", `${line.entered} `)
        mark.append(button("undo", "Annuler", `tick:${person.id}|${line.key}`, () => act("undo", `${person.id}|${line.key}`),
          `Annuler la saisie\u00a0: ${person.name}, ${line.head}`))
        item.append(mark)
      }
      lines.append(item)
    }
    box.append(top, lines)
    list.append(box)
  }
  const bar = make("div", "bar")
  if (left.length) bar.append(
    button("main", `Copier tout ce qui reste\u00a0: ${left.length}`, "all", () => copy(data.copied, "Tout ce qui reste est copié.")),
    button("", `Noter tout comme saisi\u00a0: ${left.length}`, "enter-all", (event) => { event.target.disabled = true; enter(left) }))
  bar.append(said)
  root.replaceChildren(bar, list)
  root.dataset.drawn = drawn
  if (before) for (const one of root.querySelectorAll("[data-focus]")) if (one.dataset.focus === before) { one.focus(); break }
}
