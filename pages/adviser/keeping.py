"""« Conservation »: files due for erasure, and those that the head freezes."""

import streamlit as st

from clicnjob.models import Role
from clicnjob.ui import frame, signin
from clicnjob.ui.privacy import keeping

me = signin.require_role(Role.ADVISER, Role.HEAD)

st.title("Conservation des dossiers", anchor=False)
st.text("Un dossier s’efface 24 mois après le dernier contact. Un appel suffit souvent.")
if me.projected:
    frame.names_not_shown()
    st.stop()
shown = keeping.read(me)
keeping.to_go(shown)
if Role.HEAD in me.roles:
    keeping.frozen_files(shown)
