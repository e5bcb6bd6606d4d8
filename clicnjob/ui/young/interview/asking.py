"""The inputs of the notebook: text boxes, checkboxes, choices. Each answer is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from clicnjob import policy, text
from clicnjob.interview.notebook import Notebook
from clicnjob.ui.forms import choice_boxes, text_boxes
from clicnjob.ui.shell import session_state
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
    choice_boxes.draw_tick(
        label, name=name, ticked=ticked, take=lambda ticked: book.change_notebook(lambda notes: put(notes, ticked))
    )


def one_of(
    label: str, options: Sequence[str], *, name: str, chosen: str, put: PutChoice, shown: Callable[[str], str]
) -> None:
    """Draw short choices, at most one selected; a second click deselects it."""
    choice_boxes.draw_choice(label, options, name=name, chosen=chosen, take=_choice_taker(put), shown=shown)


def choice_of_lines(label: str, options: Sequence[str], *, name: str, chosen: str, put: PutChoice) -> None:
    """Draw whole sentences, at most one selected."""
    choice_boxes.draw_sentences(label, options, name=name, chosen=chosen, take=_choice_taker(put))


def _text_taker(put: Put, check: Check) -> text_boxes.Take:
    def take(typed: str) -> bool:
        kept = check(typed)
        return book.change_notebook(lambda notes: put(notes, kept))

    return take


def _choice_taker(put: PutChoice) -> choice_boxes.TakeChoice:
    return lambda chosen: book.change_notebook(lambda notes: put(notes, chosen or ""))
