const speech = window.speechSynthesis
// A voice that is not of this computer would send the words to somebody else.
const frenchVoice = () => speech?.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith("fr"))
const SILENT = "[aria-hidden=true], .st-key-cj-header, .st-key-cj-preview, .cj-hidden, [data-testid=stIconMaterial], [data-testid=stIconEmoji], [data-testid=stSkeleton], svg, script, style, noscript, textarea, input"
const LINE = "h1, h2, h3, h4, p, li, dt, dd, th, td, button, a, label, summary, legend"
const CHOSEN = "[data-selected], [aria-pressed=true], label:has(:checked)"
let current = null // the reading under way: one for all the buttons of the page

/** The lines that are seen in an element, in order: their words, and where each piece of them stands. */
const linesOf = (root) => {
  const lines = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement
    if (!node.nodeValue.trim() || around.closest(SILENT) || !around.checkVisibility({ visibilityProperty: true })) continue
    const element = around.closest(LINE) ?? around
    if (lines.at(-1)?.element !== element) lines.push({ element, text: "", pieces: [] })
    const line = lines.at(-1)
    line.pieces.push({ node, start: line.text.length })
    line.text += `${node.nodeValue} `
  }
  return lines
}
const showSaid = (line, from = 0, to = line.text.length) => {
  const ranges = line.pieces.flatMap(({ node, start }) => {
    const [first, last] = [Math.max(from - start, 0), Math.min(to - start, node.length)]
    if (first >= last) return []
    const range = new Range()
    range.setStart(node, first); range.setEnd(node, last)
    return [range]
  })
  if (window.Highlight) CSS.highlights.set("cj-said", new Highlight(...ranges))
  else line.element.dataset.cjSaid = ""
}
const hideSaid = (line) => { window.Highlight ? CSS.highlights.delete("cj-said") : delete line.element.dataset.cjSaid }

const stop = () => {
  const before = current
  current = null
  speech?.cancel()
  if (!before) return
  clearInterval(before.watch)
  before.lines.forEach(hideSaid)
  before.onStop()
}
const sayNext = (reading) => {
  if (current !== reading) return
  const line = reading.lines[reading.at++]
  if (!line) { stop(); return }
  const chosen = line.element?.closest(CHOSEN) ? ", choisi" : ""
  const said = new SpeechSynthesisUtterance(line.text + chosen)
  said.lang = "fr-FR"; said.voice = frenchVoice(); said.rate = 0.95
  said.onstart = () => {
    if (current !== reading || !line.element) return
    showSaid(line)
    line.element.scrollIntoView({ block: "nearest" })
  }
  said.onboundary = ({ name, charIndex, charLength }) => {
    if (current !== reading || name !== "word" || !line.element) return
    const length = charLength || line.text.slice(charIndex).search(/\s|$/)
    showSaid(line, charIndex, charIndex + length)
  }
  said.onend = () => { hideSaid(line); sayNext(reading) }
  said.onerror = () => { if (current === reading) stop() }
  // A screen that is replaced is read no further.
  reading.isGone = () => line.element && !line.element.isConnected
  speech.speak(said)
}
const read = (lines, onStop) => {
  stop()
  const reading = { lines, onStop, at: 0, isGone: () => false }
  current = reading
  reading.watch = setInterval(() => { if (reading.isGone() || document.hidden || document.querySelector("dialog.cj-veil[open]")) stop() }, 200)
  sayNext(reading)
}
const whatToRead = ({ text, region }) => {
  if (!region) return [{ element: null, text, pieces: [] }]
  const dialog = [...document.querySelectorAll("[role=dialog]")].find((one) => one.checkVisibility())
  return linesOf(dialog ?? document.querySelector(region) ?? document.body)
}

const toTitle = () => {
  const title = document.querySelector("h1")
  if (!title) return
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  title.tabIndex = -1
  title.focus({ preventScroll: true })
}
const known = new WeakMap()
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector(".listen")
  const words = parentElement.querySelector(".words")
  const voiceless = parentElement.querySelector(".voiceless")
  const before = known.get(button)
  const here = before ?? { isReading: false }
  here.data = data
  if (before && before.place !== data.place) { stop(); toTitle() }
  here.place = data.place
  if (before) return here.end
  const label = data.small ? "Écouter la page" : "Écouter"
  const show = (isReading) => {
    here.isReading = isReading
    button.setAttribute("aria-pressed", String(isReading))
    words.textContent = isReading ? "Arrêter" : label
    if (data.small) button.title = words.textContent
  }
  button.classList.toggle("small", data.small)
  button.onclick = () => {
    if (here.isReading) { stop(); return }
    voiceless.textContent = ""
    if (!frenchVoice()) {
      voiceless.textContent = "Cet ordinateur n’a pas de voix française."
      setTimeout(() => { voiceless.textContent = "" }, 8000)
      return
    }
    read(whatToRead(here.data), () => show(false))
    show(true)
  }
  // The header's button says why nothing is read; a second one beside a text would only be in the way.
  const showOrHide = () => { button.hidden = !data.small && !frenchVoice() }
  speech?.addEventListener?.("voiceschanged", showOrHide)
  here.end = () => {
    speech?.removeEventListener?.("voiceschanged", showOrHide)
    if (here.isReading) stop()
    known.delete(button)
  }
  known.set(button, here)
  show(false)
  showOrHide()
  return here.end
}
