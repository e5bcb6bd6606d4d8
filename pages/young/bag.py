"""« Mon sac »: all answers by stage, each with a button to change them, and earlier versions."""

import streamlit as st

from clicnjob.cv.model import guide
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, navigation, open_work
from clicnjob.ui.young.cv import bag_list
from clicnjob.ui.young.guide import way
from clicnjob.ui.young.privacy import entry

me = guard.require_role(*YOUNG_ROLES)
now = open_work.opened_desk(me)

st.title("Mon sac", anchor=False)
st.text("Tout ce que tu as répondu est ici. Ça sert à tous tes CV.")
with st.container(key="cj-bag"):
    for stage, words in bag_list.STAGES.items():
        with st.container(key=f"cj-bag-{stage}", border=True):
            st.header(words, anchor=False)
            lines = bag_list.stage_lines(now, stage)
            for line in lines or ["Rien pour l’instant."]:
                st.text(line)
            if st.button("Changer" if lines else "Répondre", key=f"go-{stage}", icon=":material/edit:"):
                way.start_at(guide.first_of(stage))
                st.switch_page(navigation.page_path("young/guide.py"))
entry.way_in()
with st.expander("Revenir à une version d’avant", icon=":material/history:", key="history"):
    bag_list.draw_versions(now)
