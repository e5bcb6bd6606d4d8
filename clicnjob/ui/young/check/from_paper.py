"""Typing in the sheet of paper, in the person's own visit: a professional may sit beside them and hold the mouse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from string import ascii_uppercase

import streamlit as st

from clicnjob import works
from clicnjob.learn.digital_check import own_check, questions
from clicnjob.learn.digital_check.questions import CheckQuestion
from clicnjob.ui.shell import layout, session_state, transactions

_AGREED = "Je suis d’accord\u00a0: mes réponses sont notées ici, pour moi."


def draw_form() -> None:
    """Draw all questions with the letters of the sheet, and the person's own consent."""
    st.title("Ma feuille de papier", anchor=False)
    st.text("Recopie tes réponses. Quelqu’un peut t’aider à taper. Une ligne vide, c’est « je passe ».")
    with st.form("check-from-paper"):
        given = {one.cle: _asked(number, one) for number, one in enumerate(questions.check_questions(), start=1)}
        agreed = st.checkbox(layout.escape_markdown(_AGREED), key="check-agreed")
        if st.form_submit_button("Noter mes réponses", key="check-enter", type="primary"):
            if _enter_answers(given, agreed=agreed):
                session_state.CHECK_STEP.clear()
            st.rerun()
    st.button(
        "Répondre plutôt à l’écran",
        key="check-screen",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=session_state.CHECK_STEP.clear,
    )


def _asked(number: int, one: CheckQuestion) -> list[str]:
    words = {
        choice.cle: f"{letter}. {choice.texte}" if one.genre != "corriger" else choice.texte
        for letter, choice in zip(ascii_uppercase, one.choix, strict=False)
    }
    label = layout.escape_markdown(f"Question {number}\u00a0: {one.question}")
    shown = {key: layout.escape_markdown(text) for key, text in words.items()}
    if one.genre == "plusieurs":
        return st.pills(
            label, list(words), selection_mode="multi", key=f"paper-{one.cle}", format_func=lambda key: shown[key]
        )
    chosen = st.pills(label, list(words), key=f"paper-{one.cle}", format_func=lambda key: shown[key])
    return [chosen] if chosen else []


def _enter_answers(given: Mapping[str, list[str]], *, agreed: bool) -> bool:
    operation, today = works.new_operation(), date.today()
    saved = transactions.run_action(
        lambda session, me: own_check.enter_from_paper(
            session, by=me, answers=given, agreed=agreed, operation=operation, today=today
        )
    )
    return saved is not None
