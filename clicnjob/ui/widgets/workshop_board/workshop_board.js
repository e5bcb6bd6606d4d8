const kept = new WeakMap()
const own = `?ecran=${crypto.getRandomValues(new Uint32Array(2)).join("")}` // a session has few boards open at once
const make = (tag, name, text) => {
  const node = document.createElement(tag)
  if (name) node.className = name
  if (text) node.textContent = text
  return node
}
const ago = (seconds) => seconds < 60 ? "à l’instant" : `depuis ${Math.floor(seconds / 60)}\u00a0min`
function state(parentElement) {
  if (!kept.has(parentElement)) kept.set(parentElement, { etag: "", fired: 0, missed: 0, busy: false, told: 0, open: new Set() })
  return kept.get(parentElement)
}
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".board"), it = state(parentElement)
  it.data = data
  it.trigger = setTriggerValue
  draw(root, it)
  root.onclick = (event) => {
    const button = event.target.closest("button[data-act]")
    if (!button) return
    const { act, whom, hint } = button.dataset
    it.trigger("touch", JSON.stringify({ act, whom, hint: hint === undefined ? -1 : Number(hint), at: Date.now() }))
    if (act === "hint") { button.closest("details").open = false; said(it, "Indice envoyé.") }
  }
  if (!it.timer) root.addEventListener("toggle", (event) => {
    const whom = event.target.dataset?.whom
    if (whom) event.target.open ? it.open.add(whom) : it.open.delete(whom)
  }, true)
  if (it.timer) return it.end
  const look = async () => {
    clearTimeout(it.timer)
    it.timer = setTimeout(look, 800 + 400 * Math.random())
    if (it.busy || document.hidden) return
    it.busy = true
    let refused = ""
    try {
      const answer = await fetch(it.data.ask + own, { cache: "no-store", signal: AbortSignal.timeout(4000),
        headers: { "If-None-Match": `"${it.data.version}"` } })
      it.missed = 0
      // Time alone makes somebody stuck or not connected, so the board is read anew now and then.
      const old = Date.now() - it.drawn > 12000
      if (answer.status === 409) refused = await answer.text()
      else if (answer.status === 200 || answer.status === 404 || old) {
        if (Date.now() - it.fired > 3000) { it.fired = Date.now(); it.trigger("moved", `${Date.now()}`) }
      }
    } catch { it.missed += 1 } finally { it.busy = false }
    const lost = parentElement.querySelector(".lost")
    const said = it.missed > 3 ? "Le tableau cherche le réseau… Ce que vous voyez date un peu." : refused
    if (lost && lost.textContent !== said) lost.textContent = said
  }
  const shown = () => { if (!document.hidden) look() }
  document.addEventListener("visibilitychange", shown)
  it.end = () => { clearTimeout(it.timer); it.timer = 0; document.removeEventListener("visibilitychange", shown); kept.delete(parentElement) }
  it.timer = setTimeout(look, 400)
  return it.end
}
// Spoken politely, and at most every ten seconds.
function said(it, words) {
  if (Date.now() - it.told < 10000) return
  it.told = Date.now()
  if (it.voice) it.voice.textContent = words
}
function button(words, act, whom, label, name) {
  const made = make("button", name || "", words)
  made.type = "button"
  made.dataset.act = act
  made.dataset.whom = whom
  if (label) made.setAttribute("aria-label", label)
  return made
}
function hints(it, person, name) {
  if (!it.data.hints.length) return null
  const fold = make("details")
  fold.dataset.whom = person
  fold.open = it.open.has(person)
  const head = make("summary", "", "Un indice")
  head.setAttribute("aria-label", `Envoyer un indice à ${name}`)
  const list = make("ul")
  it.data.hints.forEach((words, place) => {
    const one = button(words, "hint", person)
    one.dataset.hint = String(place)
    const item = make("li")
    item.append(one)
    list.append(item)
  })
  fold.append(head, list)
  return fold
}
function draw(root, it) {
  it.drawn = Date.now()
  const same = JSON.stringify([it.data.calls, it.data.tiles, it.data.hints])
  if (root.dataset.drawn === same) return
  const had = root.contains(document.activeElement) ? document.activeElement : null
  const id = had && JSON.stringify({ ...had.dataset, ...(had.tagName === "SUMMARY" ? { fold: had.parentElement.dataset.whom } : {}) })
  if (!it.voice) { it.voice = make("p", "unseen"); it.voice.setAttribute("role", "status") }
  const calls = it.data.calls, waiting = calls.filter((one) => !one.seen)
  const box = make("section", calls.length ? "calls" : "calls none")
  box.setAttribute("aria-label", "Demandes d’aide")
  if (!calls.length) box.append(make("p", "", "Personne ne demande d’aide."))
  else {
    box.append(make("h2", "", calls.length > 1 ? `${calls.length} demandes d’aide` : "Une demande d’aide"))
    const list = make("ul")
    for (const one of calls) {
      const line = make("li", one.seen ? "call seen" : "call"), words = make("p")
      words.append(make("strong", "", one.name), document.createTextNode(` ${one.reason}. `))
      words.append(make("span", "place", [one.seat, ago(one.since), one.seen ? "vu" : ""].filter(Boolean).join(" · ")))
      line.append(words)
      if (!one.seen) line.append(button("Vu, j’arrive", "seen", one.id, `Vu, j’arrive\u00a0: ${one.name}`, "main"))
      if (one.page) line.append(button("Voir sa page", "page", one.person, `Voir la page de ${one.name}`))
      line.append(button("C’est réglé", "done", one.id, `C’est réglé\u00a0: ${one.name}`))
      const fold = hints(it, one.person, one.name)
      if (fold) line.append(fold)
      list.append(line)
    }
    box.append(list)
  }
  const tiles = make("ul", "tiles")
  tiles.setAttribute("aria-label", "Le groupe")
  const called = new Set(calls.map((one) => one.person))
  for (const seat of it.data.tiles) {
    const tile = make("li", "tile")
    if (seat.title) tile.append(make("p", "seat", seat.title))
    for (const one of seat.people) {
      const person = make("div", `person ${one.state}`), name = make("p", "name", one.name)
      if (one.at_screen) name.append(make("small", "", "à l’écran"))
      if (one.group) name.append(make("small", "", `Groupe ${one.group}`))
      person.append(name, make("p", "state", one.words))
      const place = [one.place, one.since >= 0 ? ago(one.since) : ""].filter(Boolean).join(" · ")
      if (place) person.append(make("p", "place", place))
      const row = make("div", "gestures")
      if (one.state === "stuck") row.append(button("Marquer vu", "quiet", one.id, `Marquer vu\u00a0: ${one.name}`))
      if ((one.state === "stuck" || one.state === "working") && !called.has(one.id)) {
        const fold = hints(it, one.id, one.name)
        if (fold) row.append(fold)
      }
      if (row.childElementCount) person.append(row)
      tile.append(person)
    }
    tiles.append(tile)
  }
  root.replaceChildren(it.voice, make("p", "lost"), box, tiles)
  root.dataset.drawn = same
  if (it.waiting !== undefined && waiting.length > it.waiting) said(it, `${waiting[waiting.length - 1].name} demande de l’aide.`)
  it.waiting = waiting.length
  if (id) for (const one of root.querySelectorAll("button[data-act], summary")) {
    const mine = JSON.stringify({ ...one.dataset, ...(one.tagName === "SUMMARY" ? { fold: one.parentElement.dataset.whom } : {}) })
    if (mine === id) { one.focus(); break }
  }
}
