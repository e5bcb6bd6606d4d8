"""« Mes réponses »: the written answers by theme, to edit, proofread and print."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob import text
from clicnjob.errors import Refusal
from clicnjob.interview import practice
from clicnjob.interview.bank import question_bank
from clicnjob.interview.notebook import Notebook, SavedNotebook, WrittenAnswer
from clicnjob.interview.practice import ShownQuestion
from clicnjob.proofreading import proofread
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.widgets import corrections, download
from clicnjob.ui.young.interview import asking, book, training


class Emptied(Refusal):
    """An existing answer was emptied; only its button deletes it."""

    sentence = "Écris ta réponse. Ou touche «\u00a0Effacer\u00a0» pour l’enlever."


def draw_answers(kept: SavedNotebook) -> None:
    """Draw the print button, then by theme each question with its answer in an expander."""
    st.text("Relis-les à voix haute. Change ce qui sonne faux.")
    download.download_button("Imprimer mes réponses", document="answers", icon=":material/print:", primary=True)
    for title, found in practice.written_answers(kept.book, question_bank()):
        st.header(title, anchor=False)
        for key, answer in found:
            with st.expander(layout.escape_markdown(answer.asked), key=f"answer-{key}"):
                _draw_one(key, answer)


def draw_proofreading(kept: SavedNotebook, known: frozenset[str]) -> None:
    """Draw the words that proofreading has flagged in all answers."""
    texts = [answer.text for answer in kept.book.answers.values()]
    with st.expander("Corriger les fautes", icon=":material/spellcheck:", key="words"):
        corrections.draw_corrections(proofread.of_texts(texts, known=known), take=_correct_answer)


def none_yet() -> None:
    """Tell how to write a first answer, when there is none."""
    st.text("Tu n’as pas encore écrit de réponse. Commence un entraînement, et choisis « Par écrit ».")
    if st.button("M’entraîner", key="train", type="primary", icon=":material/play_arrow:"):
        st.switch_page(training.training_page())


def _draw_one(key: str, answer: WrittenAnswer) -> None:
    question, group = question_bank().question_with_key(key), question_bank().group_of(key)
    one = ShownQuestion(key, answer.asked, group.title if group else practice.OWN_TITLE, "", question)

    def put(notes: Notebook, value: str) -> None:
        practice.write_answer(notes, one, value, today=date.today())

    asking.ask_text("Ma réponse", name=f"list-{key}", value=answer.text, put=put, check=_some_words)
    st.button(
        "Effacer", key=f"forget-{key}", icon=":material/delete:", type="tertiary", on_click=_forget_answer, args=(key,)
    )


def _some_words(typed: str) -> str:
    """Clean an answer. Raises Emptied when it is blank: a box is empty for a moment while one rewrites it."""
    if not (kept := text.clean_paragraph(typed)):
        raise Emptied
    return kept


def _forget_answer(key: str) -> None:
    book.change_notebook(lambda notes: practice.forget_answer(notes, key))


def _correct_answer(before: str, after: str) -> None:
    def alter(notes: Notebook) -> None:
        for answer in notes.answers.values():
            if answer.text == before:
                answer.text = after

    if book.change_notebook(alter):
        session_state.renew_widgets()
