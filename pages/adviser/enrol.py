"""Signing a whole list up: a file, a look at what it says, then everybody or nobody."""

import streamlit as st

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui import enrolment, signin

me = signin.require_role(*SUPPORT_ROLES)

st.title("Inscrire une liste", anchor=False)
st.text("Une ligne par jeune. Le prénom et le nom suffisent. Tout le monde est inscrit, ou personne.")
if me.projected:
    st.info(
        "Mode projection\u00a0: un tableau de noms ne se montre pas. Quittez-le d’abord.",
        icon=":material/visibility_off:",
    )
    st.stop()
enrolment.model()
found = enrolment.given(me)
if found is not None:
    enrolment.read_so(found)
    enrolment.confirm(found, enrolment.twins_kept(found))
enrolment.latest(me)
