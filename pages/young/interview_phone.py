"""« Le téléphone »: rehearse a telephone call."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import signin
from clicnjob.ui.interview import book, phone

me = signin.require_role(*YOUNG_ROLES)
call = phone.chosen()

with st.container(key="cj-narrow"):
    if call is None:
        phone.choose()
    else:
        phone.play(call)
    book.back()
