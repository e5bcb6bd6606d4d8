"""The home of a young person: the five stages, and the next steps of the CV."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from clicnjob import db, works
from clicnjob.accounts.presence import Present
from clicnjob.apply import applications
from clicnjob.apply.applications import Applications
from clicnjob.cv.model import guide
from clicnjob.interview.notebook import Notebook
from clicnjob.jobs import interests
from clicnjob.jobs.choices import JobChoices
from clicnjob.models import WorkKind
from clicnjob.ui.shell import navigation
from clicnjob.ui.young.guide import way
from clicnjob.ui.young.interview import hub


def own_choices(me: Present) -> tuple[JobChoices, Applications, Notebook]:
    """Read the choices (favourites, quiz answers), the applications and the interviews, in one query."""
    with db.read_transaction() as session:
        kept = {work.kind: work.body for work in works.own_works(session, of=me)}
    return (
        JobChoices.model_validate(kept.get(WorkKind.JOBS, {})),
        Applications.model_validate(kept.get(WorkKind.APPLICATIONS, {})),
        Notebook.model_validate(kept.get(WorkKind.INTERVIEW, {})),
    )


def draw_stages(kept: JobChoices, sent: Applications, notes: Notebook, done: Mapping[str, bool]) -> None:
    """Draw the five stages as cards, in order. `done` tells for each stage of the CV whether it has been started."""
    with st.container(key="cj-way"):
        _draw_interests(kept)
        _draw_jobs(kept)
        with st.container(key="cj-stage-cv", border=True):
            st.header("3. Mon CV", anchor=False)
            st.text(_cv_in_words(done))
            _draw_link("Mes CV", "young/cvs.py", "go-cvs", ":material/description:")
        with st.container(key="cj-stage-apply", border=True):
            st.header("4. Candidater", anchor=False)
            st.text(_applications_in_words(sent))
            _draw_link("Mes candidatures", "young/applications.py", "go-apply", ":material/send:")
        hub.draw_stage(notes)


def _draw_interests(kept: JobChoices) -> None:
    known = len(kept.answers) >= len(interests.quiz_statements())
    with st.container(key="cj-stage-interests", border=True):
        st.header("1. Me connaître", anchor=False)
        st.text("Ton test est fait." if known else "24 petites phrases. J’aime, bof, ou non.")
        words = "Voir mes idées" if known else "Faire le test"
        _draw_link(words, "young/interests.py", "go-interests", ":material/favorite:")


def _draw_jobs(kept: JobChoices) -> None:
    count = len(kept.favourites)
    with st.container(key="cj-stage-jobs", border=True):
        st.header("2. Trouver des métiers", anchor=False)
        words = {0: "Cherche avec tes mots.", 1: "Tu gardes un métier."}
        st.text(words.get(count, f"Tu gardes {count} métiers."))
        _draw_link("Chercher des métiers", "young/jobs.py", "go-jobs", ":material/explore:")


def _cv_in_words(done: Mapping[str, bool]) -> str:
    """Say how far the CV is. The last stage asks no question, so it is not counted."""
    begun, whole = sum(done.values()), len(done)
    if begun >= whole - 1:
        return "Ta page est prête."
    return f"{begun} étapes sur {whole} commencées." if begun > 1 else "Une page, question par question."


def _applications_in_words(sent: Applications) -> str:
    due = sum(applications.is_due(one, today=date.today()) for one in sent.applications)
    if due:
        return "Une relance à faire." if due == 1 else f"{due} relances à faire."
    count = len(sent.applications)
    return {0: "Note tes candidatures. On te dit quand relancer.", 1: "Une candidature."}.get(
        count, f"{count} candidatures."
    )


def cv_steps(*, fresh: bool, finished: bool) -> None:
    """Draw the next step of the CV as a primary button, and the alternatives beside it.

    A first visit chooses between a page in ten minutes and all the questions.
    """
    with st.container(key="cj-next", horizontal=True):
        if fresh:
            _draw_short_way()
            _draw_link("Mon CV pas à pas (30 minutes)", "young/guide.py", "start", ":material/edit:")
            _draw_link("Reprendre mon CV", "young/reopen.py", "reopen", ":material/upload_file:")
            return
        if finished:
            _draw_link("Voir ma page et la télécharger", "young/sheet.py", "see", ":material/auto_awesome:", first=True)
        _draw_link("Continuer mon CV", "young/guide.py", "start", ":material/edit:", first=not finished)
        if not finished:
            _draw_link("Voir ma page", "young/sheet.py", "see-now", ":material/visibility:")


def _draw_short_way() -> None:
    if st.button("Mon CV en 10 minutes", key="start-short", type="primary", icon=":material/bolt:", width="stretch"):
        way.start_at(guide.SHORT_START)
        st.switch_page(navigation.page_path("young/guide.py"))


def _draw_link(words: str, file: str, key: str, icon: str, *, first: bool = False) -> None:
    if st.button(words, key=key, type="primary" if first else "secondary", icon=icon, width="stretch"):
        st.switch_page(navigation.page_path(file))
