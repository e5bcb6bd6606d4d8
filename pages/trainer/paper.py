"""On paper: the CV questionnaire for those without a seat."""

import streamlit as st

from clicnjob.models import STAFF_ROLES
from clicnjob.ui import signin
from clicnjob.ui.interview import hub
from clicnjob.ui.widgets import download

me = signin.require_role(*STAFF_ROLES)

st.title("Sur papier", anchor=False)
st.text("Pour ceux qui n’ont pas de place devant un écran : les mêmes questions, à remplir au stylo.")
download.button(
    "Télécharger le questionnaire de CV", document="questionnaire", icon=":material/edit_note:", primary=True
)
hub.papers()
