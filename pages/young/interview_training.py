"""« M’entraîner »: choose a job or a theme and a length, then answer one question a screen."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.interview import book, training

me = guard.require_role(*YOUNG_ROLES)
kept = book.read_notebook(me)

with st.container(key="cj-narrow"):
    training.draw_training(me, kept)
