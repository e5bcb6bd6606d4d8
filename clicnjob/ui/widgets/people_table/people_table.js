const make = (tag, name, text) => {
  const node = document.createElement(tag)
  if (name) node.className = name
  if (text) node.textContent = text
  return node
}
const lower = (words) => /^[A-ZÀ-Ý][a-zà-ÿ]/.test(words) ? words[0].toLowerCase() + words.slice(1) : words
const tickBox = (label, name, value) => {
  const box = make("input", name)
  box.type = "checkbox"
  box.setAttribute("aria-label", label)
  if (value) box.dataset.tick = value
  return box
}
// What the browser ticked since the server last answered stays as it is; the version tells which of the two is newer.
const showTicks = (root, ticks) => {
  if (!root.ticks || ticks.version >= root.ticks.version) root.ticks = { version: ticks.version, ids: new Set(ticks.ids) }
  const boxes = [...root.querySelectorAll("input[data-tick]")]
  for (const box of boxes) {
    box.checked = root.ticks.ids.has(box.dataset.tick)
    box.closest("tr").classList.toggle("ticked", box.checked)
  }
  const count = boxes.filter((box) => box.checked).length
  for (const all of root.querySelectorAll("input.tick-all")) {
    all.checked = count > 0 && count === boxes.length
    all.indeterminate = count > 0 && count < boxes.length
  }
}
const changeTicks = (root, box, send) => {
  const ids = root.ticks.ids
  const boxes = box.dataset.tick ? [box] : [...root.querySelectorAll("input[data-tick]")]
  for (const one of boxes) box.checked ? ids.add(one.dataset.tick) : ids.delete(one.dataset.tick)
  root.ticks.version += 1
  showTicks(root, { version: 0, ids: [] })
  send(`${root.ticks.version};${[...ids].join(",")}`)
}
export default function ({ data: { ticks, ...data }, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".holder")
  const drawn = JSON.stringify(data)
  const act = (what, value) => setTriggerValue(what, `${value}#${Date.now()}`)
  root.onclick = (event) => {
    const button = event.target.closest("button[data-act]")
    if (button) act(button.dataset.act, button.dataset.value)
  }
  root.onchange = (event) => {
    if (event.target.matches("input.tick")) changeTicks(root, event.target, (value) => act("ticks", value))
  }
  if (root.dataset.drawn === drawn) return showTicks(root, ticks)
  const had = root.contains(document.activeElement) ? document.activeElement.dataset : null
  const key = had && (had.tick || `${had.act}:${had.value}`)
  const button = (name, text, what, value, label) => {
    const made = make("button", name, text)
    made.type = "button"
    made.dataset.act = what
    made.dataset.value = value
    if (label) made.setAttribute("aria-label", label)
    return made
  }
  const everybody = make("label", "tick-page", `Cocher les ${data.rows.length} de cette page`)
  everybody.prepend(tickBox("", "tick tick-all"))
  everybody.firstChild.removeAttribute("aria-label")
  const gesture = (row, alert) => {
    const label = `${alert.gesture}, ${row.name}`
    if (alert.opens !== "appel" || !row.phone) return button("gesture", alert.gesture, "open", `${row.id}|${alert.opens}`, label)
    const call = make("a", "gesture", alert.gesture)
    call.href = `tel:${row.phone}`
    call.setAttribute("aria-label", label)
    return call
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
    if (!top.children.length) cell.append(tickBox("Cocher toute la page", "tick tick-all"))
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
    if (row.phone) {
      const call = make("a", "call", row.phone_shown)
      call.href = `tel:${row.phone}`
      call.setAttribute("aria-label", `Appeler ${row.name}\u00a0: ${row.phone_shown}`)
      name.append(call)
    }
    if (row.beside) name.append(make("small", "", row.beside))
    name.append(tickBox(`Cocher ${row.name}`, "tick", row.id))
    const why = make("td", "why" + (row.alerts.length ? "" : " empty"))
    why.setAttribute("role", "cell")
    const list = make("ul")
    const [first, ...others] = row.alerts
    if (first) {
      const item = make("li", "first")
      const label = `Marquer vu\u00a0: ${first.title}, ${row.name}`
      const reason = make("span", "reason", first.reason)
      const also = others.map((one) => lower(one.title)).join(", ")
      if (also) reason.append(" ", make("span", "also", `Aussi\u00a0: ${also}`))
      if (row.done) reason.append(" ", make("span", "also", row.done))
      item.append(reason, gesture(row, first), button("seen", "Marquer vu", "seen", `${row.id}|${first.key}`, label))
      list.append(item)
    }
    if (row.alerts.length) why.append(list)
    else why.append(make("span", "", "—"))
    line.append(name, why)
    row.cells.forEach((words, position) => {
      const cell = make("td", words[1] ? "wide" : words[0] ? "" : "empty")
      if (words[1]) cell.title = words.join(", ")
      cell.setAttribute("role", "cell")
      cell.append(make("span", "label", `${data.columns[position + 2].title}\u00a0: `), document.createTextNode(words[0] || "—"))
      if (words[1]) cell.append(make("small", "", words[1]))
      line.append(cell)
    })
    body.append(line)
  }
  table.append(head, body)
  root.replaceChildren(everybody, table)
  root.dataset.drawn = drawn
  showTicks(root, ticks)
  if (key) for (const one of root.querySelectorAll("button[data-act], input[data-tick]"))
    if ((one.dataset.tick || `${one.dataset.act}:${one.dataset.value}`) === key) one.focus()
}
