"""« Effacer mes données »: what is erased, when, and cancelling it."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.privacy import entry, erase

me = guard.require_role(*YOUNG_ROLES)
plan = entry.planned_erasure(me)

st.title("Effacer mes données", anchor=False)
st.text("Pense à emporter tes données avant.")
erase.what_goes()
if plan.frozen_why:
    entry.to_come(plan, with_way=False)
else:
    erase.draw_choice(me, plan)
entry.draw_way_back()
