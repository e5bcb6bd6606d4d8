"""« Structures »: the organisations of the installation."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui.admin import structures
from clicnjob.ui.shell import guard

me = guard.require_role(Role.ADMIN)

st.title("Structures", anchor=False)
structures.draw_structures(me)
structures.new_structure()
