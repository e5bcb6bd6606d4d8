"""« Qui a vu mon dossier »: accesses of the last 90 days."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.privacy import entry, views
from clicnjob.ui.young.sending import mail

me = guard.require_role(*YOUNG_ROLES)
found = views.own_views(me)
sent = mail.read_traces(me)

st.title("Qui a vu mon dossier", anchor=False)
st.text("Ces 90 derniers jours. Une ligne par jour et par personne.")
views.draw_views(found)
mail.draw_traces(sent)
entry.draw_way_back()
