"""« Apprendre »: lessons of a few minutes by theme, and scenes to play."""

import streamlit as st

from clicnjob import models
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.learn import listing, opening

me = guard.require_role(*YOUNG_ROLES)
opening.follow_to_content()
now = models.utc_now()
kept, written = listing.read_page(me, now=now)

with st.container(key="cj-narrow"):
    listing.draw_page(kept, written, now=now)
