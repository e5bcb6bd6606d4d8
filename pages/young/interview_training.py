"""« M’entraîner »: choose a job or a theme and a length, then answer one question a screen."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import signin
from clicnjob.ui.interview import book, training

me = signin.require_role(*YOUNG_ROLES)
kept = book.read(me)

with st.container(key="cj-narrow"):
    training.draw(me, kept)
