"""« Reprendre mon CV »: opening a file made here, or reading a CV made elsewhere."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, navigation, open_work, session_state
from clicnjob.ui.young.cv import old_cv, reopening

me = guard.require_role(*YOUNG_ROLES)
now = open_work.opened_desk(me)
if session_state.REOPENED.take():
    session_state.tell_once("C’est repris. Tes réponses sont là.")
    st.switch_page(navigation.page_path("young/path.py"))

st.title("Reprendre mon CV", anchor=False)
if (brought := session_state.BROUGHT.get()) is not None:
    reopening.draw_brought(now, brought)
elif (found := session_state.OLD_CV.get()) is not None:
    old_cv.draw_questions(now, found)
else:
    reopening.draw_box()
