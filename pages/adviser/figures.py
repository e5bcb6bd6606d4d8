"""« Chiffres »: figures of the cohort for the team and for reports."""

from datetime import date

import streamlit as st

from clicnjob.models import FOLLOWING_ROLES
from clicnjob.ui.adviser import figures
from clicnjob.ui.shell import guard

me = guard.require_role(*FOLLOWING_ROLES)

st.title("Chiffres", anchor=False)
st.text("Des nombres, jamais des personnes. En dessous de 5, le nombre n’est pas dit.")
start, end = figures.chosen_period(date.today())
list_id = figures.chosen_list(me)
found = figures.shown_figures(me, start, end, list_id)
if found is not None:
    figures.draw_figures(found, end)
    figures.take_along(start, end, list_id)
