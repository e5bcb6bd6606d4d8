"""« Ce que j’aime »: the interest quiz, one statement a screen, then jobs to look at."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import jobs, navigation, quiz, signin

me = signin.require_role(*YOUNG_ROLES)
jobs.follow()
state = quiz.read(me)

if state.statement is not None:
    quiz.question(state)
else:
    quiz.result(state)
if st.button("Chercher avec mes mots", key="to-jobs", icon=":material/search:", type="tertiary"):
    st.switch_page(navigation.page("young/jobs.py"))
