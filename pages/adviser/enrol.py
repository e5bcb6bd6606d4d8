"""« Inscrire une liste »: upload a file, check it, then enrol everybody or nobody."""

import streamlit as st

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui import enrolment, frame, signin

me = signin.require_role(*SUPPORT_ROLES)

st.title("Inscrire une liste", anchor=False)
st.text("Une ligne par jeune. Le prénom et le nom suffisent. Tout le monde est inscrit, ou personne.")
if me.projected:
    frame.names_not_shown()
    st.stop()
enrolment.model()
found = enrolment.given(me)
if found is not None:
    enrolment.read_so(found)
    enrolment.confirm(found, enrolment.twins_kept(found))
enrolment.latest(me)
