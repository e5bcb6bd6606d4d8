"""A cohort as an HTML table: sortable headers, names that open a person, alerts with « Vu »; cards on a phone.

Screen readers cannot read the canvas of `st.dataframe`. Here every action is a button, every text is set as text and
never as HTML, and the focus returns to its button after a redraw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

_CSS = """
.people { width: 100%; border-collapse: collapse; font-size: 1rem; line-height: 1.35; background: #fff; }
.people caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.people th, .people td { padding: .55rem .7rem; border-bottom: 1px solid #E5DED3; text-align: left; vertical-align: top; }
.people thead th { background: #F3EDE2; font-weight: 650; vertical-align: middle; white-space: nowrap; padding: .2rem .4rem; }
.people button { font: inherit; min-height: 44px; min-width: 44px; cursor: pointer; border-radius: 10px; color: #084F48; }
.people button:focus-visible { outline: 3px solid #1F2A37; outline-offset: 1px; }
.people thead button { border: 0; background: transparent; font-weight: 650; color: #1F2A37; padding: .2rem .3rem; }
.people thead button:hover { background: #E5DED3; }
.people thead span { padding: 0 .3rem; }
.people .name { border: 0; background: transparent; font-weight: 700; text-align: left; padding: 0 .2rem;
  text-decoration: underline; }
.people .name:hover { background: #E3F1EE; }
.people tbody th { min-width: 8.5rem; }
.people small { display: block; color: #4B5563; font-size: .92rem; }
.people .why { min-width: 17rem; }
.people .why ul { list-style: none; margin: 0; padding: 0; }
.people .why li { display: flex; align-items: center; gap: .5rem; margin: 0 0 .25rem; }
.people .why li > span { flex: 1; }
.people .why li.also { color: #4B5563; font-size: .92rem; }
.people .why li.first > span { font-weight: 650; }
.people .why em { display: block; font-style: normal; font-weight: 400; color: #084F48; }
.people .seen { border: 2px solid #0B6B61; background: #fff; padding: 0 .6rem; }
.people .seen:hover { background: #E3F1EE; }
.people tr.never th, .people tr.never td { background: #FBF7EF; }
.people .label { display: none; }
@media (max-width: 1160px) {  /* below, a column would be out of sight */
  .people, .people tbody, .people tr, .people th, .people td { display: block; width: auto; }
  .people thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .people tr { margin: 0 0 .8rem; padding: .6rem .8rem; border: 1px solid #E5DED3; border-radius: 14px; background: #fff; }
  .people tbody th, .people td { border: 0; padding: .15rem 0; background: transparent !important; }
  .people .why, .people tbody th { min-width: 0; }
  .people .label { display: inline; font-weight: 650; }
  .people small { display: inline; }
  .people small::before { content: " · "; }
  .people th small { display: block; }
  .people th small::before { content: ""; }
  .people .empty { display: none; }
}
"""
_JS = """
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
      const label = `Vu\\u00a0: ${first.title}, ${row.name}`
      item.append(words, button("seen", "Vu", "seen", `${row.id}|${first.key}`, label))
      list.append(item)
    }
    if (others.length) list.append(make("li", "also", `Aussi\\u00a0: ${others.map((one) => lower(one.title)).join(", ")}`))
    if (row.alerts.length) why.append(list)
    else why.append(make("span", "", "—"))
    line.append(name, why)
    row.cells.forEach((words, position) => {
      const cell = make("td", words[0] ? "" : "empty")
      cell.setAttribute("role", "cell")
      cell.append(make("span", "label", `${data.columns[position + 2].title}\\u00a0: `), document.createTextNode(words[0] || "—"))
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
"""
_component = st.components.v2.component(
    "clicnjob_people_table", html='<div class="holder"></div>', css=_CSS, js=_JS, isolate_styles=False
)


@dataclass(frozen=True, slots=True)
class AlertItem:
    """One alert of a person."""

    key: str
    title: str
    reason: str
    gesture: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person. `cells` are (text, text below) for the columns after the name and the alerts."""

    id: str
    name: str
    beside: str
    never: bool
    alerts: Sequence[AlertItem]
    cells: Sequence[tuple[str, str]]


def draw_people_table(
    lines: Sequence[PersonLine],
    *,
    key: str,
    caption: str,
    columns: Sequence[tuple[str, str]],
    sort: str,
    opened: Callable[[str], None],
    seen: Callable[[str, str], None],
    sorted_by: Callable[[str], None],
) -> None:
    """Draw the table. `columns` are (title, sort key or ''); `seen` receives the id of a person and of an alert."""

    def value(name: str) -> str:
        return str(getattr(st.session_state.get(key), name, None) or "").rsplit("#", 1)[0]

    def on_seen() -> None:
        account_id, _, rule = value("seen").partition("|")
        seen(account_id, rule)

    titles = [{"title": title, "sort": order} for title, order in columns]
    _component(
        key=key,
        data={"caption": caption, "columns": titles, "sort": sort, "rows": [asdict(line) for line in lines]},
        on_open_change=lambda: opened(value("open")),
        on_seen_change=on_seen,
        on_sort_change=lambda: sorted_by(value("sort")),
        height="content",
    )
