"""The plans that a trainer may choose from: ours, and those of their structure; and the frozen copy of a start."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, select

from clicnjob import content, workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.learn.own import published
from clicnjob.models import Actor, LearningKind, OwnPlan
from clicnjob.own_content.changes import ContentMistake, StoredContent
from clicnjob.paths import DATA
from clicnjob.workshops import permissions
from clicnjob.workshops.live import activities
from clicnjob.workshops.plans import checks
from clicnjob.workshops.plans.words import Plan, PlanStep

_KINDS = {LearningKind.LESSON: ("lecon", "Leçon"), LearningKind.SCENE: ("scene", "Situation")}
_NAMELESS = "Activité à choisir"
_NUMBERED = re.compile(r" \(\d{1,3}\)$")
_FOLDER = DATA / "seances" / "plans"


class UnfinishedPlan(Refusal):
    """The plan still misses something, so that no group can start with it and nothing can be printed of it."""

    sentence = "Ce plan n’est pas fini. Ouvrez-le : ce qui manque y est dit."


@dataclass(frozen=True, slots=True)
class LostActivity:
    """A step, by its number from 1, that names what cannot be opened here: withdrawn, deleted, or of another structure."""

    number: int
    sentence: str


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan to choose. `own`: it belongs to the structure and can be edited; `version` is its saved version.

    `mistakes` say what it misses before it can be used, `undoes` what « Annuler » would take back ('' for nothing).
    `brought`: it came in a file and nobody has changed it since. `lessons` are the names of the lessons and scenes
    that the structure shows now, by their activity.
    """

    id: str
    version: int
    own: bool
    plan: Plan
    mistakes: tuple[ContentMistake, ...] = ()
    undoes: str = ""
    brought: bool = False
    lessons: Mapping[str, str] = field(default_factory=dict)

    @property
    def lost(self) -> tuple[LostActivity, ...]:
        """The steps whose activity cannot be opened here; the plan can be used all the same."""
        return lost_activities(self.plan, self.lessons)

    def activity_name(self, step: PlanStep) -> str:
        """Return what a step opens, by its name."""
        ours = activities.group_activities().get(step.activite)
        return ours.nom if ours else self.lessons.get(step.activite, _NAMELESS)

    @property
    def is_ready(self) -> bool:
        """Whether a session can start from it."""
        return not self.mistakes


@content.loaded_once
def shipped_plans() -> dict[str, Plan]:
    """Our plans by id, in the order of their files. Raises content.ContentMistakes."""
    files = sorted(_FOLDER.glob("*.yaml"))
    plans = {plan.id: plan for plan in content.read_content(list[Plan], *files)}
    unknown = [f"{plan.id}, {one.sentence}" for plan in plans.values() for one in lost_activities(plan, {})]
    if unknown:
        raise content.ContentMistakes(tuple(f"{content.shown_path(_FOLDER)} : {said}" for said in unknown))
    return plans


def all_plans(session: Session, *, of: Actor) -> tuple[PlanChoice, ...]:
    """List the structure's own plans by title, then ours; two queries. Raises NotFound for who leads no sessions."""
    if not permissions.may_run(of):
        raise NotFound
    query = select(OwnPlan).where(OwnPlan.organisation_id == of.organisation_id).order_by(OwnPlan.title, OwnPlan.id)
    own = session.exec(query.limit(workshop_policy.OWN_PLANS_MOST)).all()
    ours = (PlanChoice(plan.id, plan.version, False, plan) for plan in shipped_plans().values())
    lessons = shown_lessons(session, of=of) if own else {}
    return (*(_as_choice(row, lessons) for row in own), *ours)


def suggested_plan(plans: Sequence[PlanChoice], *, held: Sequence[str]) -> PlanChoice:
    """Return a plan to hold next: one that was not held yet, else the one held longest ago.

    `held` are the titles of the sessions so far, the latest first. « Téléphoner (2) » stands for « Téléphoner » too.
    """
    bare = [bare_title(one) for one in held]
    ready = [one for one in plans if one.is_ready]
    fresh = [one for one in ready if bare_title(one.plan.titre) not in bare]
    return fresh[0] if fresh else max(ready, key=lambda one: bare.index(bare_title(one.plan.titre)))


def bare_title(title: str) -> str:
    """Return a title without the number that a copy gets."""
    return _NUMBERED.sub("", title)


def plan_for(session: Session, *, of: Actor, plan_id: str) -> PlanChoice:
    """Return one plan, ours or the structure's. Raises NotFound for an unknown one and another structure's alike."""
    if not permissions.may_run(of):
        raise NotFound
    if (plan := shipped_plans().get(plan_id)) is not None:
        return PlanChoice(plan.id, plan.version, False, plan)
    return _as_choice(_own_plan(session, of=of, plan_id=plan_id), shown_lessons(session, of=of))


def ready_plan(session: Session, *, of: Actor, plan_id: str) -> PlanChoice:
    """As `plan_for`, for what needs a whole plan. Raises NotFound, UnfinishedPlan."""
    chosen = plan_for(session, of=of, plan_id=plan_id)
    if not chosen.is_ready:
        raise UnfinishedPlan
    return chosen


def frozen_body(session: Session, *, of: Actor, plan_id: str) -> dict[str, Any]:
    """Return the copy of a plan to keep in `Workshop.plan`: later changes never reach a running session.

    The kit is left out, since the screens of a session do not use it. Raises NotFound, UnfinishedPlan.
    """
    chosen = ready_plan(session, of=of, plan_id=plan_id)
    return {**chosen.plan.model_dump(mode="json", exclude={"kit"}), "version": chosen.version}


def shown_lessons(session: Session, *, of: Actor) -> dict[str, str]:
    """Return the names of the lessons and scenes that the structure shows, by their activity. One query. Raises NotFound."""
    return {
        f"{_KINDS[kind][0]}.{content_id}": f"{_KINDS[kind][1]}\u00a0: {title}"[: workshop_policy.PUSHED_TITLE_LENGTH]
        for (kind, content_id), title in published.shown_titles(session, of=of).items()
    }


def lost_activities(plan: Plan, lessons: Mapping[str, str]) -> tuple[LostActivity, ...]:
    """Return the steps that name neither an activity of ours nor one of these lessons."""
    ours = activities.group_activities()
    return tuple(
        LostActivity(number, _lost_sentence(step))
        for number, step in enumerate(plan.etapes, start=1)
        if step.activite not in ours and step.activite not in lessons
    )


def _own_plan(session: Session, *, of: Actor, plan_id: str) -> OwnPlan:
    row = session.get(OwnPlan, plan_id)
    if row is None or row.organisation_id != of.organisation_id:
        raise NotFound
    return row


def _as_choice(row: OwnPlan, lessons: Mapping[str, str]) -> PlanChoice:
    stored = StoredContent.model_validate(row.body)
    body = stored.content
    undoes = checks.said_change(stored.undo[-1], body) if stored.undo else ""
    plan, mistakes = checks.draft_plan(body), checks.plan_mistakes(body)
    return PlanChoice(row.id, row.version, True, plan, mistakes, undoes, stored.brought, lessons)


def _lost_sentence(step: PlanStep) -> str:
    if activities.own_content_of(step.activite) is None:
        return f"L’activité « {step.activite} » n’existe pas ici."
    return f"« {step.nom_activite or 'Une leçon'} » n’est pas publiée dans votre structure."
