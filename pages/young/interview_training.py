"""The training: a job or a theme, a length, then one question per screen."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import desk, signin
from clicnjob.ui.interview import book, training

me = signin.require_role(*YOUNG_ROLES)
kept = book.read(me)
at = training.here(kept)

if training.choosing_now(kept):
    training.choose(me)
elif kept.book.training and at.position >= len(kept.book.training.asked):
    training.end(kept)
elif at.looking_back:
    training.look_back(kept, at)
else:
    training.question(me, kept, at)
with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
    desk.saved_mark()
    if kept.book.training and not training.choosing_now(kept):
        training.stop_button()
    book.back()
