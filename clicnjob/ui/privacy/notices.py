"""The notice in eight sentences, before the first page; and again on « Mes données » for who wants to read it anew."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from clicnjob.privacy.notice import notice
from clicnjob.ui.widgets import read_aloud


def screen(*, on_read: Callable[[int], None]) -> None:
    """The notice alone, with its one button."""
    words = notice()
    with st.container(key="cj-card"):
        st.title(words.titre, anchor=False)
        sentences()
        st.button(
            words.bouton,
            key="notice-read",
            type="primary",
            icon=":material/check:",
            on_click=on_read,
            args=(words.version,),
        )


def sentences() -> None:
    """The eight sentences, and the voice that reads them."""
    words = notice()
    st.html('<ol class="cj-notice">' + "".join(f"<li>{escape(one)}</li>" for one in words.phrases) + "</ol>")
    read_aloud.button(" ".join(words.phrases), key="listen-notice")
