"""« Mon dossier »: all stored data, and links to import or erase it."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.privacy import entry, stored_work

me = guard.require_role(*YOUNG_ROLES)
found = stored_work.read_stored_work(me)

st.title("Mon dossier", anchor=False)
st.text("Voici tout ce qui est gardé sur toi.")
stored_work.draw_groups(found)
stored_work.take_away()
with st.container(horizontal=True):
    entry.draw_page_button("Reprendre un fichier emporté", "young/cvs.py", "go-reopen", ":material/attach_file:")
    entry.draw_page_button("Effacer mes données", "young/erase.py", "go-erase", ":material/delete_forever:")
entry.draw_way_back()
