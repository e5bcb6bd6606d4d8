"""« Mon dossier »: all stored data, and links to import or erase it."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import signin
from clicnjob.ui.privacy import doors, held

me = signin.require_role(*YOUNG_ROLES)
found = held.read(me)

st.title("Mon dossier", anchor=False)
st.text("Voici tout ce qui est gardé sur toi.")
held.groups(found)
held.take_away()
with st.container(horizontal=True):
    doors.go("Reprendre un fichier emporté", "young/cvs.py", "go-reopen", ":material/attach_file:")
    doors.go("Effacer mes données", "young/erase.py", "go-erase", ":material/delete_forever:")
doors.back()
