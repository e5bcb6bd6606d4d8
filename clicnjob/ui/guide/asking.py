"""The ways of asking in the guided CV: a text kept as one types, choices to tick, tiles; each answer is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import streamlit as st

from clicnjob import policy, text
from clicnjob.cv.profile import Cv, Profile
from clicnjob.errors import Refusal
from clicnjob.ui import desk, frame, state

Put = Callable[[Profile, Cv, str], None]
Check = Callable[[str], str]
Pick = Callable[[Profile, Cv, str | None], None]
Ticked = Callable[[Profile, Cv, bool], None]


def typed(
    label: str,
    *,
    name: str,
    value: str,
    put: Put,
    check: Check = text.line,
    example: str = "",
    live: bool = False,
    most: int = policy.LINE_LENGTH,
) -> None:
    """A line of text. It is checked, cleaned and saved when one leaves it, or as one types when `live`.

    A text that cannot be kept stays in the box, with a sentence below that says what to do.
    """
    key = state.key("typed", name)
    st.text_input(
        label,
        value=value,
        key=key,
        placeholder=f"Exemple\u00a0: {example}" if example else None,
        max_chars=most,
        autocomplete="off",
        live="1s" if live else False,
        on_change=_take_text,
        args=(key, put, check),
    )
    _fault_below(key)


def written(
    label: str, *, name: str, value: str, put: Put, check: Check = text.line, most: int = policy.LINE_LENGTH
) -> None:
    """A text of a few lines."""
    key = state.key("written", name)
    st.text_area(label, value=value, key=key, max_chars=most, height=90, on_change=_take_text, args=(key, put, check))
    _fault_below(key)


def one_of(
    label: str,
    options: Sequence[str],
    *,
    name: str,
    chosen: str | None,
    put: Pick,
    shown: Callable[[str], str] = str,
) -> None:
    """A few short choices, one at most. A choice may fill a text box on the same screen, so every box is drawn anew."""
    key = state.key("one", name)
    st.pills(
        label,
        options,
        default=chosen if chosen in options else None,
        key=key,
        format_func=lambda option: frame.plain(shown(option)),
        label_visibility="collapsed",
        on_change=_take_choice,
        args=(key, put),
    )


def choice_of_lines(label: str, options: Sequence[str], *, name: str, chosen: str | None, put: Pick) -> None:
    """Whole sentences, one at most."""
    key = state.key("line", name)
    st.radio(
        label,
        options,
        index=options.index(chosen) if chosen in options else None,
        key=key,
        format_func=frame.plain,
        label_visibility="collapsed",
        on_change=_take_choice,
        args=(key, put),
    )


def some_of(
    label: str,
    options: Sequence[str],
    *,
    name: str,
    chosen: Sequence[str],
    put: Callable[[Profile, Cv, list[str]], None],
    shown: Callable[[str], str] = str,
) -> None:
    """Short choices, several allowed."""
    key = state.key("some", name)
    st.pills(
        label,
        options,
        selection_mode="multi",
        default=[option for option in options if option in chosen],
        key=key,
        format_func=lambda option: frame.plain(shown(option)),
        label_visibility="collapsed",
        on_change=_take_choices,
        args=(key, put),
    )


def tick(label: str, *, name: str, ticked: bool, put: Ticked) -> None:
    """One sentence to tick."""
    key = state.key("tick", name)
    st.checkbox(frame.plain(label), value=ticked, key=key, on_change=_take_tick, args=(key, put), width="stretch")


def number(
    label: str, *, name: str, value: int | None, example: int, put: Callable[[Profile, Cv, int | None], None]
) -> None:
    """« Combien ? »: a whole number from 2 up, or nothing."""
    key = state.key("number", name)
    st.number_input(
        label,
        min_value=2,
        max_value=100_000,
        value=value,
        step=1,
        key=key,
        placeholder=f"Exemple\u00a0: {example}",
        on_change=_take_number,
        args=(key, put),
    )


def tiles(options: Sequence[tuple[str, str, str]], *, name: str, choose: Callable[[str], None]) -> None:
    """Big buttons with a picture: (key, picture, words)."""
    with st.container(key=f"cj-tiles-{name}", horizontal=True, gap="small"):
        for option, icon, words in options:
            key = state.key("tile", name, option)
            st.button(frame.plain(words), icon=icon or None, key=key, wrap=True, on_click=choose, args=(option,))


def folded(label: str, *, key: str, unfolded: bool = False) -> AbstractContextManager[object] | None:
    """A part that one unfolds. None while it is folded: its boxes are drawn when it opens, not at every answer."""
    part = st.expander(label, key=key, expanded=unfolded, on_change="rerun")
    return part if part.open else None


def _fault_below(key: str) -> None:
    if sentence := state.faults().get(key):
        st.error(frame.plain(sentence), icon=":material/front_hand:")


def _take_text(key: str, put: Put, check: Check) -> None:
    try:
        kept = check(st.session_state[key] or "")
    except Refusal as refusal:
        state.fault(key, refusal.sentence)
        state.mark_saved(False)
        return
    state.fault(key)
    desk.change(lambda profile, cv: put(profile, cv, kept))


def _take_choice(key: str, put: Pick) -> None:
    chosen = st.session_state[key]
    state.forget_faults()
    if desk.change(lambda profile, cv: put(profile, cv, chosen)):
        state.renew_widgets()


def _take_choices(key: str, put: Callable[[Profile, Cv, list[str]], None]) -> None:
    chosen = list(st.session_state[key])
    desk.change(lambda profile, cv: put(profile, cv, chosen))


def _take_tick(key: str, put: Ticked) -> None:
    ticked = bool(st.session_state[key])
    desk.change(lambda profile, cv: put(profile, cv, ticked))


def _take_number(key: str, put: Callable[[Profile, Cv, int | None], None]) -> None:
    given = st.session_state[key]
    desk.change(lambda profile, cv: put(profile, cv, int(given) if given else None))
