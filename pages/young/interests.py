"""« Ce que j’aime »: the interest quiz, one statement a screen, then jobs to look at."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, navigation
from clicnjob.ui.young.jobs import quiz, search

me = guard.require_role(*YOUNG_ROLES)
search.follow_to_sheet()
state = quiz.read_quiz(me)

if state.statement is not None:
    quiz.draw_statement(state)
else:
    quiz.draw_result(state)
if st.button("Chercher avec mes mots", key="to-jobs", icon=":material/search:", type="tertiary"):
    st.switch_page(navigation.page_path("young/jobs.py"))
