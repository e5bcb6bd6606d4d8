"""« Inscrire une liste »: upload a file, check it, then enrol everybody or nobody."""

import streamlit as st

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.adviser import import_people
from clicnjob.ui.shell import guard, layout

me = guard.require_role(*SUPPORT_ROLES)

st.title("Inscrire une liste", anchor=False)
st.text("Une ligne par jeune. Le prénom et le nom suffisent. Tout le monde est inscrit, ou personne.")
if me.projected:
    layout.names_not_shown()
    st.stop()
import_people.draw_template()
found = import_people.given_preview(me)
if found is not None:
    import_people.read_so(found)
    import_people.draw_confirmation(found, import_people.twins_kept(found))
import_people.draw_latest_imports(me)
