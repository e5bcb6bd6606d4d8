"""Words the job that a CV wants and what it looks for (a stage, an alternance…), and tells what fits them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from clicnjob.cv.model.profile import Aim, Cv
from clicnjob.cv.model.prompts import Activity, Prompts, ReadyAnswer, cv_prompts
from clicnjob.jobs import titles
from clicnjob.text import fold_text

Offered = TypeVar("Offered", Activity, ReadyAnswer)


def page_title(cv: Cv) -> str:
    """Return the title that the page prints: « Vendeuse – Recherche de stage », or the aim alone without a job."""
    aim = cv_prompts().aims.get(cv.aim)
    if aim is None:
        return cv.job_wanted
    return aim.titre.format(metier=cv.job_wanted) if cv.job_wanted else aim.sans_metier


def parted_title(title: str) -> tuple[str, Aim]:
    """Return the job and the aim of a printed title; the aim is '' if the title says none."""
    for aim in cv_prompts().aims.values():
        before, _, after = aim.titre.partition("{metier}")
        if title == aim.sans_metier:
            return "", aim.cle
        if before + after and title.startswith(before) and title.endswith(after):
            return title.removeprefix(before).removesuffix(after), aim.cle
    return title, ""


def job_in_sentences(cv: Cv, words: Prompts | None = None) -> str:
    """Return the job wanted if it names a job, so that a sentence may say « le métier de … »; '' for own words."""
    return cv.job_wanted if is_job_title(cv.job_wanted, words) else ""


def is_job_title(said: str, words: Prompts | None = None) -> bool:
    """Tell whether words name a job: a title of the catalogue, or of an activity of the guided CV."""
    if titles.job_with_title(said):
        return True
    known = (title for activity in (words or cv_prompts()).activities.values() for title in activity.intitules)
    return bool(said) and fold_text(said) in map(fold_text, known)


def fitting_first(offered: Iterable[Offered], first: Iterable[str]) -> list[Offered]:
    """Return what is offered with the keys of `first` at the beginning, in their order; the rest keeps its own."""
    rank = {key: place for place, key in enumerate(first)}
    return sorted(offered, key=lambda one: rank.get(one.cle, len(rank)))


def activities_of_job(cv: Cv) -> tuple[str, ...]:
    """Return the keys of the activities that prepare for the job wanted."""
    job = titles.job_with_title(cv.job_wanted)
    return job.activites if job else ()
