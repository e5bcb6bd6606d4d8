"""How « Mon chemin » opens the questions of the first visit once, offers them afterwards, and shows the step that they found."""

from __future__ import annotations

import streamlit as st

from clicnjob import db
from clicnjob.accounts import structure_settings
from clicnjob.accounts.presence import Present
from clicnjob.ui.shell import navigation, session_state
from clicnjob.ui.young.first_visit import page
from clicnjob.ui.young.first_visit.answering import Acquaintance
from clicnjob.ui.young.privacy import entry


def follow_to_questions(me: Present, *, nothing_yet: bool) -> None:
    """Open the questions for somebody who has done nothing here yet, where their structure wishes it, once a visit.

    In a group session the trainer says what comes first, so nothing opens by itself.
    """
    if not nothing_yet or me.participant_id or session_state.FIRST_VISIT_OFFERED.get():
        return
    with db.read_transaction() as session:
        wished = structure_settings.asks_first_questions(session, of=me)
    session_state.FIRST_VISIT_OFFERED.set(wished)
    if wished:
        st.switch_page(navigation.page_path(page.PAGE))


def draw_on_home(known: Acquaintance, *, fresh: bool) -> bool:
    """Draw the step that the answers propose while the CV is not begun, or the rest of the questions.

    Return whether a step was drawn as the main button.
    """
    if known.next_question is not None and (known.visit.answers or session_state.FIRST_VISIT_OFFERED.get()):
        with st.container(key="cj-first-offer", border=True):
            st.text("On se connaît en 2 minutes\u00a0? Quelques questions à toucher.")
            with st.container(horizontal=True):
                words = "Continuer les questions" if known.visit.answers else "Répondre aux questions"
                entry.draw_page_button(words, page.PAGE, "first-on", ":material/waving_hand:")
                st.button("Non merci", key="first-close", type="tertiary", on_click=page.close_questions)
    step = known.visit.step
    if step is None or not fresh or not known.visit.closed:
        return False
    with st.container(key="cj-first-step", border=True):
        page.draw_step(step, key="first-go")
        entry.draw_page_button("Changer mes réponses", page.PAGE, "first-change", ":material/edit:", kind="tertiary")
    return True
