"""Questions that are answered by touching: choices, true or false, an order, a line of a drawn document, an opinion."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob.learn import answers
from clicnjob.learn.quiz import (
    FindLineQuestion,
    OpinionQuestion,
    OrderQuestion,
    SeveralChoicesQuestion,
    SingleChoiceQuestion,
    StatementQuestion,
)
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.young.learn.exercises.trying import Try, draw_answer_button, draw_said


def draw_exercise(one: Try) -> bool:
    """Draw a question of the quiz; return False for a gesture, which `doing` draws."""
    match one.exercise:
        case SingleChoiceQuestion() | OpinionQuestion():
            _draw_choices(one, one.exercise)
        case SeveralChoicesQuestion():
            _draw_several(one, one.exercise)
        case StatementQuestion():
            _draw_statement(one)
        case OrderQuestion():
            _draw_order(one, one.exercise)
        case FindLineQuestion():
            _draw_document(one, one.exercise)
        case _:
            return False
    return True


def _draw_choices(one: Try, question: SingleChoiceQuestion | OpinionQuestion) -> None:
    with st.container(key="cj-sayings"):
        for choice in question.choix:
            draw_answer_button(choice.texte, one=one, answer=(choice.id,), key=choice.id)
    draw_said(one.feedback.lines, over=one.feedback.over)


def _draw_statement(one: Try) -> None:
    st.html('<p class="cj-or">C’est vrai, ou c’est faux\u00a0?</p>')
    with st.container(key="cj-sayings-two", horizontal=True, gap="small"):
        draw_answer_button("Vrai", one=one, answer=(answers.TRUE,), key="true")
        draw_answer_button("Faux", one=one, answer=(answers.FALSE,), key="false")
    draw_said(one.feedback.lines, over=one.feedback.over)


def _draw_several(one: Try, question: SeveralChoicesQuestion) -> None:
    """Each ticked choice is explained below itself once they are looked at; the ticks stay."""
    st.html('<p class="cj-or">Coche, puis touche «\u00a0Voir\u00a0».</p>')
    for choice in question.choix:
        st.checkbox(
            layout.escape_markdown(choice.texte),
            value=choice.id in one.answer,
            key=_tick_key(one.place, choice.id),
            width="stretch",
        )
        if choice.id in one.answer:
            draw_said((choice.explication,), over=choice.juste, alone=False)
    ids = tuple(choice.id for choice in question.choix)
    st.button("Voir", key=f"{one.place}-look", icon=":material/visibility:", on_click=_look_at_ticks, args=(one, ids))
    if one.answer and not one.feedback.over:
        wrong = len(one.answer) > len(one.feedback.kept)
        st.html(
            '<p class="cj-said" role="status">'
            + (
                "Relis les explications, puis change une coche.</p>"
                if wrong
                else "Il en manque encore au moins une.</p>"
            )
        )


def _tick_key(place: str, choice_id: str) -> str:
    return session_state.widget_key("lesson-tick", place, choice_id)


def _look_at_ticks(one: Try, ids: tuple[str, ...]) -> None:
    one.keep(one.place, tuple(key for key in ids if session_state.widget_value(_tick_key(one.place, key), bool)))


def _draw_order(one: Try, question: OrderQuestion) -> None:
    """The lines are touched from the first to the last: as easy by thumb as by keyboard."""
    placed = one.answer if one.feedback.over or len(one.answer) < len(question.suite) else one.feedback.kept
    lines = "".join(f"<li>{escape(question.suite[int(position)])}</li>" for position in placed)
    if lines:
        st.html(f'<div role="status"><ol class="cj-gestures cj-placed">{lines}</ol></div>')
    if one.feedback.over:
        draw_said(one.feedback.lines, over=True)
        return
    st.html(f'<p class="cj-or">Touche ce qui vient en {"premier" if not placed else f"numéro {len(placed) + 1}"}.</p>')
    if len(one.answer) == len(question.suite):
        good = len(placed)
        kept = f"Les {good} premières lignes sont à leur place." if good > 1 else "La première ligne est à sa place."
        first = question.suite[int(one.answer[0])]
        draw_said(
            (kept if good else f"«\u00a0{first}\u00a0» ne vient pas en premier. Commence par une autre ligne.",),
            over=False,
        )
    with st.container(key="cj-sayings"):
        for position in answers.shuffled_order(question):
            if position not in placed:
                st.button(
                    layout.escape_markdown(question.suite[int(position)]),
                    key=f"{one.place}-place-{position}",
                    icon=":material/add:",
                    wrap=True,
                    width="stretch",
                    on_click=one.keep,
                    args=(one.place, (*placed, position)),
                )
    if placed:
        st.button(
            "Enlever la dernière",
            key=f"{one.place}-undo",
            icon=":material/undo:",
            type="tertiary",
            on_click=one.keep,
            args=(one.place, placed[:-1]),
        )


def _draw_document(one: Try, question: FindLineQuestion) -> None:
    with st.container(key="cj-document"):
        st.html(f'<p class="cj-document-title">{escape(question.document.titre)}</p>')
        for line in question.document.lignes:
            draw_answer_button(line.texte, one=one, answer=(line.id,), key=line.id, icon=":material/touch_app:")
    draw_said(one.feedback.lines, over=one.feedback.over)
