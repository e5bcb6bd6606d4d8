// What looks.py judges, read from the page: its words, its titles, what is too small to touch, what runs over.
(target) => {
  const shows = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && e.getClientRects().length
  const NAMES = ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "aria-roledescription", "aria-description"]
  const words = []
  for (const e of document.body.querySelectorAll("*")) {
    if (e.closest("script, style, template, [aria-hidden=true]") || !shows(e)) continue
    for (const name of NAMES) if (e.getAttribute(name)) words.push(e.getAttribute(name))
    if (e.closest("button[aria-label]")) continue // its name hides what is inside
    for (const n of e.childNodes) if (n.nodeType === 3 && n.nodeValue.trim()) words.push(n.nodeValue.trim())
  }

  // Links inside a sentence are as tall as its lines; those that stand alone are targets.
  const TARGETS = ["button", "summary", "[role=button]", "[role=tab]", ".cj-out", ".cj-button", ".cj-logo", ".plain-link",
    "[data-testid=stPageLink-NavLink]", "input:not([type=hidden])", "textarea",
    "label:has(input[type=checkbox])", "label:has(input[type=radio])"]
  const small = []
  for (const e of document.body.querySelectorAll(TARGETS.join())) {
    if (!shows(e) || e.disabled || e.matches("label input, [inert] *")) continue
    const own = e.getBoundingClientRect()
    if (own.width < 2 || own.height < 2) continue // off screen until it has the focus
    const box = e.matches("input, textarea") ? e.parentElement.getBoundingClientRect() : own
    if (box.width < 2 || box.height < 2) continue // the same, for a box around a field
    if (box.height < target - 0.5 || box.width < target - 0.5)
      small.push(`${Math.round(box.width)}×${Math.round(box.height)} ${(e.innerText || e.ariaLabel || e.outerHTML).slice(0, 70)}`)
  }

  const root = document.documentElement
  const main = document.querySelector("[data-testid=stMain]")
  return {
    lang: root.lang, words, small,
    titles: [...document.querySelectorAll("h1")].filter(shows).length,
    over: Math.max(root.scrollWidth, main?.scrollWidth ?? 0) - root.clientWidth,
    exceptions: document.querySelectorAll(".stException").length,
  }
}
