"""« Avec mon conseiller »: comments on the CV, appointments and notes."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, navigation
from clicnjob.ui.young import messages, thread
from clicnjob.ui.young.privacy import notifications

me = guard.require_role(*YOUNG_ROLES)

st.title("Avec mon conseiller", anchor=False)
st.text("Ici, tu lis tout ce que ton conseiller t’a écrit.")
thread.draw_own_thread(me)
messages.draw_history(messages.read_messages(me), messages.notes_of(me))
notifications.draw_way_in(me)
if st.button("Retour à mon chemin", key="back-home", icon=":material/arrow_back:"):
    st.switch_page(navigation.page_path("young/path.py"))
