"""Beside the board: asking the group, reading the answers before anybody else, and showing them without names."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob import workshop_policy
from clicnjob.models import AnswerState, QuestionState
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.trainer import acting
from clicnjob.ui.trainer.board.push_panel import command_id
from clicnjob.workshops.live import answers, questions
from clicnjob.workshops.live.answers import HeldAnswer, LedQuestion
from clicnjob.workshops.live.board import Board

_KINDS = {"choix": "Un choix", "nuage": "Un mot", "texte": "Une phrase", "echelle": "De 1 à 5"}
_HINTS = {
    "choix": "Quel moment de la semaine préfères-tu ?",
    "nuage": "Un mot pour dire ta force ?",
    "texte": "Qu’est-ce qui t’aide à chercher ?",
    "echelle": "J’ose téléphoner à un employeur.",
}
_STATES = {
    QuestionState.OPEN: "On peut répondre",
    QuestionState.CLOSED: "Fermée, hors de l’écran",
    QuestionState.SHOWN: "Sur l’écran du mur",
}
_QUESTION, _CHOICES = "group-question", "group-choices"
_CHOICES_LENGTH = (workshop_policy.GROUP_CHOICE_LENGTH + 1) * workshop_policy.GROUP_CHOICES.stop
_LISTED = 6


def draw_questions(shown: Board, asked: tuple[LedQuestion, ...]) -> None:
    """Draw the question of the plan's step, the latest one with its answers, the box of a new one, and those before."""
    draw_planned(shown, asked)
    if asked:
        _draw_question(shown, asked[0])
    with st.expander("Poser une question", icon=":material/forum:", expanded=not asked):
        _draw_form(shown)
    if len(asked) > 1:
        with st.expander("Questions d’avant", icon=":material/history:"):
            for one in asked[1:_LISTED]:
                with st.container(border=True, key=f"cj-question-{one.id}"):
                    _draw_question(shown, one)


def draw_current(shown: Board, asked: tuple[LedQuestion, ...]) -> None:
    """Draw the question of the plan's step, and the one that people answer now, until it is shown: then the next step is near."""
    draw_planned(shown, asked)
    current = next((one for one in asked if one.state is QuestionState.OPEN), None)
    if current is not None:
        with st.container(border=True, key="cj-current-question"):
            _draw_question(shown, current)


def draw_planned(shown: Board, asked: tuple[LedQuestion, ...]) -> None:
    """Offer the question of the running step, until it was asked; its answers are held like those of any other."""
    planned = shown.planned_question
    if planned is None or any(one.question == planned.question for one in asked):
        return
    with st.container(border=True, key="cj-planned-question"):
        st.html(
            f'<p class="cj-about">La question de cette étape ({_KINDS[planned.kind].lower()})</p>'
            f"<p>{escape(' · '.join((planned.question, *planned.choices)))}</p>"
        )
        st.button(
            "Poser cette question",
            key="ask-planned",
            type="primary",
            icon=":material/forum:",
            on_click=acting.act_on_session,
            args=(shown.workshop_id, questions.ask_group),
            kwargs={
                "kind": planned.kind,
                "question": planned.question,
                "choices": planned.choices,
                "operation": command_id(shown, "planned"),
                "told": "La question est sur tous les écrans.",
            },
        )


def _draw_question(shown: Board, one: LedQuestion) -> None:
    st.subheader(layout.escape_markdown(one.question), anchor=False)
    count = "1 réponse" if one.answered == 1 else f"{one.answered} réponses"
    st.text(f"{_STATES.get(one.state, '')} · {count}")
    if one.kind in questions.WRITTEN_KINDS:
        _draw_written(shown, one)
        if one.kind == "nuage":
            _draw_words(one)
    else:
        labels = one.choices or tuple(str(step) for step in questions.SCALE)
        st.text("\n".join(f"{label}\u00a0: {number}" for label, number in zip(labels, one.counts, strict=True)))
    with st.container(horizontal=True, gap="small"):
        _draw_gestures(shown, one)


def _draw_gestures(shown: Board, one: LedQuestion) -> None:
    if one.state is not QuestionState.SHOWN:
        st.button(
            "Montrer au mur",
            key=f"show-{one.id}",
            type="primary",
            icon=":material/tv:",
            on_click=_show_ready,
            args=(shown, one),
        )
    elif fresh := _ready_keys(one):
        words = "Montrer la nouvelle" if len(fresh) == 1 else f"Montrer les {len(fresh)} nouvelles"
        st.button(words, key=f"show-{one.id}", type="primary", on_click=_show_ready, args=(shown, one))
    if one.state is QuestionState.OPEN:
        _state_button(shown, one, "Fermer", QuestionState.CLOSED)
    elif one.state is QuestionState.SHOWN:
        _state_button(shown, one, "Enlever du mur", QuestionState.CLOSED)
    else:
        _state_button(shown, one, "Rouvrir", QuestionState.OPEN)
    if one.answered:
        st.button(
            "Tout effacer",
            key=f"clear-{one.id}",
            type="tertiary",
            on_click=acting.act_on_session,
            args=(shown.workshop_id, questions.clear_answers),
            kwargs={"question_id": one.id, "told": "Les réponses sont effacées."},
        )


def _state_button(shown: Board, one: LedQuestion, words: str, to: QuestionState) -> None:
    st.button(
        words,
        key=f"state-{one.id}",
        on_click=acting.act_on_session,
        args=(shown.workshop_id, questions.change_question),
        kwargs={"question_id": one.id, "to": to},
    )


def _draw_written(shown: Board, one: LedQuestion) -> None:
    """List the answers: those to read twice first, each with the gesture that shows or hides it alone."""
    if any(answer.to_read_twice for answer in one.answers):
        st.text("«\u00a0À relire\u00a0»\u00a0: un mot dur ou un prénom. Ces réponses ne partent pas avec les autres.")
    for answer in one.answers:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"cj-answer-{one.id}-{answer.key}"
        ):
            mark = {AnswerState.SHOWN: "Au mur\u00a0: ", AnswerState.HIDDEN: "Cachée\u00a0: "}.get(answer.state, "")
            warned = "À relire\u00a0: " if answer.to_read_twice and not mark else ""
            st.text(f"{mark}{warned}{answer.text}")
            _answer_button(shown, one, answer)


def _draw_words(one: LedQuestion) -> None:
    """Draw the cloud as it is on the wall, as a table that everybody can read."""
    words = answers.cloud_words(answer.text for answer in one.answers if answer.state is AnswerState.SHOWN)
    if not words:
        return
    rows = "".join(f'<tr><th scope="row">{escape(word.word)}</th><td>{word.count}</td></tr>' for word in words)
    st.html(
        '<table class="cj-table"><caption>Le nuage, en tableau</caption><thead><tr><th scope="col">Mot</th>'
        f'<th scope="col">Fois</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _answer_button(shown: Board, one: LedQuestion, answer: HeldAnswer) -> None:
    hidden = answer.state is AnswerState.HIDDEN
    alone = answer.state is AnswerState.HELD and answer.to_read_twice
    words = "Montrer quand même" if alone else "Remettre" if hidden else "Cacher"
    to = AnswerState.SHOWN if alone else AnswerState.HELD if hidden else AnswerState.HIDDEN
    st.button(
        words,
        key=f"answer-{one.id}-{answer.key}",
        type="tertiary",
        on_click=_set_answer,
        args=(shown, one, answer.key, to),
    )
    if alone:
        st.button(
            "Cacher",
            key=f"hide-{one.id}-{answer.key}",
            type="tertiary",
            on_click=_set_answer,
            args=(shown, one, answer.key, AnswerState.HIDDEN),
        )


def _draw_form(shown: Board) -> None:
    kind = st.segmented_control(
        "Forme de la réponse",
        list(_KINDS),
        default="choix",
        format_func=lambda one: _KINDS[one],
        key="question-kind",
        required=True,
    )
    assert kind is not None  # one is required
    with st.form("ask-group", border=False, enter_to_submit=False):
        text_boxes.draw_message(
            "Question, en « tu »", key=_QUESTION, most=workshop_policy.GROUP_QUESTION_LENGTH, placeholder=_HINTS[kind]
        )
        if kind == "choix":
            text_boxes.draw_message("Réponses, une par ligne (2 à 6)", key=_CHOICES, most=_CHOICES_LENGTH, height=120)
        st.form_submit_button(
            "Poser au groupe",
            key="ask",
            type="primary",
            icon=":material/forum:",
            on_click=_ask_group,
            args=(shown, kind),
        )


def _ask_group(shown: Board, kind: str) -> None:
    said = session_state.widget_value(_QUESTION, str) or ""
    choices = (session_state.widget_value(_CHOICES, str) or "") if kind == "choix" else ""
    if acting.run_on_session(
        shown.workshop_id, questions.ask_group, told="La question est sur tous les écrans.",
        kind=kind, question=said, choices=choices.split("\n"), operation=command_id(shown, "question"),
    ):  # fmt: skip
        text_boxes.clear_messages(_QUESTION, _CHOICES)


def _ready_keys(one: LedQuestion) -> tuple[str, ...]:
    return tuple(answer.key for answer in one.answers if answer.state is AnswerState.HELD and not answer.to_read_twice)


def _show_ready(shown: Board, one: LedQuestion) -> None:
    """Show what the trainer has on the screen at this moment, never what came since."""
    acting.act_on_session(shown.workshop_id, questions.show_answers, question_id=one.id, keys=_ready_keys(one))


def _set_answer(shown: Board, one: LedQuestion, key: str, to: AnswerState) -> None:
    acting.act_on_session(shown.workshop_id, questions.set_answer_state, question_id=one.id, key=key, to=to)
