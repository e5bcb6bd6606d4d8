"""From a job page to the CV: its title as the job wanted, and its activities as experiences."""

from __future__ import annotations

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Cv, Experience, Profile, new_id
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.jobs import titles
from clicnjob.jobs.catalogue import Category
from clicnjob.ui.forms import choice_boxes
from clicnjob.ui.shell import layout, navigation, open_work, session_state
from clicnjob.ui.young.guide import wanted, way


def draw_job_section(me: Present, job: Category) -> None:
    """Draw « Pour ton CV »: the job title in both genders, and the activities of this job."""
    open_work.opened_desk(me)
    st.header("Pour ton CV", anchor=False)
    st.text("Mettre ce métier en haut de ma page\u00a0:")
    with st.container(horizontal=True):
        for title in titles.job_titles(job):
            st.button(
                layout.escape_markdown(title),
                key=f"want-{title}",
                icon=":material/edit:",
                on_click=_want_job,
                args=(title,),
            )
    words = cv_prompts().activities
    known = [words[key] for key in job.activites if key in words]
    if known:
        st.text("Tu as déjà fait ça\u00a0? Touche, puis coche tes phrases.")
        choice_boxes.draw_tiles([(a.cle, a.icone, a.nom) for a in known], name="done", choose=_add_activity)


def follow_to_guide() -> None:
    """Open the guided CV if a choice was made on the job page."""
    if session_state.OPEN_GUIDE_FROM_JOB.take():
        st.switch_page(navigation.page_path("young/guide.py"))


def _want_job(title: str) -> None:
    if wanted.choose_job(title):
        _open_guide(GuidePlace("metier"))


def _add_activity(activity: str) -> None:
    item_id = new_id()
    kind = cv_prompts().activities[activity].genres[0]

    def put(profile: Profile, cv: Cv) -> None:
        profile.experiences.append(Experience(id=item_id, kind=kind, activity=activity))

    if open_work.change_cv(put):
        _open_guide(GuidePlace("experience_phrases", item_id))


def _open_guide(place: GuidePlace) -> None:
    way.start_at(place)
    session_state.renew_widgets()
    session_state.OPEN_GUIDE_FROM_JOB.set(True)
