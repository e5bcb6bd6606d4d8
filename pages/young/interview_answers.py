"""« Mes réponses »: what was written, to be made better, proofread and printed."""

import streamlit as st

from clicnjob.cv import wording
from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import desk, navigation, signin
from clicnjob.ui.interview import answers, book

me = signin.require_role(*YOUNG_ROLES)
kept = book.read(me)

st.title("Mes réponses", anchor=False)
if kept.book.answers:
    st.text("Relis-les à voix haute. Change ce qui sonne faux.")
    answers.printing(kept)
    answers.listed(kept)
    with st.expander("Corriger les fautes", icon=":material/spellcheck:", key="words"):
        answers.proofreading(kept, wording.names(desk.opened(me).profile))
else:
    st.text("Tu n’as pas encore écrit de réponse. Commence un entraînement, et choisis « Par écrit ».")
    if st.button("M’entraîner", key="train", type="primary", icon=":material/play_arrow:"):
        st.switch_page(navigation.page("young/interview_training.py"))
book.tools()
