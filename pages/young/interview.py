"""« Mon entretien »: what comes next, and the six ways to prepare."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.interview import book, hub

me = guard.require_role(*YOUNG_ROLES)
kept = book.read_notebook(me)

st.title("Mon entretien", anchor=False)
st.text("Dis tes réponses à voix haute avant le jour J. C’est ce qui aide le plus.")
hub.draw_near(kept)
hub.draw_ways()
