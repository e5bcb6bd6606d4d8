"""« Mon pitch »: five pieces, one a screen, then the whole text to say in 30 seconds."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, open_work
from clicnjob.ui.young.interview import book, pitch

me = guard.require_role(*YOUNG_ROLES)
kept = book.read_notebook(me)
now = open_work.opened_desk(me)

with st.container(key="cj-narrow"):
    pitch.draw_pitch(now, kept)
    book.draw_tools()
