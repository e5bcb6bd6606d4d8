"""« Premiers réglages »: name of the organisation, own account, team."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui.admin import settings, start
from clicnjob.ui.shell import guard

me = guard.require_role(Role.HEAD, Role.ADMIN)
shown = settings.read(me)

st.title("Premiers réglages", anchor=False)
st.text("Trois petites étapes, dans l’ordre que vous voulez.")
start.name(shown)
start.protection()
start.team()
start.end(shown)
