"""Words to look at again, line by line; a suggestion is taken by one touch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from clicnjob.cv import proofread
from clicnjob.cv.proofread import Remark
from clicnjob.ui import frame, state

Take = Callable[[str, str], None]  # the whole text as it was, the whole text corrected


def corrections(found: Sequence[tuple[str, Remark]], *, take: Take) -> None:
    """Each remark with its reason and its suggestions; `take` puts the corrected text in its place."""
    if not found:
        st.success("Rien à corriger ici.", icon=":material/check_circle:")
    for line, remark in found:
        number = f"{remark.start}-{line}"
        with st.container(key=f"cj-remark-{abs(hash(number))}", border=True):
            st.text(f"« {_around(line, remark)} »")
            st.text(f"{remark.text}\u00a0: {remark.why}")
            with st.container(horizontal=True):
                for suggestion in remark.suggestions:
                    st.button(
                        f"Écrire « {frame.plain(suggestion)} »",
                        key=state.key("correct", number, suggestion),
                        on_click=take,
                        args=(line, proofread.corrected(line, remark, suggestion)),
                    )


def _around(line: str, remark: Remark) -> str:
    """A long text is shown around the word only: a page stays short."""
    if len(line) <= _SHOWN:
        return line
    start, end = max(0, remark.start - _BEFORE), min(len(line), remark.end + _BEFORE)
    words = " ".join(line[start:end].split())
    return f"{'… ' if start else ''}{words}{' …' if end < len(line) else ''}"


_SHOWN = 160
_BEFORE = 60
