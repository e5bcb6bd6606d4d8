"""Computes the progress of one young person from their work: pure functions, without database or actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clicnjob.apply.applications import Applications, Summary, applications_summary
from clicnjob.cv.model import guide
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.interview import days as interviews
from clicnjob.interview import practice
from clicnjob.jobs.choices import JobChoices
from clicnjob.models import WorkKind
from clicnjob.privacy.sharing import SharedChoices

STAGES: dict[str, str] = {
    "jamais_venu": "Jamais connecté",
    "connaitre": "Me connaître",
    "metiers": "Métiers",
    "cv": "CV",
    "candidater": "Candidater",
    "entretien": "Entretien",
}
CV_STATES: dict[str, str] = {"rien": "Pas commencé", "commence": "Commencé", "presque": "Presque prêt", "pret": "Prêt"}

# What a CV needs before it can be sent, in the order of the questions; other sections only improve it.
ESSENTIALS: dict[str, str] = {
    "identite": "nom et contact",
    "metier": "métier visé",
    "experiences": "expériences",
    "etudes": "formation",
    "presentation": "qualités ou présentation",
}
_ANY_OF = {"presentation": ("qualites", "interets", "accroche", "langues")}


@dataclass(frozen=True, slots=True)
class ProgressState:
    """The progress of one person. `missing` are keys of ESSENTIALS; None stands for what is not shared."""

    stage: str
    cv_state: str
    missing: tuple[str, ...]
    jobs_count: int
    practice_count: int | None
    applications: Summary | None

    @property
    def step(self) -> str:
        """The question that the CV has reached: the first missing essential, '' when it is ready."""
        return self.missing[0] if self.missing else ""


def progress_from_work(
    works: Sequence[tuple[WorkKind, Mapping[str, Any]]], *, came: bool, shared: SharedChoices, today: date
) -> ProgressState:
    """Compute a person's progress from the bodies of their works; what they do not share is not read."""
    profile = next((Profile.model_validate(body) for kind, body in works if kind is WorkKind.PROFILE), Profile())
    cvs = [Cv.model_validate(body) for kind, body in works if kind is WorkKind.CV] or [Cv()]
    missing = min((_missing_parts(profile, cv) for cv in cvs), key=len)
    state = _cv_state(missing, begun=profile != Profile() or any(cv.job_wanted for cv in cvs))
    jobs = next((JobChoices.model_validate(body) for kind, body in works if kind is WorkKind.JOBS), JobChoices())
    sent = _sent_summary(works, today) if shared.applications else None
    practised = _practice_count(works) if shared.practice else None
    return ProgressState(
        stage=_farthest_stage(state, jobs, sent=sent, practised=practised, came=came),
        cv_state=state,
        missing=missing,
        jobs_count=len(jobs.favourites),
        practice_count=practised,
        applications=sent,
    )


def missing_said(missing: Sequence[str], *, most: int = len(ESSENTIALS)) -> str:
    """Return « métier visé, formation », cut with « … » after `most` entries."""
    known = [ESSENTIALS[key] for key in missing if key in ESSENTIALS]
    return ", ".join(known[:most]) + ("…" if len(known) > most else "")


def _missing_parts(profile: Profile, cv: Cv) -> tuple[str, ...]:
    done = guide.answered_stages(profile, cv)
    return tuple(key for key in ESSENTIALS if not any(done[part] for part in _ANY_OF.get(key, (key,))))


def _cv_state(missing: tuple[str, ...], *, begun: bool) -> str:
    if not begun:
        return "rien"
    return {0: "pret", 1: "presque"}.get(len(missing), "commence")


def _farthest_stage(state: str, jobs: JobChoices, *, sent: Summary | None, practised: int | None, came: bool) -> str:
    """Return the farthest stage reached."""
    if not came and state == "rien":
        return "jamais_venu"
    if practised or (sent and sent.interview_on):
        return "entretien"
    if (sent and sent.sent) or state == "pret":
        return "candidater"
    if state != "rien":
        return "cv"
    return "metiers" if jobs.favourites else "connaitre"


def _sent_summary(works: Sequence[tuple[WorkKind, Mapping[str, Any]]], today: date) -> Summary:
    """Summarise the applications; the next interview may come from one of them or from the notebook."""
    kept = (Applications.model_validate(body) for kind, body in works if kind is WorkKind.APPLICATIONS)
    found = applications_summary(next(kept, Applications()), today=today)
    days = [on for on in (found.interview_on, _interview_on(works, today)) if on]
    return replace(found, interview_on=min(days, default=None))


def _practice_count(works: Sequence[tuple[WorkKind, Mapping[str, Any]]]) -> int:
    return sum(practice.practice_summary(body).count for kind, body in works if kind is WorkKind.INTERVIEW)


def _interview_on(works: Sequence[tuple[WorkKind, Mapping[str, Any]]], today: date) -> date | None:
    """Return the next interview of the notebook (« le jour J »), if any."""
    bodies = {str(place): body for place, (kind, body) in enumerate(works) if kind is WorkKind.INTERVIEW}
    return min(interviews.upcoming_days(bodies, today=today).values(), default=None)
