"""What a young person chose to show, one thing at a time; nothing is drawn, not even a title, while they show nothing."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.learn import obstacles
from clicnjob.learn.digital_check import questions
from clicnjob.learn.digital_check.own_check import DigitalCheck
from clicnjob.ui.shell import layout
from clicnjob.ui.widgets import download


def draw_shared_part(me: Present, shown: PersonFile) -> None:
    """Draw the obstacles and the digital check, each only if the person shows it."""
    if not shown.obstacles and not (shown.check and shown.check.answers):
        return
    st.header("Ce que la personne a choisi de montrer", anchor=False)
    if me.projected:
        layout.content_not_shown()
        return
    download.download_button(
        "Fiche de liaison, avec ces seules lignes",
        document="liaison-shared",
        work_id=shown.id,
        icon=":material/contact_page:",
    )
    lines = [
        f"<li><strong>{escape(one.titre)}</strong><br>Premier pas proposé\u00a0: {escape(one.geste)}</li>"
        for one in obstacles.known_obstacles()
        if one.cle in shown.obstacles
    ]
    if lines:
        st.html(f'<ul class="cj-plain-list">{"".join(lines)}</ul>')
    if shown.check and shown.check.answers:
        _draw_check(shown.check)


def _draw_check(check: DigitalCheck) -> None:
    st.subheader("Point numérique", anchor=False)
    said = [(one.question, questions.answer_in_words(one, check.answers)) for one in questions.check_questions()]
    facts = "".join(f"<dt>{escape(asked)}</dt><dd>{escape(answer)}</dd>" for asked, answer in said if answer)
    st.html(f'<dl class="cj-facts">{facts}</dl>')
    if check.next_question is None:
        titles = ", ".join(rule.titre for rule in questions.proposed_lessons(check.answers))
        st.text(f"Leçons proposées\u00a0: {titles}.")
