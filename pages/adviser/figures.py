"""« Chiffres »: figures of the cohort for the team and for reports."""

from datetime import date

import streamlit as st

from clicnjob.models import FOLLOWING_ROLES
from clicnjob.ui.adviser import figures
from clicnjob.ui.shell import guard

me = guard.require_role(*FOLLOWING_ROLES)
today = date.today()

st.title("Chiffres", anchor=False)
start, end = figures.chosen_period(today)
whose = figures.chosen_people(me, today)
found = figures.shown_figures(me, start, end, whose, today)
if found is not None:
    figures.draw_figures(found, today)
    figures.take_along(start, end, whose)
