"""How each function of group sessions is called in the access table, with arguments that only the right can spoil."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clicnjob.models import Account, OwnPlan
from clicnjob.workshops import attendance, lifecycle, permissions
from clicnjob.workshops.plans import library, paper
from tests.access_world import Case
from tests.cohort_people import NOW, TODAY

Recipe = Callable[[Case], Any]


def _ran(c: Case) -> dict[str, Any]:
    """A session of whoever the case is about."""
    return {"by": c.me, "workshop_id": c.it.workshop}


ON_SOMEBODY: dict[str, Recipe] = {
    "workshops.attendance.note_attendance": lambda c: attendance.note_attendance(
        c.session, **c.today, workshop_id=c.ran(), now=NOW
    ),
    "workshops.lifecycle.end_workshop": lambda c: lifecycle.end_workshop(c.session, **_ran(c), now=NOW),
    "workshops.lifecycle.correct_minutes": lambda c: lifecycle.correct_minutes(
        c.session, **_ran(c), minutes=60, now=NOW
    ),
    "workshops.lifecycle.cancel_workshop": lambda c: lifecycle.cancel_workshop(c.session, **_ran(c), now=NOW),
    "workshops.lifecycle.own_workshop": lambda c: lifecycle.own_workshop(c.session, **_ran(c)),
    "workshops.permissions.led_workshop": lambda c: permissions.led_workshop(c.session, **_ran(c)),
    "workshops.permissions.running_led_workshop": lambda c: permissions.running_led_workshop(
        c.running().session, **_ran(c), now=NOW
    ),
    "workshops.attendance.take_off": lambda c: attendance.take_off(
        c.session, **c.by, workshop_id=c.ran(whom=True), now=NOW
    ),
    "workshops.attendance.noted_as_present": lambda c: attendance.noted_as_present(c.session, **_ran(c)),
}

ON_ONESELF: dict[str, Recipe] = {
    "workshops.lifecycle.begin_workshop": lambda c: lifecycle.begin_workshop(c.session, by=c.me, kind="cv", now=NOW),
    "workshops.lifecycle.running_workshop": lambda c: lifecycle.running_workshop(c.session, of=c.me, now=NOW),
    "workshops.lifecycle.past_workshops": lambda c: lifecycle.past_workshops(c.session, of=c.me, now=NOW),
    "workshops.attendance.attendance_candidates": lambda c: attendance.attendance_candidates(
        c.session, of=c.me, today=TODAY
    ),
    "workshops.permissions.own_participation": lambda c: permissions.own_participation(
        c.taking_part().session, of=c.me, now=NOW
    ),
    "workshops.permissions.admitted_participation": lambda c: permissions.admitted_participation(
        c.taking_part().session, of=c.me, now=NOW
    ),
}

ON_ONESELF["workshops.plans.library.all_plans"] = lambda c: library.all_plans(c.session, of=c.me)


def _plan_of_their_structure(c: Case) -> dict[str, Any]:
    """A plan that belongs to the structure of whoever the case is about."""
    account = c.session.get(Account, c.it.whom)
    if account is None or account.organisation_id is None:
        return {"of": c.me, "plan_id": "inconnu"}
    body = library.shipped_plans()["mon-premier-cv"].model_dump(mode="json")
    row = OwnPlan(organisation_id=account.organisation_id, by_id="x", title="Le nôtre", body=body)
    c.session.add(row)
    c.session.flush()
    return {"of": c.me, "plan_id": row.id}


ON_SOMEBODY |= {
    "workshops.plans.library.plan_for": lambda c: library.plan_for(c.session, **_plan_of_their_structure(c)),
    "workshops.plans.library.frozen_body": lambda c: library.frozen_body(c.session, **_plan_of_their_structure(c)),
    "workshops.plans.paper.plan_file": lambda c: paper.plan_file(c.session, **_plan_of_their_structure(c)),
    "workshops.plans.paper.kit_file": lambda c: paper.kit_file(c.session, **_plan_of_their_structure(c)),
}

# Nothing given is as good as « non » here: these filter instead of refusing.
FILTERING = {
    "workshops.permissions.own_participation",
}
