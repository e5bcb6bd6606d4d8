"""Typing in the sheet of paper, in the person's own visit: a professional may sit beside them and hold the mouse."""

from __future__ import annotations

from datetime import date
from string import ascii_uppercase
from typing import Literal

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
        for number, one in enumerate(questions.check_questions(), start=1):
            _draw_question(number, one)
        st.checkbox(layout.escape_markdown(_AGREED), key="check-agreed")
        st.form_submit_button("Noter mes réponses", key="check-enter", type="primary", on_click=_enter_answers)
    st.button(
        "Répondre plutôt à l’écran",
        key="check-screen",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=session_state.CHECK_STEP.clear,
    )


def _draw_question(number: int, one: CheckQuestion) -> None:
    words = {
        choice.cle: f"{letter}. {choice.texte}" if one.genre != "corriger" else choice.texte
        for letter, choice in zip(ascii_uppercase, one.choix, strict=False)
    }
    label = layout.escape_markdown(f"Question {number}\u00a0: {one.question}")
    shown = {key: layout.escape_markdown(text) for key, text in words.items()}
    mode: Literal["single", "multi"] = "multi" if one.genre == "plusieurs" else "single"
    st.pills(label, list(words), selection_mode=mode, key=f"paper-{one.cle}", format_func=lambda key: shown[key])


def _given_answer(one: CheckQuestion) -> list[str]:
    key = f"paper-{one.cle}"
    if one.genre == "plusieurs":
        return session_state.widget_value(key, list) or []
    chosen = session_state.widget_value(key, str)
    return [chosen] if chosen else []


def _enter_answers() -> None:
    operation, today = works.new_operation(), date.today()
    given = {one.cle: _given_answer(one) for one in questions.check_questions()}
    agreed = bool(session_state.widget_value("check-agreed", bool))
    saved = transactions.run_action(
        lambda session, me: own_check.enter_from_paper(
            session, by=me, answers=given, agreed=agreed, operation=operation, today=today
        )
    )
    if saved:
        session_state.CHECK_STEP.clear()
