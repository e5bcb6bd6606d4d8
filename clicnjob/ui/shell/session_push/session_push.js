const ADDRESS = "/signal", LOST = "Le serveur ne répond pas. Ton texte reste ici, continue."
const SOON = 100, EVERY = 1000, HIDDEN = 10000, REFUSED = 5000, LONGEST = 5000 // milliseconds between two polls
const HELD = 4 // seconds for which the server may keep its answer back, until something changes
const PATIENCE = 7000 // milliseconds for one answer
const SILENT = 7000 // milliseconds without any answer, after which the person is told
const ASKED_AGAIN = 3000 // milliseconds after a trigger that brought nothing, as when the socket was just cut
const kept = new WeakMap()
const spread = (milliseconds) => milliseconds * (0.8 + 0.4 * Math.random())
// Another process may remember an older version than this screen has drawn; both numbers only rise in one session.
const isOlder = (told, drawn) => {
  const [ofAll, own, ...whose] = told.split("-"), [drawnOfAll, drawnOwn, ...drawnWhose] = drawn.split("-")
  return whose.join() === drawnWhose.join() && Number(ofAll) <= Number(drawnOfAll) && Number(own) <= Number(drawnOwn)
}
export default function ({ data, parentElement, setTriggerValue }) {
  const known = kept.get(parentElement)
  const it = known || { busy: false, missed: 0, askedSince: 0, fired: "", firedAt: 0 }
  if (known && it.data.said !== data.said && data.said) parentElement.querySelector(".said").textContent = `La séance\u00a0: ${data.said}`
  Object.assign(it, { data, trigger: setTriggerValue })
  const redraw = (why) => {
    if (it.fired === why && Date.now() - it.firedAt < ASKED_AGAIN) return
    Object.assign(it, { fired: why, firedAt: Date.now() })
    it.trigger("moved", `${why} ${it.firedAt}`)
  }
  clearTimeout(it.due)
  it.due = data.again < 0 ? 0 : setTimeout(redraw, Math.min(data.again, 86400) * 1000 + 200, "time")
  if (known) return it.end
  const tell = () => {
    const lost = parentElement.querySelector(".lost"), silent = it.askedSince && Date.now() - it.askedSince > SILENT
    // Where the socket is gone too, keeping.js says so over the page.
    const here = document.querySelector("[data-testid=stApp]")?.getAttribute("data-test-connection-state") === "CONNECTED"
    lost.textContent = silent && here ? LOST : ""
    lost.hidden = !lost.textContent
  }
  const look = async () => {
    if (it.busy || it.ended) return
    it.busy = true
    it.askedSince ||= Date.now()
    clearTimeout(it.timer)
    const begun = Date.now(), held = !document.hidden
    it.asking = new AbortController()
    const patience = setTimeout(() => it.asking.abort(), PATIENCE)
    let wait = EVERY
    try {
      const headers = { "If-None-Match": `"${it.data.version}"`, ...(held && { Prefer: `wait=${HELD}` }) }
      const answer = await fetch(ADDRESS, { cache: "no-store", signal: it.asking.signal, headers })
      if (answer.status >= 500) throw new Error(`${answer.status}`)
      Object.assign(it, { askedSince: 0, missed: 0 })
      const told = (answer.headers.get("ETag") ?? "").replaceAll('"', "")
      if (answer.status === 200 && !document.hidden && told && !isOlder(told, it.data.version)) redraw(told)
      if (answer.status >= 400) wait = REFUSED
      // What was kept back is asked for again at once; what was not has been answered by a server that keeps nothing back.
      if (answer.status === 304 && held && Date.now() - begun > EVERY) wait = SOON
    } catch {
      it.missed += 1
      wait = Math.min(EVERY * 2 ** it.missed, LONGEST)
    }
    clearTimeout(patience)
    it.busy = false
    tell()
    // A hidden tab draws nothing; it only goes on to say that its screen is connected.
    if (!it.ended) it.timer = setTimeout(look, spread(document.hidden ? HIDDEN : wait))
  }
  const shown = () => { if (!document.hidden) look() }
  document.addEventListener("visibilitychange", shown)
  addEventListener("online", shown)
  it.end = () => {
    it.ended = true
    it.asking?.abort() // a browser keeps only six connections to one server
    clearTimeout(it.timer)
    clearTimeout(it.due)
    clearInterval(it.telling)
    document.removeEventListener("visibilitychange", shown)
    removeEventListener("online", shown)
    kept.delete(parentElement)
  }
  it.telling = setInterval(tell, 1000)
  it.timer = setTimeout(look, 200)
  kept.set(parentElement, it)
  return it.end
}
