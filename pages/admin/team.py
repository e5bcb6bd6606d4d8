"""« Équipe »: the professionals of the organisation, their roles and invitations."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui import signin
from clicnjob.ui.admin import team

me = signin.require_role(Role.HEAD, Role.ADMIN)

st.title("Équipe", anchor=False)
team.page(me, team.place(me))
