"""Scrolls to the top and focuses the title when a question replaces another, as a new page would.

Streamlit keeps the focus on « Continuer », at the bottom of the next question.
"""

from __future__ import annotations

import streamlit as st

_JS = """
let shown = null
export default function ({ data }) {
  const before = shown
  shown = data.place
  if (before === null || before === shown) return
  const title = document.querySelector("h1")
  if (!title) return
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  title.tabIndex = -1
  title.focus({ preventScroll: true })
}
"""
_component = st.components.v2.component("clicnjob_turn", html="<span></span>", js=_JS)


def to_title(place: str) -> None:
    """Focus the title of the page if `place` has changed since the last run."""
    _component(data={"place": place}, key="turn", height="content", width="content")
