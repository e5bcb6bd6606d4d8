"use strict";
{
  const find = (name) => document.querySelector(name)
  const make = (tag, name, text) => {
    const node = document.createElement(tag)
    if (name) node.className = name
    if (text) node.textContent = text
    return node
  }
  const fit = find(".wall-fit"), timer = find(".wall-timer"), code = find(".wall-code"), lost = find(".wall-lost")
  const here = location.pathname.replace(/\/$/, "")
  const own = `?ecran=${crypto.getRandomValues(new Uint32Array(2)).join("")}`  // a session has few projectors at once
  let shown = null, etag = "", ahead = 0, missed = 0, looking = false

  const ENDS = ["pas du tout", "", "", "", "tout à fait"]
  const people = (count) => count > 1 ? `${count} réponses` : count === 1 ? "1 réponse" : "Pas encore de réponse"
  const bar = (share) => {
    const whole = make("span", "bar"), part = make("span")
    part.style.width = `${Math.round(share * 100)}%`
    whole.append(part)
    return whole
  }
  const choices = (question) => {
    const scale = question.kind === "echelle"
    const labels = scale ? ["1", "2", "3", "4", "5"] : question.choices
    const most = Math.max(1, ...question.counts)
    const list = make("ol", "wall-choices")
    labels.forEach((label, place) => {
      const line = make("li", scale ? "scale" : ""), count = question.counts[place] || 0
      const number = make("span", "number", String(count))
      line.append(make("span", "letter", scale ? label : "ABCDEF"[place]), make("span", "", scale ? ENDS[place] : label))
      if (question.shown) line.append(...(scale ? [bar(count / most), number] : [number, bar(count / most)]))
      list.append(line)
    })
    return list
  }
  const words = (question) => {
    const list = make("ul", "wall-words"), most = Math.max(1, ...question.words.map((one) => one.count))
    for (const one of question.words) {
      const item = make("li", "", one.word)
      if (one.count > 1) item.append(make("small", "", ` × ${one.count}`))  // the count in words, not in size alone
      item.style.fontSize = `calc(var(--size) * ${(0.85 + 1.15 * one.count / most).toFixed(2)})`
      list.append(item)
    }
    return list
  }
  const sentences = (question) => {
    const list = make("ul", question.sentences.length > 4 ? "wall-sentences" : "wall-sentences few")
    for (const one of question.sentences) list.append(make("li", "", one))
    return list
  }
  const ask = (question) => {
    fit.append(make("h1", "", question.question))
    if (question.kind === "choix" || (question.kind === "echelle" && question.shown)) fit.append(choices(question))
    else if (question.kind === "echelle") fit.append(make("p", "wall-said", "De 1 (pas du tout) à 5 (tout à fait)."))
    else if (question.shown) fit.append(question.kind === "nuage" ? words(question) : sentences(question))
    else fit.append(make("p", "wall-said", "Réponds sur ton écran. Personne ne verra ton nom."))
    if (!question.shown) fit.append(make("p", "wall-count", people(question.answered)))
  }
  const draw = () => {
    const look = Boolean(shown && shown.look_until)
    fit.replaceChildren()
    document.body.classList.toggle("wall-look", look)
    fit.classList.toggle("wall-centre", !shown || look)
    find(".wall-title").textContent = shown && !look ? shown.title : ""
    if (!shown) fit.append(make("h1", "", "Écran éteint"), make("p", "wall-said", "Rien n’est projeté pour l’instant."))
    else if (look) fit.append(make("h1", "", "Regardez par ici"), make("p", "wall-said", ""))
    else if (shown.question) ask(shown.question)
    else if (shown.activity) {
      fit.append(make("h1", "", shown.activity), make("p", "wall-said", shown.instruction))
      if (shown.wall) fit.append(make("p", "wall-said wall-plan", shown.wall))
    }
    else fit.append(make("h1", "", "Bienvenue"), make("p", "wall-said", shown.code
      ? "Tape le code sur ton ordinateur. Puis attends un instant."
      : "On commence dans un instant."))
    const open = Boolean(shown && shown.code) && !look
    code.hidden = !open
    code.classList.toggle("aside", open && Boolean(shown.activity || shown.question))
    code.replaceChildren()
    if (open) {
      code.append(make("p", "", "Le code de la séance"), make("strong", "", `${shown.code.slice(0, 3)} ${shown.code.slice(3)}`))
      if (shown.qr_open) {
        const picture = make("img")
        picture.src = `${here}/code.svg?${shown.code}`
        picture.alt = "Le même code, à photographier avec un téléphone"
        code.append(picture)
      }
      code.append(make("span", "", shown.address.replace("/", "\u200b/")))  // a line may end before the slash only
    }
    const progress = find(".wall-progress")
    progress.hidden = !shown || look || !shown.people || Boolean(shown.question)
    progress.replaceChildren()
    if (shown && shown.people) {
      const said = `${shown.done} sur ${shown.people} ${shown.done > 1 ? "ont fini" : "a fini"}`
      progress.append(bar(shown.done / shown.people), make("span", "", shown.done ? said : "On travaille"))
    }
    tick()
    shrink()
  }
  // The largest letters with which everything holds; below 38 pixels of 1920, the last row could not read them.
  const shrink = () => {
    for (let size = 3.75; size >= 2; size -= 0.25) {
      document.body.style.setProperty("--size", `${size}vw`)
      if (fit.scrollHeight <= fit.clientHeight + 1 && fit.scrollWidth <= fit.clientWidth + 1) return
    }
  }
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
  const left = (end) => Math.max(0, Math.ceil((end - Date.now() - ahead) / 1000))
  const tick = () => {
    const ends = shown && !shown.look_until && shown.timer_ends_at
    const seconds = ends ? left(ends) : 0
    timer.hidden = !ends
    timer.textContent = ends ? clock(seconds) : ""
    timer.classList.toggle("soon", seconds <= 60)
    if (shown && shown.look_until) {
      if (left(shown.look_until)) fit.querySelector(".wall-said").textContent = String(left(shown.look_until))
      else { shown = { ...shown, look_until: null }; draw() }
    }
  }
  const ask_state = async () => {
    if (looking) return
    looking = true
    let refused = ""
    try {
      const answer = await fetch(`${here}/etat${own}`, { cache: "no-store", signal: AbortSignal.timeout(4000),
        headers: etag ? { "If-None-Match": etag } : {} })
      missed = 0
      if (answer.status === 409) { refused = (await answer.json()).sentence; if (shown || !etag) { shown = null; etag = "off"; draw() } }
      else if (answer.status === 404) { if (shown || !etag) { shown = null; etag = "off"; draw() } }
      else if (answer.ok) {
        shown = await answer.json()
        etag = answer.headers.get("ETag")
        ahead = shown.now - Date.now()
        draw()
      }
    } catch { missed += 1 } finally { looking = false }
    const said = missed > 3 ? "L’écran cherche le réseau…" : refused
    if (lost.textContent !== said) lost.textContent = said
  }
  const again = async () => { await ask_state(); setTimeout(again, 800 + 400 * Math.random()) }
  addEventListener("resize", shrink)
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask_state() })
  document.fonts.ready.then(shrink)
  setInterval(tick, 250)
  again()
}
