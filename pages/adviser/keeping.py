"""« Conservation »: files due for erasure, and those that the head freezes."""

import streamlit as st

from clicnjob.models import FOLLOWING_ROLES, Role
from clicnjob.ui.adviser import retention
from clicnjob.ui.shell import guard, layout

me = guard.require_role(*FOLLOWING_ROLES)

st.title("Conservation des dossiers", anchor=False)
st.text("Un dossier s’efface 24 mois après le dernier contact. Un appel suffit souvent.")
if me.projected:
    layout.names_not_shown()
    st.stop()
shown = retention.retention_lists(me)
retention.to_go(shown)
if Role.HEAD in me.roles:
    retention.frozen_files(shown)
