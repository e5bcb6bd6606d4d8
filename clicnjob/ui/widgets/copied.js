// Over plain http, as in many houses, the browser has no clipboard to write to; the old command still copies a selection.
async function copied(text) {
  try { await navigator.clipboard.writeText(text); return true }
  catch {
    const box = document.createElement("textarea")
    box.value = text
    box.style.cssText = "position:fixed;opacity:0"
    document.body.append(box)
    box.select()
    const done = document.execCommand("copy")
    box.remove()
    return done
  }
}
