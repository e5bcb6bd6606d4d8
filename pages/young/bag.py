"""« Mon sac »: all answers by stage, each with a button to change them, and earlier versions."""

import streamlit as st

from clicnjob.cv import guide
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import bag_list, desk, navigation, signin
from clicnjob.ui.guide import way
from clicnjob.ui.privacy import doors

me = signin.require_role(*YOUNG_ROLES)
now = desk.opened(me)

st.title("Mon sac", anchor=False)
st.text("Tout ce que tu as répondu est ici. Ça sert à tous tes CV.")
with st.container(key="cj-bag"):
    for stage, words in bag_list.STAGES.items():
        with st.container(key=f"cj-bag-{stage}", border=True):
            st.header(words, anchor=False)
            lines = bag_list.lines(now, stage)
            for line in lines or ["Rien pour l’instant."]:
                st.text(line)
            if st.button("Changer" if lines else "Répondre", key=f"go-{stage}", icon=":material/edit:"):
                way.go(guide.first_of(stage))
                st.switch_page(navigation.page("young/guide.py"))
doors.way_in()
with st.expander("Revenir à une version d’avant", icon=":material/history:", key="history"):
    bag_list.history(now)
