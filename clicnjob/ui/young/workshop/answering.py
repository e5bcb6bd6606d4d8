"""The question to the group on a participant's screen: one question, ticking first, and a sentence that says who sees it."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob import models, workshop_policy
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, transactions
from clicnjob.workshops.live import questions
from clicnjob.workshops.live.answers import QuestionToAnswer

_BOX = "group-answer"


def draw_question(one: QuestionToAnswer) -> None:
    """Draw the open question with its choices or its box, and what became of the person's answer."""
    with st.container(key="cj-group-question", border=True):
        st.header(layout.escape_markdown(one.question), anchor=False)
        if one.answered:
            st.html('<p class="cj-help" role="status">C’est envoyé. Tu peux changer ta réponse.</p>')
        else:
            st.text("Ton nom n’est pas montré.")
        if one.kind in questions.WRITTEN_KINDS:
            _draw_box(one)
        else:
            _draw_choices(one)


def draw_group(together: tuple[str, ...]) -> None:
    """Say with whom the person was drawn; nothing without a draw."""
    if together:
        people = together[0] if len(together) == 1 else f"{', '.join(together[:-1])} et {together[-1]}"
        st.html(f'<p class="cj-about">Tu travailles avec {escape(people)}.</p>')


def _draw_choices(one: QuestionToAnswer) -> None:
    scale = one.kind == "echelle"
    offered = [(step, str(step)) for step in questions.SCALE] if scale else enumerate(one.choices)
    if scale:
        st.text("1\u00a0: pas du tout. 5\u00a0: tout à fait.")
    with st.container(key="cj-group-choices", horizontal=scale, gap="small"):
        for place, words in offered:
            st.button(
                layout.escape_markdown(words),
                key=f"group-choice-{one.id}-{place}",
                type="primary" if one.answered and one.choice == place else "secondary",
                width="content" if scale else "stretch",
                wrap=True,
                on_click=_answer_question,
                args=(one.id, "", place),
            )


def _draw_box(one: QuestionToAnswer) -> None:
    word = one.kind == "nuage"
    with st.form(f"group-answer-{one.id}", enter_to_submit=word, border=False):
        typed = text_boxes.draw_message(
            "Ton mot" if word else "Ta phrase",
            key=f"{_BOX}-{one.id}",
            most=workshop_policy.CLOUD_WORD_LENGTH if word else workshop_policy.GROUP_ANSWER_LENGTH,
            height=0 if word else 96,
            value=one.text,
        )
        if st.form_submit_button("Envoyer", key=f"group-send-{one.id}", type="primary", icon=":material/send:"):
            _answer_question(one.id, typed, None)
            st.rerun()


def _answer_question(question_id: str, typed: str, choice: int | None) -> None:
    transactions.run_action(
        lambda session, me: questions.answer_question(
            session, by=me, question_id=question_id, written=typed, choice=choice, now=models.utc_now()
        )
    )
