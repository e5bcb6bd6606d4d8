"""The inputs of the notebook: text boxes, checkboxes, choices. Each answer is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from clicnjob import policy, text
from clicnjob.interview.notebook import Notebook
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, pending_actions, session_state
from clicnjob.ui.young.interview import book

Put = Callable[[Notebook, str], None]
PutTick = Callable[[Notebook, bool], None]
PutChoice = Callable[[Notebook, str], None]
Check = Callable[[str], str]


def ask_line(
    label: str,
    *,
    name: str,
    value: str,
    put: Put,
    example: str = "",
    check: Check = text.clean_line,
    most: int = policy.LINE_LENGTH,
    help_below: str = "",
) -> None:
    """Draw a box of one line. A refused text stays in it, with the sentence of the refusal instead of `help_below`."""
    placeholder = f"Exemple\u00a0: {example}" if example else None
    text_boxes.draw_line(label, name=name, kept=value, take=_text_taker(put, check), most=most, placeholder=placeholder)
    if help_below and text_boxes.box_key(name) not in session_state.current_faults():
        st.html(f'<p class="cj-understood">{help_below}</p>')


def ask_text(
    label: str,
    *,
    name: str,
    value: str,
    put: Put,
    check: Check = text.clean_paragraph,
    height: int = 140,
    most: int = policy.ANSWER_LENGTH,
) -> None:
    """Draw a box of several lines; `height` is in pixels."""
    text_boxes.draw_lines(label, name=name, kept=value, take=_text_taker(put, check), most=most, height=height)


def ask_tick(label: str, *, name: str, ticked: bool, put: PutTick) -> None:
    """Draw one sentence with a checkbox."""
    key = session_state.widget_key("tick", name)
    st.checkbox(
        layout.escape_markdown(label), value=ticked, key=key, on_change=_take_tick, args=(key, put), width="stretch"
    )


def one_of(
    label: str, options: Sequence[str], *, name: str, chosen: str, put: PutChoice, shown: Callable[[str], str]
) -> None:
    """Draw short choices, at most one selected; a second click deselects it."""
    key = session_state.widget_key("one", name)
    st.pills(
        label,
        options,
        default=chosen if chosen in options else None,
        key=key,
        format_func=lambda option: layout.escape_markdown(shown(option)),
        label_visibility="collapsed",
        on_change=_take_choice,
        args=(key, put),
    )


def choice_of_lines(label: str, options: Sequence[str], *, name: str, chosen: str, put: PutChoice) -> None:
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
        args=(key, put),
    )


def _text_taker(put: Put, check: Check) -> text_boxes.Take:
    def take(typed: str) -> bool:
        kept = check(typed)
        return book.change_notebook(lambda notes: put(notes, kept))

    return take


def _take_tick(key: str, put: PutTick) -> None:
    ticked = bool(session_state.widget_value(key, bool))
    pending_actions.do_or_wait(key, lambda: book.change_notebook(lambda notes: put(notes, ticked)))


def _take_choice(key: str, put: PutChoice) -> None:
    chosen = session_state.widget_value(key, str) or ""
    session_state.forget_faults()
    if pending_actions.do_or_wait(key, lambda: book.change_notebook(lambda notes: put(notes, chosen))):
        session_state.renew_widgets()
