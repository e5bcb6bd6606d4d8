"""Coming back after a cut: the page runs again at once, before the person acts; and again for what could not be saved.

When the server restarted or forgot the session meanwhile, Streamlit would begin a new session at the person's next
act, and that act would be lost: a new session knows no callback yet. static/keeping.js asks by the event « cj-again »
that what waits be done again.
"""

from __future__ import annotations

import streamlit as st

from clicnjob.ui import pending_acts

_JS = """
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
"""
_component = st.components.v2.component("clicnjob_reconnect", html="<span></span>", js=_JS)


def at_once() -> None:
    """Stand on every page, unseen."""
    _component(
        key="reconnect",
        on_back_change=lambda: None,
        on_again_change=pending_acts.retry_pending,
        height="content",
        width="content",
    )
