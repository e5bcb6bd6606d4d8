"""« Premiers réglages »: name of the organisation, own account, team."""

import streamlit as st

from clicnjob.models import MANAGING_ROLES
from clicnjob.ui.admin import settings, start
from clicnjob.ui.shell import guard

me = guard.require_role(*MANAGING_ROLES)
shown = settings.own_settings(me)

st.title("Premiers réglages", anchor=False)
st.text("Trois petites étapes, dans l’ordre que vous voulez.")
start.draw_name_step(shown)
start.draw_protection_step()
start.draw_team_step()
start.end_first_settings(shown)
