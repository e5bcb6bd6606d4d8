"""The ways of asking in the notebook: a line, a text, lines to tick, one choice; each answer is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from clicnjob import policy, text
from clicnjob.errors import Refusal
from clicnjob.interview.notebook import Notebook
from clicnjob.ui import frame, state
from clicnjob.ui.interview import book

Put = Callable[[Notebook, str], None]
PutTick = Callable[[Notebook, bool], None]
PutChoice = Callable[[Notebook, str], None]
Check = Callable[[str], str]


def typed(
    label: str,
    *,
    name: str,
    value: str,
    put: Put,
    example: str = "",
    check: Check = text.line,
    most: int = policy.LINE_LENGTH,
    help_below: str = "",
) -> None:
    """A line. One that cannot be kept stays in the box, with a sentence below that says what to do."""
    key = state.key("typed", name)
    st.text_input(
        label,
        value=value,
        key=key,
        placeholder=f"Exemple\u00a0: {example}" if example else None,
        max_chars=most,
        autocomplete="off",
        on_change=_take_text,
        args=(key, put, check),
    )
    _fault_or(key, help_below)


def written(
    label: str, *, name: str, value: str, put: Put, height: int = 140, most: int = policy.ANSWER_LENGTH
) -> None:
    """A text of several lines."""
    key = state.key("written", name)
    st.text_area(
        label,
        value=value,
        key=key,
        max_chars=most,
        height=height,
        on_change=_take_text,
        args=(key, put, text.paragraph),
    )
    _fault_or(key, "")


def tick(label: str, *, name: str, ticked: bool, put: PutTick) -> None:
    """One sentence to tick."""
    key = state.key("tick", name)
    st.checkbox(frame.plain(label), value=ticked, key=key, on_change=_take_tick, args=(key, put), width="stretch")


def one_of(
    label: str, options: Sequence[str], *, name: str, chosen: str, put: PutChoice, shown: Callable[[str], str]
) -> None:
    """A few short choices, one at most; touching it again takes it back."""
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


def choice_of_lines(label: str, options: Sequence[str], *, name: str, chosen: str, put: PutChoice) -> None:
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


def _fault_or(key: str, below: str) -> None:
    if sentence := state.faults().get(key):
        st.error(frame.plain(sentence), icon=":material/front_hand:")
    elif below:
        st.html(f'<p class="cj-understood">{below}</p>')


def _take_text(key: str, put: Put, check: Check) -> None:
    try:
        kept = check(st.session_state[key] or "")
    except Refusal as refusal:
        state.fault(key, refusal.sentence)
        state.mark_saved(False)
        return
    state.fault(key)
    book.change(lambda notes: put(notes, kept))


def _take_tick(key: str, put: PutTick) -> None:
    ticked = bool(st.session_state[key])
    book.change(lambda notes: put(notes, ticked))


def _take_choice(key: str, put: PutChoice) -> None:
    chosen = str(st.session_state[key] or "")
    state.forget_faults()
    if book.change(lambda notes: put(notes, chosen)):
        state.renew_widgets()
