"""« Sur papier »: questionnaires and cards for those without a computer."""

import streamlit as st

from clicnjob.models import STAFF_ROLES, SUPPORT_ROLES
from clicnjob.ui.shell import guard, navigation
from clicnjob.ui.widgets import download
from clicnjob.ui.young.interview import hub
from clicnjob.ui.young.learn import lesson_papers

me = guard.require_role(*STAFF_ROLES)

st.title("Sur papier", anchor=False)
st.text("Pour ceux qui n’ont pas de place devant un écran : les mêmes questions, à remplir au stylo.")
download.download_button(
    "Télécharger le questionnaire de CV", document="questionnaire", icon=":material/edit_note:", primary=True
)
st.header("Trouver ce que l’on aime", anchor=False)
with st.container(key="cj-quiz-papers"):
    download.download_button("Le test « Ce que j’aime »", document="quiz", icon=":material/favorite:")
    if me.roles & SUPPORT_ROLES and st.button(
        "Le faire en groupe, projeté", key="to-group-quiz", icon=":material/groups:", width="stretch"
    ):
        st.switch_page(navigation.page_path("trainer/group_quiz.py"))
st.header("Faire le point sur le numérique", anchor=False)
with st.container(key="cj-check-papers"):
    download.download_button("Le point numérique, une page", document="check-paper", icon=":material/computer:")
hub.draw_papers()
lesson_papers.draw_papers(me)
