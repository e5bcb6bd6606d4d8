"""« Équipe »: the professionals of the organisation, their roles and invitations."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui.admin import team
from clicnjob.ui.shell import guard

me = guard.require_role(Role.HEAD, Role.ADMIN)

st.title("Équipe", anchor=False)
team.draw_team(me, team.chosen_structure(me))
