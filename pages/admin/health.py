"""« Santé »: the state of the installation."""

import streamlit as st

from clicnjob import models
from clicnjob.models import Role
from clicnjob.ui.admin import health
from clicnjob.ui.shell import guard

me = guard.require_role(Role.ADMIN)
found, here = health.installation_health()

st.title("Santé de l’installation", anchor=False)
health.draw_warnings(found, models.utc_now())
health.draw_state(found, here)
