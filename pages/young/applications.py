"""« Mes candidatures »: the applications and their follow-ups, and the official sites with offers."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import applications, desk, offers, signin

me = signin.require_role(*YOUNG_ROLES)
applications.take_wanted()
log = applications.read(me)

st.title("Mes candidatures", anchor=False)
mine, finding = st.tabs(["Ma liste", "Trouver des offres"], key="applications-tabs")
with mine:
    applications.due(log)
    applications.adding(log)
    applications.cards(log)
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        desk.saved_mark()
        st.button("Annuler", icon=":material/undo:", key="undo", type="tertiary", on_click=applications.undo)
    st.text("Ton conseiller ne voit pas cette liste, sauf si tu la partages.")
with finding:
    st.text("Ces sites sont officiels et gratuits. Ils s’ouvrent à côté.")
    offers.official_places(log.wanted)
