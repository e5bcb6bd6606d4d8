"""Turning to another question: the page goes back to its top and the title takes the focus, as on a new page.

Streamlit keeps the focus on « Continuer », at the bottom of the next question, and the page scrolled down.
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
    """Give the title of the page the focus when `place` is another one than at the last drawing."""
    _component(data={"place": place}, key="turn", height="content", width="content")
