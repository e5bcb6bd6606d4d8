"""Draws choices, checkboxes and tiles for any screen; `take` saves what was chosen and says whether it could."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import streamlit as st

from clicnjob.ui.shell import layout, pending_actions, session_state

TakeChoice = Callable[[str | None], bool]
TakeTick = Callable[[bool], bool]


def draw_choice(
    label: str,
    options: Sequence[str],
    *,
    name: str,
    chosen: str | None,
    take: TakeChoice,
    shown: Callable[[str], str] = str,
    then: Callable[[], None] | None = None,
) -> None:
    """Draw short choices, at most one selected; a second click deselects it.

    A choice may fill a text box of the same screen, so all boxes get new keys. `then` is called once a choice is saved.
    """
    key = session_state.widget_key("one", name)
    st.pills(
        label,
        options,
        default=chosen if chosen in options else None,
        key=key,
        format_func=lambda option: layout.escape_markdown(shown(option)),
        label_visibility="collapsed",
        on_change=_take_choice,
        args=(key, take, then),
    )


def draw_sentences(label: str, options: Sequence[str], *, name: str, chosen: str | None, take: TakeChoice) -> None:
    """Draw whole sentences, at most one selected."""
    key = session_state.widget_key("line", name)
    st.radio(
        label,
        options,
        index=options.index(chosen) if chosen in options else None,
        key=key,
        format_func=layout.escape_markdown,
        label_visibility="collapsed",
        on_change=_take_choice,
        args=(key, take),
    )


def draw_tick(label: str, *, name: str, ticked: bool, take: TakeTick) -> None:
    """Draw one sentence with a checkbox."""
    key = session_state.widget_key("tick", name)
    st.checkbox(
        layout.escape_markdown(label), value=ticked, key=key, on_change=_take_tick, args=(key, take), width="stretch"
    )


def draw_tiles(options: Sequence[tuple[str, str, str]], *, name: str, choose: Callable[[str], None]) -> None:
    """Draw large buttons; `options` are (key, picture, words)."""
    with st.container(key=f"cj-tiles-{name}", horizontal=True, gap="small"):
        for option, icon, words in options:
            key = session_state.widget_key("tile", name, option)
            st.button(
                layout.escape_markdown(words), icon=icon or None, key=key, wrap=True, on_click=choose, args=(option,)
            )


def folded_part(label: str, *, key: str, unfolded: bool = False) -> AbstractContextManager[object] | None:
    """Return an expander, or None while it is closed: its boxes are drawn only once it opens."""
    part = st.expander(label, key=key, expanded=unfolded, on_change="rerun")
    return part if part.open else None


def _take_choice(key: str, take: TakeChoice, then: Callable[[], None] | None = None) -> None:
    chosen = session_state.widget_value(key, str)
    session_state.forget_faults()
    if pending_actions.do_or_wait(key, lambda: take(chosen)):
        session_state.renew_widgets()
        if then and chosen is not None:
            then()


def _take_tick(key: str, take: TakeTick) -> None:
    ticked = bool(session_state.widget_value(key, bool))
    pending_actions.do_or_wait(key, lambda: take(ticked))
