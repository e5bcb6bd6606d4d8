const make = (tag, name, text) => {
  const node = document.createElement(tag)
  if (name) node.className = name
  if (text) node.textContent = text
  return node
}
const lower = (words) => /^[A-ZÀ-Ý][a-zà-ÿ]/.test(words) ? words[0].toLowerCase() + words.slice(1) : words
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".holder")
  const drawn = JSON.stringify(data)
  const act = (what, value) => setTriggerValue(what, `${value}#${Date.now()}`)
  root.onclick = (event) => {
    const button = event.target.closest("button[data-act]")
    if (button) act(button.dataset.act, button.dataset.value)
  }
  if (root.dataset.drawn === drawn) return
  const had = root.contains(document.activeElement) ? document.activeElement.dataset : null
  const key = had && `${had.act}:${had.value}`
  const button = (name, text, what, value, label) => {
    const made = make("button", name, text)
    made.type = "button"
    made.dataset.act = what
    made.dataset.value = value
    if (label) made.setAttribute("aria-label", label)
    return made
  }
  const table = make("table", "people")
  table.setAttribute("role", "table")
  table.append(make("caption", "", data.caption))
  const head = make("thead")
  head.setAttribute("role", "rowgroup")
  const top = make("tr")
  top.setAttribute("role", "row")
  for (const column of data.columns) {
    const cell = make("th")
    cell.scope = "col"
    cell.setAttribute("role", "columnheader")
    if (column.sort) {
      const mark = column.sort === data.sort ? " ▾" : ""
      cell.append(button("", column.title + mark, "sort", column.sort, `${column.title}, trier`))
      cell.setAttribute("aria-sort", column.sort === data.sort ? "descending" : "none")
    } else cell.append(make("span", "", column.title))
    top.append(cell)
  }
  head.append(top)
  const body = make("tbody")
  body.setAttribute("role", "rowgroup")
  for (const row of data.rows) {
    const line = make("tr", row.never ? "never" : "")
    line.setAttribute("role", "row")
    const name = make("th")
    name.scope = "row"
    name.setAttribute("role", "rowheader")
    name.append(button("name", row.name, "open", row.id, ""))
    if (row.beside) name.append(make("small", "", row.beside))
    const why = make("td", "why" + (row.alerts.length ? "" : " empty"))
    why.setAttribute("role", "cell")
    const list = make("ul")
    const [first, ...others] = row.alerts
    if (first) {
      const item = make("li", "first")
      const words = make("span", "", first.reason)
      words.append(make("em", "", `→ ${first.gesture}`))
      const label = `Vu\u00a0: ${first.title}, ${row.name}`
      item.append(words, button("seen", "Vu", "seen", `${row.id}|${first.key}`, label))
      list.append(item)
    }
    if (others.length) list.append(make("li", "also", `Aussi\u00a0: ${others.map((one) => lower(one.title)).join(", ")}`))
    if (row.alerts.length) why.append(list)
    else why.append(make("span", "", "—"))
    line.append(name, why)
    row.cells.forEach((words, position) => {
      const cell = make("td", words[0] ? "" : "empty")
      cell.setAttribute("role", "cell")
      cell.append(make("span", "label", `${data.columns[position + 2].title}\u00a0: `), document.createTextNode(words[0] || "—"))
      if (words[1]) cell.append(make("small", "", words[1]))
      line.append(cell)
    })
    body.append(line)
  }
  table.append(head, body)
  root.replaceChildren(table)
  root.dataset.drawn = drawn
  if (key) for (const one of root.querySelectorAll("button[data-act]"))
    if (`${one.dataset.act}:${one.dataset.value}` === key) one.focus()
}
