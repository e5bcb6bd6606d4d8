"""The interest quiz of one person: one statement at a time, then jobs to look at."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from clicnjob import db, works
from clicnjob.accounts.presence import Present
from clicnjob.jobs import choices, finder, interests
from clicnjob.jobs.choices import JobChoices, Liking
from clicnjob.jobs.interests import Statement
from clicnjob.ui.forms import choice_boxes, question_card
from clicnjob.ui.shell import session_strip, transactions
from clicnjob.ui.young.jobs import search

PAGE = "young/interests.py"
_ANSWERS: tuple[tuple[Liking, str, str], ...] = (("j_aime", "💚", "J’aime"), ("bof", "🤷", "Bof"), ("non", "✋", "Non"))


@dataclass(frozen=True)
class Quiz:
    """Where the quiz is: the statement to answer (None when all are answered), its index, and the choices so far."""

    choices: JobChoices
    statement: Statement | None
    position: int
    total: int


def read_quiz(me: Present) -> Quiz:
    """Read the answers and find the first statement without one."""
    with db.read_transaction() as session:
        kept = choices.own_choices(session, of=me)
    asked = interests.quiz_statements()
    position = next((n for n, one in enumerate(asked) if one.cle not in kept.answers), len(asked))
    return Quiz(kept, asked[position] if position < len(asked) else None, position, len(asked))


def draw_statement(quiz: Quiz) -> None:
    """Draw the current statement with its picture and three answers."""
    one = quiz.statement
    assert one is not None
    session_strip.note_step(PAGE, step=quiz.position + 1, steps=quiz.total)
    about = f"{quiz.position + 1} sur {quiz.total}"
    with question_card.question_card(one.texte, about=about, key=one.cle, picture=one.icone):
        options = [(liking, icon, words) for liking, icon, words in _ANSWERS]
        choice_boxes.draw_tiles(
            options, name=f"quiz-{one.cle}", choose=lambda liking: _answer_statement(one.cle, liking)
        )
    if quiz.position:
        before = interests.quiz_statements()[quiz.position - 1].cle
        st.button(
            "Revenir à la phrase d’avant", key="back", icon=":material/arrow_back:", on_click=_take_back, args=(before,)
        )


def draw_result(quiz: Quiz) -> None:
    """Suggest a few jobs, each with its reason. There is no score and no personality type."""
    session_strip.note_step(PAGE, step=quiz.total, steps=quiz.total, done=True)
    st.title("Des métiers à regarder", anchor=False)
    found = interests.suggested_jobs(quiz.choices.answers, catalogue=finder.job_catalogue())
    if not found:
        st.text("Tu n’as rien aimé cette fois. Recommence, ou cherche avec tes mots.")
    for one in found:
        search.draw_job_card(one.category, f"parce que tu aimes {' et '.join(one.because)}")
    st.button("Recommencer", key="again", icon=":material/replay:", on_click=_forget_answers)


def _answer_statement(statement: str, liking: str) -> None:
    operation = works.new_operation()
    kept: Liking = next(key for key, _, _ in _ANSWERS if key == liking)
    transactions.run_action(
        lambda session, me: choices.answer_statement(
            session, by=me, statement=statement, liking=kept, operation=operation
        )
    )


def _take_back(statement: str) -> None:
    operation = works.new_operation()
    transactions.run_action(
        lambda session, me: choices.answer_statement(
            session, by=me, statement=statement, liking=None, operation=operation
        )
    )


def _forget_answers() -> None:
    operation = works.new_operation()
    transactions.run_action(lambda session, me: choices.forget_answers(session, by=me, operation=operation))
