"""The page of one job."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, navigation
from clicnjob.ui.young.applications import page
from clicnjob.ui.young.interview import hub
from clicnjob.ui.young.jobs import job_cv, search
from clicnjob.ui.young.sending import letter_desk, send_buttons

me = guard.require_role(*YOUNG_ROLES)
search.follow_to_sheet()
job_cv.follow_to_guide()
page.follow_to_list()
letter_desk.follow_to_letter()
job = search.chosen_sheet()
if job is None:
    st.switch_page(navigation.page_path("young/jobs.py"))
shown = search.wished_jobs(me)

st.title(f"{job.icone} {job.nom_m}", anchor=False)
search.draw_sheet(job, shown.choices)
hub.train_for(job)
job_cv.draw_job_section(me, job)
st.button("J’ai trouvé une offre", key="apply", icon=":material/send:", on_click=page.begin_for_job, args=(job.cle,))
send_buttons.draw_job_button(job)
search.draw_near_jobs(job)
if st.button("Chercher un autre métier", key="back-to-jobs", icon=":material/arrow_back:"):
    st.switch_page(navigation.page_path("young/jobs.py"))
search.draw_codes(job)
search.draw_source(shown.source)
