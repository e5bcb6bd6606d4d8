"""« Le téléphone »: rehearse a telephone call."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.interview import book, phone

me = guard.require_role(*YOUNG_ROLES)
call = phone.chosen_call()

with st.container(key="cj-narrow"):
    if call is None:
        phone.draw_calls()
    else:
        phone.play_call(call)
    book.draw_way_back()
