"""On the sheet of one person: a lesson or a scene to propose as their next step."""

from __future__ import annotations

from datetime import date

import streamlit as st
from sqlmodel import Session

from clicnjob import models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.support import next_steps
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.models import LearningKind
from clicnjob.ui.adviser import lesson_choice
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, session_state, transactions

_CHOICE, _WORD = "lesson-step-choice", "lesson-step-word"


def draw_proposing(me: Present, shown: PersonFile) -> None:
    """Draw the form; what is proposed becomes the young person's main button, and opens the lesson."""
    offered = lesson_choice.offered_lessons(me)
    with (
        st.expander("Proposer une leçon", icon=":material/school:", key="lesson-step"),
        st.form("lesson-step-form", enter_to_submit=False, border=False),
    ):
        st.selectbox(
            "Leçon ou situation", list(offered), index=None, key=_CHOICE, placeholder="Choisissez",
            format_func=lambda one: offered[one],
        )  # fmt: skip
        text_boxes.draw_message("Un mot (pas obligatoire)", key=_WORD, most=policy.SHORT_WORD_LENGTH)
        st.text("Elle remplace l’étape déjà proposée, s’il y en a une.")
        st.form_submit_button(
            "Proposer cette leçon", key="lesson-step-send", icon=":material/flag:",
            on_click=double_click.act_at_first_click,
            args=("lesson", (_CHOICE, _WORD), _propose_lesson, shown.id, _open_step(shown)),
        )  # fmt: skip


def _open_step(shown: PersonFile) -> str:
    return next((one.id for one in shown.steps if one.done_at is None), "")


def _propose_lesson(account_id: str, instead_of: str) -> None:
    chosen: tuple[LearningKind, str] | None = session_state.widget_value(_CHOICE, tuple)
    word = session_state.widget_value(_WORD, str) or ""
    if chosen is None:
        session_state.tell_once("Choisissez d’abord une leçon dans la liste.")
        return
    kind, content_id = chosen

    def propose_lesson(session: Session, me: Present) -> None:
        next_steps.propose_lesson(
            session, by=me, account_id=account_id, kind=kind, content_id=content_id, word=word,
            today=date.today(), now=models.utc_now(), instead_of=instead_of,
        )  # fmt: skip

    if transactions.run_action(propose_lesson):
        text_boxes.clear_messages(_WORD)
        session_state.tell_once("La leçon est proposée. Elle est sur son accueil.")
