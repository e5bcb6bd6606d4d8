"""« Qui a vu mon dossier »: accesses of the last 90 days."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import signin
from clicnjob.ui.privacy import doors, views

me = signin.require_role(*YOUNG_ROLES)
found = views.read(me)

st.title("Qui a vu mon dossier", anchor=False)
st.text("Ces 90 derniers jours. Une ligne par jour et par personne.")
views.listed(found)
doors.back()
