"""« Structures »: the organisations of the installation."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui import signin
from clicnjob.ui.admin import structures

me = signin.require_role(Role.ADMIN)

st.title("Structures", anchor=False)
structures.structures(me)
structures.new_structure()
