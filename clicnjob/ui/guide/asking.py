"""The ways of asking in the guided CV: a text kept as one types, choices to tick, tiles; each answer is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import streamlit as st

from clicnjob import policy, text
from clicnjob.cv.bag import Alter
from clicnjob.cv.profile import Cv, Profile
from clicnjob.ui import desk, frame, pending_acts, state, text_boxes

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
    most: int = policy.LINE_LENGTH,
) -> None:
    """A line of text, checked, cleaned and saved as one types."""
    placeholder = f"Exemple\u00a0: {example}" if example else None
    text_boxes.draw_line(label, name=name, kept=value, take=_taking(put, check), most=most, placeholder=placeholder)


def written(
    label: str, *, name: str, value: str, put: Put, check: Check = text.line, most: int = policy.LINE_LENGTH
) -> None:
    """A text of a few lines."""
    text_boxes.draw_lines(label, name=name, kept=value, take=_taking(put, check), most=most)


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
    cv_id = state.cv_id()

    def take(given: int | None) -> bool:
        return desk.change(lambda profile, cv: put(profile, cv, given or None), cv_id=cv_id)

    placeholder = f"Exemple\u00a0: {example}"
    text_boxes.draw_number(
        label, name=name, kept=value, take=take, bounds=(2, 100_000), step=1, placeholder=placeholder
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


def _taking(put: Put, check: Check) -> text_boxes.Take:
    """What saves the text of a box in the CV in hand, whichever is in hand by the time the database can write."""
    cv_id = state.cv_id()

    def take(typed: str) -> bool:
        kept = check(typed)
        return desk.change(lambda profile, cv: put(profile, cv, kept), cv_id=cv_id)

    return take


def _change(key: str, alter: Alter) -> bool:
    """Save what a widget says; it waits when the database cannot write."""
    cv_id = state.cv_id()
    return pending_acts.do_or_wait(key, lambda: desk.change(alter, cv_id=cv_id))


def _take_choice(key: str, put: Pick) -> None:
    chosen = st.session_state[key]
    state.forget_faults()
    if _change(key, lambda profile, cv: put(profile, cv, chosen)):
        state.renew_widgets()


def _take_choices(key: str, put: Callable[[Profile, Cv, list[str]], None]) -> None:
    chosen = list(st.session_state[key])
    _change(key, lambda profile, cv: put(profile, cv, chosen))


def _take_tick(key: str, put: Ticked) -> None:
    ticked = bool(st.session_state[key])
    _change(key, lambda profile, cv: put(profile, cv, ticked))
