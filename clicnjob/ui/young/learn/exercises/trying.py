"""One try at a question or a gesture, and how what is said after it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from clicnjob.learn.answers import Exercise, Feedback
from clicnjob.ui.shell import layout


@dataclass(frozen=True, slots=True)
class Try:
    """The exercise at one place with the last answer to it; `keep` takes another answer, from a callback."""

    place: str
    exercise: Exercise
    answer: tuple[str, ...]
    feedback: Feedback
    keep: Callable[[str, tuple[str, ...]], None]


def draw_said(lines: tuple[str, ...], *, over: bool, alone: bool = True) -> None:
    """Say what happens with an answer, never as a verdict. Where several are said, `alone` is False, and one says to go on."""
    if not lines:
        return
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    again = "" if over or not alone else '<p class="cj-small">Tu peux essayer autre chose.</p>'
    st.html(f'<div class="cj-said {"over" if over else ""}" role="status">{said}{again}</div>')


def draw_answer_button(words: str, *, one: Try, answer: tuple[str, ...], key: str, icon: str = "") -> None:
    """Draw one answer to touch. The one that was tried is marked by an icon, and so without colour alone."""
    chosen = one.answer == answer
    mark = (":material/check_circle:" if one.feedback.over else ":material/radio_button_checked:") if chosen else icon
    st.button(
        layout.escape_markdown(words),
        key=f"{one.place}-{key}",
        icon=mark or ":material/radio_button_unchecked:",
        type="primary" if chosen and one.feedback.over else "secondary",
        wrap=True,
        width="stretch",
        on_click=one.keep,
        args=(one.place, answer),
    )
