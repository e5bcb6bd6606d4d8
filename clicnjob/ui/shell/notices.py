"""The privacy notice: its three main sentences before the first page, and all of it there and on « Mes données »."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.config import current_settings
from clicnjob.privacy.notice import current_notice
from clicnjob.ui.shell import read_aloud


def draw_notice(me: Present, *, on_read: Callable[[int], None]) -> None:
    """Draw the notice alone, with its button; `on_read` receives the version of the notice."""
    words = current_notice()
    with st.container(key="cj-card"):
        st.title(words.titre, anchor=False)
        _draw_points(me)
        with st.expander(words.tout, key="notice-whole"):
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
    chosen = current_settings()
    said = current_notice().sentences_for(me, notified=chosen.notifies_by_sms or chosen.notifies_by_mail)
    st.html('<ol class="cj-notice">' + "".join(f"<li>{escape(one)}</li>" for one in said) + "</ol>")
    read_aloud.read_region_button(".cj-notice", key="listen-notice")


def _draw_points(me: Present) -> None:
    lines = "".join(
        f'<li><span class="cj-picture-small" aria-hidden="true">{one.icone}</span> <span>{escape(one.phrase)}</span></li>'
        for one in current_notice().points_for(me)
    )
    st.html(f'<ul class="cj-notice-points">{lines}</ul>')
    read_aloud.read_region_button(".cj-notice-points", key="listen-notice-points")
