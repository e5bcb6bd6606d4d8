"""« Vers i-milo »: the week of everybody, ready to copy."""

from datetime import date

import streamlit as st

from clicnjob.models import FOLLOWING_ROLES
from clicnjob.ui.adviser import imilo_week
from clicnjob.ui.adviser.person import link
from clicnjob.ui.shell import guard, layout

me = guard.require_role(*FOLLOWING_ROLES)
link.go_on()

imilo_week.back_to_list()
st.title("Vers i-milo", anchor=False)
if me.projected:
    layout.names_not_shown()
    st.stop()
today = date.today()
start, end = imilo_week.chosen_weeks(today)
adviser_id = imilo_week.chosen_adviser(me, today)
shown = imilo_week.read_week(me, start, end, adviser_id, today)
if shown is not None:
    imilo_week.draw_week(shown, today)
