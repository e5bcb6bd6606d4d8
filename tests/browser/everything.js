// All that a page holds of anybody: its HTML with shadow roots, what is written in its boxes, its storage, its name.
async () => {
  const found = [document.title, location.href, document.documentElement.outerHTML]
  const walk = (root) => {
    for (const e of root.querySelectorAll("*")) {
      if ("value" in e) found.push(String(e.value))
      if (e.shadowRoot) { found.push(e.shadowRoot.innerHTML); walk(e.shadowRoot) }
    }
  }
  walk(document)
  const safe = (read) => { try { return JSON.stringify(read()) } catch { return "" } } // about:blank has none
  found.push(safe(() => ({ ...localStorage })), safe(() => ({ ...sessionStorage })), safe(() => history.state))
  if (location.protocol.startsWith("http")) {
    found.push(JSON.stringify((await indexedDB.databases()).map((one) => one.name)))
    if (window.caches) found.push(JSON.stringify(await caches.keys()))
  }
  return found.join("\n")
}
