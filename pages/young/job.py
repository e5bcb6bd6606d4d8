"""The page of one job."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, navigation
from clicnjob.ui.young.applications import page
from clicnjob.ui.young.interview import hub
from clicnjob.ui.young.jobs import job_cv, search

me = guard.require_role(*YOUNG_ROLES)
search.follow()
job_cv.follow()
page.follow()
job = search.chosen()
if job is None:
    st.switch_page(navigation.page("young/jobs.py"))
shown = search.read(me, "")

st.title(
    f"{job.icone} {job.nom_m} · {job.nom_f}" if job.nom_m != job.nom_f else f"{job.icone} {job.nom_m}", anchor=False
)
search.sheet(job, shown.choices)
hub.train_for(job)
job_cv.section(me, job)
st.button("J’ai trouvé une offre", key="apply", icon=":material/send:", on_click=page.about, args=(job.cle,))
search.near(job)
if st.button("Chercher un autre métier", key="back-to-jobs", icon=":material/arrow_back:"):
    st.switch_page(navigation.page("young/jobs.py"))
search.source(shown.source)
