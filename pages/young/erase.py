"""« Effacer mes données »: what is erased, when, and cancelling it."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import signin
from clicnjob.ui.privacy import doors, erase

me = signin.require_role(*YOUNG_ROLES)
plan = doors.planned(me)

st.title("Effacer mes données", anchor=False)
st.text("Pense à emporter tes données avant.")
erase.what_goes()
if plan.frozen_why:
    doors.to_come(plan, with_way=False)
else:
    erase.choice(me, plan)
doors.back()
