"""The form that proposes a next step, for one person or a whole list."""

from __future__ import annotations

import streamlit as st

from clicnjob import policy
from clicnjob.cohort import vocabulary
from clicnjob.ui.forms import text_boxes


def word_box_key(name: str) -> str:
    """Return the key of the message box, for `text_boxes.clear_messages`."""
    return f"{name}-word"


def draw_step_form(
    name: str, *, word: str, propose: str, note: str = "", border: bool = True
) -> tuple[str, str] | None:
    """Draw the form; return (step key, message) when it was submitted, else None.

    `name` prefixes the widget keys; the other arguments are labels.
    """
    with st.form(f"{name}-form", enter_to_submit=False, border=border):
        offered = vocabulary.step_choices()
        key = st.selectbox(
            "Étape à proposer", list(offered), key=f"{name}-key", format_func=lambda each: offered[each].phrase
        )
        typed = text_boxes.draw_message(word, key=word_box_key(name), most=policy.SHORT_WORD_LENGTH)
        if note:
            st.text(note)
        said = st.form_submit_button(propose, key=f"{name}-propose", type="primary", icon=":material/flag:")
    return (key or "", typed) if said else None
