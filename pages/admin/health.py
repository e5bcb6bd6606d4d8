"""« Santé »: the state of the installation."""

import streamlit as st

from clicnjob import models
from clicnjob.models import Role
from clicnjob.ui.admin import health
from clicnjob.ui.shell import guard

me = guard.require_role(Role.ADMIN)
found, here = health.read()

st.title("Santé de l’installation", anchor=False)
health.warnings(found, models.now())
health.state(found, here)
