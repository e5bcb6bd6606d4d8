"""« Mon entretien »: what comes next, and the six ways to prepare."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import signin
from clicnjob.ui.interview import book, hub

me = signin.require_role(*YOUNG_ROLES)
kept = book.read(me)

st.title("Mon entretien", anchor=False)
st.text("Dis tes réponses à voix haute avant le jour J. C’est ce qui aide le plus.")
hub.near(kept)
hub.doors()
