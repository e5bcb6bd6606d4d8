"""The page of one job."""

import streamlit as st

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import applications, job_cv, jobs, navigation, signin
from clicnjob.ui.interview import hub

me = signin.require_role(*YOUNG_ROLES)
jobs.follow()
job_cv.follow()
applications.follow()
job = jobs.chosen()
if job is None:
    st.switch_page(navigation.page("young/jobs.py"))
shown = jobs.read(me, "")

st.title(
    f"{job.icone} {job.nom_m} · {job.nom_f}" if job.nom_m != job.nom_f else f"{job.icone} {job.nom_m}", anchor=False
)
jobs.sheet(job, shown.choices)
hub.train_for(job)
job_cv.section(me, job)
st.button("J’ai trouvé une offre", key="apply", icon=":material/send:", on_click=applications.about, args=(job.cle,))
jobs.near(job)
if st.button("Chercher un autre métier", key="back-to-jobs", icon=":material/arrow_back:"):
    st.switch_page(navigation.page("young/jobs.py"))
jobs.source(shown.source)
