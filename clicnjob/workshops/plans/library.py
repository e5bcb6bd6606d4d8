"""The plans that a trainer may choose from: ours, and those of their structure; and the frozen copy of a start."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlmodel import Session, select

from clicnjob import content, policy
from clicnjob.errors import NotFound
from clicnjob.models import Actor, OwnPlan
from clicnjob.paths import DATA
from clicnjob.workshops import permissions
from clicnjob.workshops.plans.words import Plan

_FOLDER = DATA / "seances" / "plans"


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan in the list. `own`: it belongs to the structure and can be edited; `version` is its saved version."""

    id: str
    version: int
    own: bool
    plan: Plan


@cache
def shipped_plans() -> dict[str, Plan]:
    """Our plans by id, in the order of their files. Raises content.ContentMistakes."""
    files = sorted(_FOLDER.glob("*.yaml"))
    return {plan.id: plan for plan in content.read_content(list[Plan], *files)}


def all_plans(session: Session, *, of: Actor) -> tuple[PlanChoice, ...]:
    """List the structure's own plans by title, then ours. One query. Raises NotFound for who leads no sessions."""
    if not permissions.may_run(of):
        raise NotFound
    query = select(OwnPlan).where(OwnPlan.organisation_id == of.organisation_id).order_by(OwnPlan.title, OwnPlan.id)
    own = session.exec(query.limit(policy.OWN_PLANS_MOST)).all()
    ours = (PlanChoice(plan.id, plan.version, False, plan) for plan in shipped_plans().values())
    return (*(_as_choice(row) for row in own), *ours)


def plan_for(session: Session, *, of: Actor, plan_id: str) -> PlanChoice:
    """Return one plan, ours or the structure's. Raises NotFound for an unknown one and another structure's alike."""
    if not permissions.may_run(of):
        raise NotFound
    if (plan := shipped_plans().get(plan_id)) is not None:
        return PlanChoice(plan.id, plan.version, False, plan)
    return _as_choice(_own_plan(session, of=of, plan_id=plan_id))


def _own_plan(session: Session, *, of: Actor, plan_id: str) -> OwnPlan:
    row = session.get(OwnPlan, plan_id)
    if row is None or row.organisation_id != of.organisation_id:
        raise NotFound
    return row


def frozen_body(session: Session, *, of: Actor, plan_id: str) -> dict[str, Any]:
    """Return the copy of a plan to keep in `Workshop.plan`: later changes never reach a running session.

    The kit is left out, since the screens of a session do not use it. Raises NotFound.
    """
    chosen = plan_for(session, of=of, plan_id=plan_id)
    return {**chosen.plan.model_dump(mode="json", exclude={"kit"}), "version": chosen.version}


def _as_choice(row: OwnPlan) -> PlanChoice:
    return PlanChoice(row.id, row.version, True, Plan.model_validate(row.body))
