"""« Mes réponses »: what was written, by theme, to be made better, proofread and printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import streamlit as st

from clicnjob.cv import proofread
from clicnjob.interview import practice
from clicnjob.interview.bank import bank
from clicnjob.interview.notebook import Answer, Kept, Notebook
from clicnjob.interview.practice import Shown
from clicnjob.ui import frame, state
from clicnjob.ui.interview import asking, book
from clicnjob.ui.widgets import corrections, download


def listed(kept: Kept) -> None:
    """Each theme, each question folded with its answer."""
    for title, found in practice.written(kept.book, bank()):
        st.header(title, anchor=False)
        for key, answer in found:
            with st.expander(frame.plain(answer.asked), key=f"answer-{key}"):
                _one(key, answer)


def proofreading(kept: Kept, known: Iterable[str]) -> None:
    """The words to look at again, in all the answers."""
    texts = [answer.text for answer in kept.book.answers.values()]
    corrections.corrections(proofread.of_texts(texts, known=tuple(known)), take=_correct)


def printing(kept: Kept) -> None:
    """The answers on paper."""
    if kept.book.answers:
        download.button("Imprimer mes réponses", document="answers", icon=":material/print:", primary=True)


def _one(key: str, answer: Answer) -> None:
    question, group = bank().question(key), bank().group_of(key)
    one = Shown(key, answer.asked, group.title if group else practice.OWN_TITLE, "", question)

    def put(notes: Notebook, value: str) -> None:
        practice.write(notes, one, value, today=date.today())

    asking.written("Ma réponse", name=f"list-{key}", value=answer.text, put=put)
    st.button("Effacer", key=f"forget-{key}", icon=":material/delete:", type="tertiary", on_click=_forget, args=(key,))


def _forget(key: str) -> None:
    book.change(lambda notes: practice.forget(notes, key))


def _correct(before: str, after: str) -> None:
    def alter(notes: Notebook) -> None:
        for answer in notes.answers.values():
            if answer.text == before:
                answer.text = after

    if book.change(alter):
        state.renew_widgets()
