"""The privacy notice: before the first page, and again on « Mes données »."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.privacy.notice import current_notice
from clicnjob.ui.shell import read_aloud


def draw_notice(me: Present, *, on_read: Callable[[int], None]) -> None:
    """Draw the notice alone, with its button; `on_read` receives the version of the notice."""
    words = current_notice()
    with st.container(key="cj-card"):
        st.title(words.titre, anchor=False)
        draw_sentences(me)
        st.button(
            words.bouton,
            key="notice-read",
            type="primary",
            icon=":material/check:",
            on_click=on_read,
            args=(words.version,),
        )


def draw_sentences(me: Present) -> None:
    """Draw the sentences of the notice, and the button that reads them aloud."""
    said = current_notice().sentences_for(me)
    st.html('<ol class="cj-notice">' + "".join(f"<li>{escape(one)}</li>" for one in said) + "</ol>")
    read_aloud.read_region_button(".cj-notice", key="listen-notice")
