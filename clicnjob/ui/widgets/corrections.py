"""The remarks of proofreading, with suggestions to apply by one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from clicnjob.proofreading import proofread
from clicnjob.proofreading.proofread import Remark
from clicnjob.ui.shell import layout, session_state

Take = Callable[[str, str], None]  # receives the whole text before and after the correction


def draw_corrections(found: Sequence[tuple[str, Remark]], *, take: Take) -> None:
    """Draw each (text, remark) pair with its reason and suggestions; `take` stores the corrected text."""
    if not found:
        st.success("Rien à corriger ici.", icon=":material/check_circle:")
    for line, remark in found:
        number = f"{remark.start}-{line}"
        with st.container(key=f"cj-remark-{abs(hash(number))}", border=True):
            st.text(f"« {_text_around(line, remark)} »")
            st.text(f"{remark.text}\u00a0: {remark.why}")
            with st.container(horizontal=True):
                for suggestion in remark.suggestions:
                    st.button(
                        f"Écrire « {layout.escape_markdown(suggestion)} »",
                        key=session_state.widget_key("correct", number, suggestion),
                        on_click=take,
                        args=(line, proofread.corrected_text(line, remark, suggestion)),
                    )


def _text_around(line: str, remark: Remark) -> str:
    """Return the text, cut around the word if it is long, to keep the page short."""
    if len(line) <= _SHOWN:
        return line
    start, end = max(0, remark.start - _BEFORE), min(len(line), remark.end + _BEFORE)
    words = " ".join(line[start:end].split())
    return f"{'… ' if start else ''}{words}{' …' if end < len(line) else ''}"


_SHOWN = 160
_BEFORE = 60
