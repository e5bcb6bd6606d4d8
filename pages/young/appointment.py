"""« Demander un rendez-vous »: half-days and reasons to tick."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young import asking_appointment

me = guard.require_role(*YOUNG_ROLES)

with st.container(key="cj-narrow"):
    st.title("Demander un rendez-vous", anchor=False)
    asking_appointment.draw_questions(me)
