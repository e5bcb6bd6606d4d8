"""Plans travel as files, with their licence, author, source, version and the day they were checked."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from clicnjob import audit, content, text
from clicnjob.errors import NotFound
from clicnjob.generated_file import GeneratedFile
from clicnjob.models import Actor
from clicnjob.workshops import permissions
from clicnjob.workshops.plans import brought_file, editing, library
from clicnjob.workshops.plans.library import LostActivity
from clicnjob.workshops.plans.words import Plan

_YAML = "application/yaml"


def carried_plan(session: Session, *, of: Actor, plan_id: str) -> GeneratedFile:
    """Return a plan as the file that any ClicNJob takes in, or keeps in data/. Raises NotFound, UnfinishedPlan.

    A lesson of the structure does not travel inside: the file names it, and it has a file of its own.
    """
    chosen = library.ready_plan(session, of=of, plan_id=plan_id)
    steps = [
        step.model_copy(update={"nom_activite": chosen.lessons.get(step.activite, step.nom_activite)})
        for step in chosen.plan.etapes
    ]
    body = chosen.plan.model_copy(update={"etapes": steps}).model_dump(exclude_defaults=True)
    written = content.dump_yaml([{**body, "version": chosen.version}])
    return GeneratedFile(text.file_name(f"{chosen.plan.titre} - plan.yaml"), _YAML, written.encode())


def plan_of_file(data: bytes, *, by: Actor) -> Plan:
    """Return the plan of a file, to be shown before it is taken in. Raises NotFound, BadPlanFile, TooManyReaders."""
    if not permissions.may_run(by):
        raise NotFound
    return brought_file.read_brought_plan(data)


def lost_activities(session: Session, *, of: Actor, plan: Plan) -> tuple[LostActivity, ...]:
    """Return what the plan of a file names and that cannot be opened here, to be said before it is taken in.

    Raises NotFound for who leads no sessions.
    """
    return library.lost_activities(plan, library.shown_lessons(session, of=of))


def take_in_plan(session: Session, *, by: Actor, plan: Plan, now: datetime) -> str:
    """Store a plan of a file as a new one of the structure, as its author wrote it; return its id.

    Raises NotFound, TooManyPlans, PlanTooLong.
    """
    made = editing.add_plan(session, by=by, body=plan.model_dump(mode="json"), brought=True, now=now)
    audit.note_act(session, by=by, act="session plan taken in", now=now)
    return made
