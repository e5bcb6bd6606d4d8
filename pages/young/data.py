"""« Mes données »: links to the pages about personal data, and the privacy notice."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, notices
from clicnjob.ui.young.privacy import entry, notifications

me = guard.require_role(*YOUNG_ROLES)
plan = entry.planned_erasure(me)

st.title("Mes données", anchor=False)
st.text("Elles sont à toi. C’est toi qui décides.")
entry.to_come(plan)
entry.draw_ways(with_reminders=notifications.is_offered(me))
with st.expander("Relire la notice", icon=":material/description:", key="notice"):
    notices.draw_sentences(me)
