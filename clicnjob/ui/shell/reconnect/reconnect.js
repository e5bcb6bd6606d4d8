const seen = new WeakSet()
export default function ({ parentElement, setTriggerValue }) {
  const app = document.querySelector("[data-testid=stApp]")
  if (!app || seen.has(parentElement)) return
  seen.add(parentElement)
  let away = false
  const look = () => {
    const here = app.getAttribute("data-test-connection-state") === "CONNECTED"
    if (here && away) setTriggerValue("back", Date.now())
    away = !here
  }
  const watch = new MutationObserver(look)
  watch.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
  const again = () => setTriggerValue("again", Date.now())
  document.addEventListener("cj-again", again)
  return () => { watch.disconnect(); document.removeEventListener("cj-again", again); seen.delete(parentElement) }
}
