"""« Mon point numérique »: one question a screen, answered by touching; it ends in lessons, never in a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, works
from clicnjob.accounts.presence import Present
from clicnjob.learn import library, records
from clicnjob.learn.digital_check import own_check, questions
from clicnjob.learn.digital_check.own_check import DigitalCheck
from clicnjob.learn.digital_check.questions import CheckQuestion
from clicnjob.models import ConsentTo
from clicnjob.privacy import permissions, sharing
from clicnjob.privacy.sharing import NOTHING, SharedChoices
from clicnjob.ui.forms import choice_boxes, question_card, text_boxes
from clicnjob.ui.shell import session_state, transactions
from clicnjob.ui.young.learn import opening
from clicnjob.ui.young.privacy import entry
from clicnjob.ui.young.privacy import sharing as switches

BEGUN, PAPER = "debut", "papier"  # what the person chose on the first screen, besides answers


@dataclass(frozen=True)
class CheckPage:
    """What the page reads: the answers, what is shared, and whether there is somebody to share with."""

    check: DigitalCheck
    shared: SharedChoices
    may_share: bool
    done: frozenset[str]


def read_check(me: Present) -> CheckPage:
    """Read the person's answers."""
    with db.read_transaction() as session:
        kept = own_check.own_check(session, of=me)
        may_share = permissions.may_share(me)
        shared = sharing.shared_by(session, of=me.id) if may_share else NOTHING
        done = frozenset(key for (_, key), one in records.own_records(session, of=me).items() if one.finished_at)
        return CheckPage(kept, shared, may_share, done)


def draw_start() -> None:
    """Draw the first screen: what this is, and the two ways to answer."""
    st.title("Mon point numérique", anchor=False)
    st.text("Dix questions avec des images. Ce n’est pas un examen.")
    st.text("À la fin, deux ou trois leçons pour toi. Personne ne voit tes réponses, sauf si tu les montres.")
    with st.container(key="cj-next", horizontal=True):
        st.button(
            "Je commence",
            key="check-begin",
            type="primary",
            icon=":material/play_arrow:",
            width="stretch",
            on_click=session_state.CHECK_STEP.set,
            args=(BEGUN,),
        )
        st.button(
            "Je l’ai fait sur papier",
            key="check-paper",
            icon=":material/edit_note:",
            width="stretch",
            on_click=session_state.CHECK_STEP.set,
            args=(PAPER,),
        )


def draw_question(page: CheckPage, one: CheckQuestion) -> None:
    """Draw the current question with its answers, and a way to pass it and to go back."""
    asked = questions.check_questions()
    position = asked.index(one)
    tiles = [(choice.cle, choice.signe, choice.texte) for choice in one.choix]
    about = f"{position + 1} sur {len(asked)}"
    with question_card.question_card(one.question, about=about, key=one.cle, aid=one.aide):
        if one.genre == "lien":
            st.html(f'<p class="cj-message">{escape(one.ligne)}</p>')
        if one.genre == "plusieurs":
            question_card.draw_ticks(
                tiles, name="check", key=one.cle, choose=lambda chosen: _answer_question(one.cle, chosen)
            )
        elif one.genre == "corriger":
            _draw_line(one)
        else:
            choice_boxes.draw_tiles(
                tiles, name=f"check-{one.genre}", choose=lambda chosen: _answer_question(one.cle, [chosen])
            )
    with st.container(horizontal=True):
        if position:
            st.button(
                "La question d’avant",
                key="check-back",
                icon=":material/arrow_back:",
                on_click=_take_back,
                args=(asked[position - 1].cle,),
            )
        st.button("Je passe", key="check-pass", type="tertiary", on_click=_answer_question, args=(one.cle, []))


def draw_result(page: CheckPage) -> None:
    """Draw the lessons that may help, the switch that shows the answers, and what comes next."""
    st.title("Voilà ce qui peut t’aider", anchor=False)
    proposed = sorted(questions.proposed_lessons(page.check.answers), key=lambda rule: rule.lecon in page.done)
    for position, rule in enumerate(proposed):
        with st.container(key=f"cj-check-lesson-{rule.lecon}", border=True):
            why = f"Déjà faite. {rule.parce_que}" if rule.lecon in page.done else rule.parce_que
            st.button(
                library.lesson_with_id(rule.lecon).titre,
                key=f"check-lesson-{rule.lecon}",
                type="secondary" if position or rule.lecon in page.done else "primary",
                icon=":material/check:" if rule.lecon in page.done else ":material/school:",
                width="stretch",
                on_click=opening.open_lesson,
                args=(rule.lecon,),
            )
            st.html(f'<p class="cj-small">{escape(why)}</p>')
    if page.may_share:
        with st.container(key="cj-check-share", border=True):
            st.text("Tes réponses sont à toi. Tu peux les montrer, ou non.")
            switches.draw_switch(ConsentTo.CHECK, shown=page.shared.digital_check)
    with st.container(horizontal=True):
        entry.draw_page_button("Mon chemin", "young/path.py", "check-path", ":material/route:")
        entry.draw_page_button("Ma fiche de liaison", "young/liaison.py", "check-liaison", ":material/contact_page:")
        entry.draw_page_button("Ce qui me bloque", "young/obstacles.py", "check-obstacles", ":material/signpost:")
        st.button("Recommencer", key="check-again", icon=":material/replay:", type="tertiary", on_click=_forget_answers)


def _draw_line(one: CheckQuestion) -> None:
    with st.form(f"check-form-{one.cle}", border=False):
        key = f"check-line-{one.cle}"
        text_boxes.draw_message("Corrige ici", key=key, value=one.ligne, most=120)
        st.form_submit_button(
            "Suivant", key="check-next", type="primary", icon=":material/arrow_forward:",
            on_click=_answer_line, args=(one, key),
        )  # fmt: skip


def _answer_line(one: CheckQuestion, key: str) -> None:
    _answer_question(one.cle, [one.answer_of_line(session_state.widget_value(key, str) or "")])


def _answer_question(question: str, chosen: Sequence[str]) -> None:
    operation, today = works.new_operation(), date.today()
    transactions.run_action(
        lambda session, me: own_check.answer_question(
            session, by=me, question=question, chosen=chosen, operation=operation, today=today
        )
    )


def _take_back(question: str) -> None:
    operation = works.new_operation()
    session_state.CHECK_STEP.set(BEGUN)
    transactions.run_action(
        lambda session, me: own_check.take_back_answer(session, by=me, question=question, operation=operation)
    )


def _forget_answers() -> None:
    operation = works.new_operation()
    session_state.CHECK_STEP.clear()
    transactions.run_action(lambda session, me: own_check.forget_answers(session, by=me, operation=operation))
