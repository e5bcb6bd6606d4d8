"""« Mon entretien »: what comes next, and the six ways to prepare."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young import path
from clicnjob.ui.young.interview import book, coming, hub

me = guard.require_role(*YOUNG_ROLES)
coming.follow_to_day()
kept = book.read_notebook(me)
listed = path.own_choices(me).sent

st.title("Mon entretien", anchor=False)
st.text("Dis tes réponses à voix haute avant le jour J. C’est ce qui aide le plus.")
coming.draw_coming(kept.book, listed)
hub.draw_resume(kept)
hub.draw_ways()
