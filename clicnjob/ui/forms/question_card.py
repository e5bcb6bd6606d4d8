"""The card of one question that is answered by touching: its words read aloud, its answers below, several at once too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape

import streamlit as st

from clicnjob.ui.shell import layout, read_aloud, session_state


@contextmanager
def question_card(question: str, *, about: str, key: str, picture: str = "", aid: str = "") -> Iterator[None]:
    """Draw where one is, then a card with the question; what is drawn inside the `with` stands in the card."""
    st.html(f'<p class="cj-about">{escape(about)}</p>')
    with st.container(key="cj-quiz"):
        if picture:
            st.html(f'<p class="cj-picture" aria-hidden="true">{escape(picture)}</p>')
        with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
            st.title(question, anchor=False)
            read_aloud.read_region_button(".st-key-cj-quiz", key=f"listen-{key}")
        if aid:
            st.text(aid)
        yield


def draw_ticks(
    options: Sequence[tuple[str, str, str]],
    *,
    name: str,
    key: str,
    choose: Callable[[list[str]], None],
    ticked: Collection[str] = (),
) -> None:
    """Draw answers to tick and « Suivant »; `options` are (key, picture, words), `choose` gets the keys that are ticked."""
    with st.form(f"{name}-form-{key}", border=False):
        keys = {option: session_state.widget_key(name, key, option) for option, _picture, _words in options}
        for option, picture, words in options:
            st.checkbox(layout.escape_markdown(f"{picture} {words}"), value=option in ticked, key=keys[option])
        st.form_submit_button(
            "Suivant", key=f"{name}-next", type="primary", icon=":material/arrow_forward:",
            on_click=_choose_ticked, args=(keys, choose),
        )  # fmt: skip


def _choose_ticked(keys: Mapping[str, str], choose: Callable[[list[str]], None]) -> None:
    choose([option for option, key in keys.items() if session_state.widget_value(key, bool)])
