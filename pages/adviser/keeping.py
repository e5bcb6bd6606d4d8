"""« Conservation »: which files are to be erased and when; the head freezes those that must be kept."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui import signin
from clicnjob.ui.privacy import keeping

me = signin.require_role(Role.ADVISER, Role.HEAD)
shown = keeping.read(me)

st.title("Conservation des dossiers", anchor=False)
st.text("Un dossier s’efface 24 mois après la dernière visite. Un appel suffit souvent.")
keeping.to_go(shown)
if Role.HEAD in me.roles:
    keeping.frozen_files(shown)
