"""« Administration »: links to its pages."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui import signin
from clicnjob.ui.admin import home

me = signin.require_role(Role.HEAD, Role.ADMIN)

st.title("Administration", anchor=False)
home.doors(me)
