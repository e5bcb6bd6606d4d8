"""The home of a young person: the five stages, and the next steps of the CV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

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
from clicnjob.ui.young.first_visit import answering
from clicnjob.ui.young.first_visit.answering import Acquaintance
from clicnjob.ui.young.guide import way
from clicnjob.ui.young.interview import hub
from clicnjob.ui.young.learn import proposing
from clicnjob.ui.young.learn.proposing import Proposals


@dataclass(frozen=True, slots=True)
class OwnChoices:
    """What the home page reads of a person's works: their choices, applications, interviews and first answers.

    `only_cv`: they keep nothing else than the CV, which the first visit makes by itself.
    """

    jobs: JobChoices
    sent: Applications
    notes: Notebook
    known: Acquaintance
    only_cv: bool


def own_choices(me: Present) -> OwnChoices:
    """Read it in one query."""
    with db.read_transaction() as session:
        kept = {work.kind: work.body for work in works.own_works(session, of=me)}
    return OwnChoices(
        JobChoices.model_validate(kept.get(WorkKind.JOBS, {})),
        Applications.model_validate(kept.get(WorkKind.APPLICATIONS, {})),
        Notebook.model_validate(kept.get(WorkKind.INTERVIEW, {})),
        answering.acquaintance_of(kept),
        kept.keys() <= {WorkKind.PROFILE, WorkKind.CV},
    )


def draw_stages(chosen: OwnChoices, done: Mapping[str, bool], lessons: Proposals) -> None:
    """Draw the five stages as cards, in order, each with the lesson proposed there, if any.

    `done` tells for each stage of the CV whether it has been started.
    """
    with st.container(key="cj-way"):
        _draw_interests(chosen.jobs)
        _draw_jobs(chosen.jobs, lessons)
        with st.container(key="cj-stage-cv", border=True):
            st.header("3. Mon CV", anchor=False)
            st.text(_cv_in_words(done))
            _draw_link("Mes CV", "young/cvs.py", "go-cvs", ":material/description:")
            proposing.draw_proposal("cv", lessons)
        with st.container(key="cj-stage-apply", border=True):
            st.header("4. Candidater", anchor=False)
            st.text(_applications_in_words(chosen.sent))
            _draw_link("Mes candidatures", "young/applications.py", "go-apply", ":material/send:")
            proposing.draw_proposal("candidater", lessons)
        hub.draw_stage(chosen.notes, lessons)


def _draw_interests(kept: JobChoices) -> None:
    count, whole = len(kept.answers), len(interests.quiz_statements())
    known = count >= whole
    with st.container(key="cj-stage-interests", border=True):
        st.header("1. Me connaître", anchor=False)
        begun = (
            f"{count} sur {whole} déjà répondues." if count > 1 else f"{whole} petites phrases. J’aime, bof, ou non."
        )
        st.text("Ton test est fait." if known else begun)
        words = "Voir mes idées" if known else "Continuer le test" if count > 1 else "Faire le test"
        _draw_link(words, "young/interests.py", "go-interests", ":material/favorite:")
        _draw_link("Mon point numérique", "young/check.py", "go-check", ":material/computer:")
        _draw_link("Ce qui me bloque", "young/obstacles.py", "go-obstacles", ":material/signpost:")


def _draw_jobs(kept: JobChoices, lessons: Proposals) -> None:
    count = len(kept.favourites)
    with st.container(key="cj-stage-jobs", border=True):
        st.header("2. Trouver des métiers", anchor=False)
        words = {0: "Cherche avec tes mots.", 1: "Tu gardes un métier."}
        st.text(words.get(count, f"Tu gardes {count} métiers."))
        _draw_link("Chercher des métiers", "young/jobs.py", "go-jobs", ":material/explore:")
        proposing.draw_proposal("metiers", lessons)


def _cv_in_words(done: Mapping[str, bool]) -> str:
    """Say how far the CV is. The last stage asks no question, so it is not counted."""
    begun, whole = sum(done.values()), len(done)
    if begun >= whole - 1:
        return "Tu as répondu partout. Relis ta page."
    return f"Tu as répondu à {begun} étapes sur {whole}." if begun > 1 else "Une page, question par question."


def _applications_in_words(sent: Applications) -> str:
    due = sum(applications.is_due(one, today=date.today()) for one in sent.applications)
    if due:
        return "Une relance à faire." if due == 1 else f"{due} relances à faire."
    count = len(sent.applications)
    return {0: "Note tes candidatures. On te dit quand relancer.", 1: "Une candidature."}.get(
        count, f"{count} candidatures."
    )


def cv_steps(*, fresh: bool, finished: bool, first: bool) -> None:
    """Draw the next step of the CV as a primary button, and the alternatives beside it.

    A first visit chooses between a page in ten minutes and all the questions. `first` is False where another step is
    proposed above.
    """
    with st.container(key="cj-next", horizontal=True):
        if fresh:
            _draw_short_way(first=first)
            _draw_link("Mon CV pas à pas (30 minutes)", "young/guide.py", "start", ":material/edit:")
            _draw_link("Reprendre mon CV", "young/reopen.py", "reopen", ":material/upload_file:")
            return
        if finished:
            _draw_link("Voir ma page et la télécharger", "young/sheet.py", "see", ":material/auto_awesome:", first=True)
        _draw_link("Continuer mon CV", "young/guide.py", "start", ":material/edit:", first=not finished)
        if not finished:
            _draw_link("Voir ma page", "young/sheet.py", "see-now", ":material/visibility:")


def _draw_short_way(*, first: bool) -> None:
    kind: Literal["primary", "secondary"] = "primary" if first else "secondary"
    if st.button("Mon CV en 10 minutes", key="start-short", type=kind, icon=":material/bolt:", width="stretch"):
        way.start_at(guide.SHORT_START)
        st.switch_page(navigation.page_path("young/guide.py"))


def _draw_link(words: str, file: str, key: str, icon: str, *, first: bool = False) -> None:
    if st.button(words, key=key, type="primary" if first else "secondary", icon=icon, width="stretch"):
        st.switch_page(navigation.page_path(file))
