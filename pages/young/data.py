"""« Mes données »: links to the pages about personal data, and the privacy notice."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import signin
from clicnjob.ui.privacy import doors, notices

me = signin.require_role(*YOUNG_ROLES)
plan = doors.planned(me)

st.title("Mes données", anchor=False)
st.text("Elles sont à toi. C’est toi qui décides.")
doors.to_come(plan)
doors.doors()
with st.expander("Relire la notice", icon=":material/description:", key="notice"):
    notices.sentences()
