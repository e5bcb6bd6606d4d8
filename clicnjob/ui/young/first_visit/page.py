"""« On se connaît »: one question a screen, answered by touching, then what the answers changed, to be changed at will."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from clicnjob import db, models, works
from clicnjob.accounts.presence import Present
from clicnjob.cv.model import guide
from clicnjob.learn.first_visit import own_answers
from clicnjob.learn.first_visit.questions import FirstQuestion, FirstStep, answer_in_words
from clicnjob.ui.forms import choice_boxes, question_card
from clicnjob.ui.shell import layout, navigation, session_state, transactions
from clicnjob.ui.young.first_visit import answering
from clicnjob.ui.young.first_visit.answering import Acquaintance
from clicnjob.ui.young.guide import way
from clicnjob.ui.young.privacy import entry

PAGE = "young/first_visit.py"


def read_acquaintance(me: Present) -> Acquaintance:
    """Read what the person answered so far."""
    with db.read_transaction() as session:
        return answering.own_acquaintance(session, of=me)


def current_question(known: Acquaintance) -> FirstQuestion | None:
    """Return the question to draw: one that is asked again, else the next one; None draws the result."""
    again = session_state.FIRST_QUESTION.get()
    return next((one for one in known.questions if one.key == again), None) or known.next_question


def draw_question(known: Acquaintance, one: FirstQuestion) -> None:
    """Draw one question with its answers, and the ways to pass it, to go back and to pass everything."""
    asked = known.questions
    position = asked.index(one)
    about = f"On se connaît en 2 minutes\u00a0: {position + 1} sur {len(asked)}"
    tiles = [(choice.cle, choice.signe, choice.texte) for choice in one.choices]
    with question_card.question_card(one.words, about=about, key=one.key, aid=one.aid):
        if one.several:
            ticked = known.chosen_keys(one)
            question_card.draw_ticks(
                tiles, name="first", key=one.key, ticked=ticked, choose=lambda chosen: _save_answer(one.key, chosen)
            )
        else:
            choice_boxes.draw_tiles(
                tiles, name=f"first-{one.key}", choose=lambda chosen: _save_answer(one.key, [chosen])
            )
    with st.container(horizontal=True):
        if position:
            st.button(
                "La question d’avant",
                key="first-back",
                icon=":material/arrow_back:",
                on_click=session_state.FIRST_QUESTION.set,
                args=(asked[position - 1].key,),
            )
        st.button("Je passe", key="first-pass", on_click=_pass_question, args=(one.key, known.chosen_keys(one)))
        if not known.visit.closed:
            st.button("Tout passer", key="first-close", type="tertiary", on_click=close_questions)
    if not position:
        st.text("Tes réponses sont à toi. Personne d’autre ne les voit.")


def draw_result(known: Acquaintance) -> None:
    """Draw the first step that was found, then each answer with what it changed and a way to change it."""
    st.title("Voilà par où commencer", anchor=False)
    if (step := known.visit.step) is not None:
        draw_step(step, key="first-go")
    else:
        st.text("Tu as tout passé. Pas de souci\u00a0: choisis toi-même sur ton chemin.")
    answered = [(one, said) for one in known.questions if (said := answer_in_words(one, known.chosen_keys(one)))]
    for one, said in answered:
        with st.container(key=f"cj-told-{one.key}", border=True, horizontal=True, vertical_alignment="center"):
            effect = f'<p class="cj-small">{escape(one.effect)}</p>' if one.effect else ""
            st.html(f"<p>{escape(one.words)} <strong>{escape(said)}</strong></p>{effect}")
            st.button(
                "Changer",
                key=f"first-change-{one.key}",
                type="tertiary",
                icon=":material/edit:",
                help=layout.escape_markdown(one.words),
                on_click=session_state.FIRST_QUESTION.set,
                args=(one.key,),
            )
    entry.draw_page_button("Aller à mon chemin", "young/path.py", "first-path", ":material/route:")


def draw_step(step: FirstStep, *, key: str) -> None:
    """Draw the proposed step as the main button, with why."""
    st.text(step.dire)
    icon = f":material/{step.icone}:"
    if st.button(step.libelle, key=key, type="primary", icon=icon, width="stretch"):
        if step.court:
            way.start_at(guide.SHORT_START)
        st.switch_page(navigation.page_path(step.page))


def close_questions() -> None:
    """Ask no more of the questions, from a callback."""
    operation = works.new_operation()
    session_state.FIRST_QUESTION.clear()
    transactions.run_action(lambda session, me: own_answers.close_questions(session, by=me, operation=operation))


def _pass_question(question: str, before: Sequence[str]) -> None:
    """Go on; what was answered before stays."""
    _save_answer(question, before)


def _save_answer(question: str, chosen: Sequence[str]) -> None:
    now = models.utc_now()
    session_state.FIRST_QUESTION.clear()
    transactions.run_action(
        lambda session, me: answering.save_answer(session, by=me, question=question, chosen=chosen, now=now)
    )
