"""The form of a next step: one of the steps that a structure proposes, with a word or without."""

from __future__ import annotations

import streamlit as st

from clicnjob import policy
from clicnjob.cohort import vocabulary


def form(name: str, *, word: str, propose: str, note: str = "", border: bool = True) -> tuple[str, str] | None:
    """What was just proposed, the step and the word, or None. `name` begins the keys, the others are labels."""
    with st.form(f"{name}-form", enter_to_submit=False, clear_on_submit=True, border=border):
        offered = vocabulary.steps()
        key = st.selectbox(
            "Étape à proposer", list(offered), key=f"{name}-key", format_func=lambda each: offered[each].phrase
        )
        typed = st.text_input(word, key=f"{name}-word", max_chars=policy.SHORT_WORD_LENGTH, autocomplete="off")
        if note:
            st.text(note)
        said = st.form_submit_button(propose, key=f"{name}-propose", type="primary", icon=":material/flag:")
    return (key or "", typed or "") if said else None
