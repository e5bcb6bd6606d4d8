"""The privacy notice: before the first page, and again on « Mes données »."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from clicnjob.privacy.notice import current_notice
from clicnjob.ui.shell import read_aloud


def draw_notice(*, on_read: Callable[[int], None]) -> None:
    """Draw the notice alone, with its button; `on_read` receives the version of the notice."""
    words = current_notice()
    with st.container(key="cj-card"):
        st.title(words.titre, anchor=False)
        draw_sentences()
        st.button(
            words.bouton,
            key="notice-read",
            type="primary",
            icon=":material/check:",
            on_click=on_read,
            args=(words.version,),
        )


def draw_sentences() -> None:
    """Draw the sentences of the notice, and the button that reads them aloud."""
    words = current_notice()
    st.html('<ol class="cj-notice">' + "".join(f"<li>{escape(one)}</li>" for one in words.phrases) + "</ol>")
    read_aloud.read_aloud_button(" ".join(words.phrases), key="listen-notice")
