"""« Équipe »: the professionals of the organisation, their roles and invitations."""

import streamlit as st

from clicnjob.models import MANAGING_ROLES
from clicnjob.ui.admin import team
from clicnjob.ui.shell import guard

me = guard.require_role(*MANAGING_ROLES)

st.title("Équipe", anchor=False)
team.draw_team(me, team.chosen_structure(me))
