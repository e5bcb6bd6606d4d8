"""« Mon pitch »: five pieces, one a screen, then the whole text to say in 30 seconds."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import desk, signin
from clicnjob.ui.interview import book, pitch

me = signin.require_role(*YOUNG_ROLES)
kept = book.read(me)
now = desk.opened(me)

with st.container(key="cj-narrow"):
    pitch.draw(now, kept)
    book.tools()
