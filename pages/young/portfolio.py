"""« Ma séance »: the page that a person keeps of a group session."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young import portfolio

me = guard.require_role(*YOUNG_ROLES)
shown = portfolio.read_page(me)

with st.container(key="cj-narrow"):
    portfolio.draw_page(me, shown)
