"""« Mes réponses »: the written answers by theme, to edit, proofread and print."""

from __future__ import annotations

from datetime import date

import streamlit as st

from clicnjob import text
from clicnjob.errors import Refusal
from clicnjob.interview import practice
from clicnjob.interview.bank import bank
from clicnjob.interview.notebook import Answer, Kept, Notebook
from clicnjob.interview.practice import Shown
from clicnjob.proofreading import proofread
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.widgets import corrections, download
from clicnjob.ui.young.interview import asking, book, training


class Emptied(Refusal):
    """An existing answer was emptied; only its button deletes it."""

    sentence = "Écris ta réponse. Ou touche «\u00a0Effacer\u00a0» pour l’enlever."


def listed(kept: Kept) -> None:
    """Draw the print button, then by theme each question with its answer in an expander."""
    st.text("Relis-les à voix haute. Change ce qui sonne faux.")
    download.button("Imprimer mes réponses", document="answers", icon=":material/print:", primary=True)
    for title, found in practice.written(kept.book, bank()):
        st.header(title, anchor=False)
        for key, answer in found:
            with st.expander(layout.plain(answer.asked), key=f"answer-{key}"):
                _one(key, answer)


def proofreading(kept: Kept, known: frozenset[str]) -> None:
    """Draw the words that proofreading has flagged in all answers."""
    texts = [answer.text for answer in kept.book.answers.values()]
    with st.expander("Corriger les fautes", icon=":material/spellcheck:", key="words"):
        corrections.corrections(proofread.of_texts(texts, known=known), take=_correct)


def none_yet() -> None:
    """Tell how to write a first answer, when there is none."""
    st.text("Tu n’as pas encore écrit de réponse. Commence un entraînement, et choisis « Par écrit ».")
    if st.button("M’entraîner", key="train", type="primary", icon=":material/play_arrow:"):
        st.switch_page(training.page())


def _one(key: str, answer: Answer) -> None:
    question, group = bank().question(key), bank().group_of(key)
    one = Shown(key, answer.asked, group.title if group else practice.OWN_TITLE, "", question)

    def put(notes: Notebook, value: str) -> None:
        practice.write(notes, one, value, today=date.today())

    asking.written("Ma réponse", name=f"list-{key}", value=answer.text, put=put, check=_some_words)
    st.button("Effacer", key=f"forget-{key}", icon=":material/delete:", type="tertiary", on_click=_forget, args=(key,))


def _some_words(typed: str) -> str:
    """Clean an answer. Raises Emptied when it is blank: a box is empty for a moment while one rewrites it."""
    if not (kept := text.paragraph(typed)):
        raise Emptied
    return kept


def _forget(key: str) -> None:
    book.change(lambda notes: practice.forget(notes, key))


def _correct(before: str, after: str) -> None:
    def alter(notes: Notebook) -> None:
        for answer in notes.answers.values():
            if answer.text == before:
                answer.text = after

    if book.change(alter):
        session_state.renew_widgets()
