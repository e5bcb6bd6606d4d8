const voices = window.speechSynthesis
const known = new WeakMap()
const french = () => voices.getVoices().find((voice) => voice.lang.toLowerCase().startsWith("fr"))
const toTitle = () => {
  const title = document.querySelector("h1")
  if (!title) return
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  title.tabIndex = -1
  title.focus({ preventScroll: true })
}
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector(".listen")
  const words = parentElement.querySelector(".words")
  const before = known.get(button)
  const here = before || { show: () => { button.hidden = !french() } }
  here.text = data.text
  if (before && before.place !== data.place) { before.quiet?.(); toTitle() }
  here.place = data.place
  if (before || !voices) { known.set(button, here); return here.end }
  here.quiet = () => { voices.cancel(); button.setAttribute("aria-pressed", "false"); words.textContent = "Écouter" }
  button.onclick = () => {
    if (voices.speaking) return here.quiet()
    const speech = new SpeechSynthesisUtterance(here.text)
    speech.lang = "fr-FR"; speech.voice = french(); speech.rate = 0.95
    speech.onend = speech.onerror = here.quiet
    button.setAttribute("aria-pressed", "true"); words.textContent = "Arrêter"
    voices.speak(speech)
  }
  here.end = () => { voices.removeEventListener("voiceschanged", here.show); here.quiet(); known.delete(button) }
  known.set(button, here)
  voices.addEventListener("voiceschanged", here.show)
  here.show()
  return here.end
}
