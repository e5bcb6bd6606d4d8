"""« Administration »: links to its pages."""

import streamlit as st

from clicnjob.models import MANAGING_ROLES
from clicnjob.ui.admin import home
from clicnjob.ui.shell import guard

me = guard.require_role(*MANAGING_ROLES)

st.title("Administration", anchor=False)
home.draw_page_cards(me)
