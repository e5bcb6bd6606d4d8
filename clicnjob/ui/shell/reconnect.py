"""Reruns the page as soon as a lost connection is back, and retries what could not be saved.

If the server has lost the session meanwhile, Streamlit starts a new one at the person's next action, and that action is
lost because a new session knows no callback. static/keeping.js requests a retry by the event « cj-again ».
"""

from __future__ import annotations

import streamlit as st

from clicnjob.ui.shell import pending_actions

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
    """Draw the invisible component; every page needs it."""
    _component(
        key="reconnect",
        on_back_change=lambda: None,
        on_again_change=pending_actions.retry_pending,
        height="content",
        width="content",
    )
