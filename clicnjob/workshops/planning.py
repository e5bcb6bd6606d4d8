"""Sessions to come: when and where a professional will hold a plan. It is their own reminder; nobody is invited by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import text, workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import days
from clicnjob.models import Actor, PlannedWorkshop
from clicnjob.workshops import lifecycle, permissions
from clicnjob.workshops.plans import library


class TooManyPlanned(Refusal):
    """The actor keeps as many sessions to come as they may."""

    sentence = (
        f"Vous avez déjà {workshop_policy.PLANNED_WORKSHOPS_MOST} séances prévues. Annulez-en une, puis recommencez."
    )


class WrongDay(Refusal):
    """The day is past, or too far away."""

    sentence = "Choisissez un jour à partir d’aujourd’hui, dans l’année qui vient."


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session to come. `day` and `start` are those of the clock where the server is."""

    id: str
    plan_id: str
    title: str
    day: date
    start: time
    place: str


def plan_session(
    session: Session, *, by: Actor, plan_id: str, day: date, start: time, place: str = "", now: datetime
) -> str:
    """Note that the actor will hold this plan; return the id of the note.

    Raises RunsNone, NotFound for an unknown plan, UnfinishedPlan, WrongDay, TooManyPlanned, what `text.clean_line` raises.
    """
    if not permissions.may_run(by):
        raise permissions.RunsNone
    chosen = library.ready_plan(session, of=by, plan_id=plan_id)
    today = days.local_day(now)
    if not today <= day <= today + timedelta(days=workshop_policy.PLANNED_WITHIN_DAYS):
        raise WrongDay
    count = select(func.count()).select_from(PlannedWorkshop).where(PlannedWorkshop.by_id == by.id)
    if session.exec(count.where(col(PlannedWorkshop.day) >= today)).one() >= workshop_policy.PLANNED_WORKSHOPS_MOST:
        raise TooManyPlanned
    made = PlannedWorkshop(by_id=by.id, plan_id=plan_id, title=chosen.plan.titre, day=day, start=start, made_at=now)
    made.place = text.clean_line(place, most=workshop_policy.PLANNED_PLACE_LENGTH)
    session.add(made)
    session.flush()
    return made.id


def planned_sessions(session: Session, *, of: Actor, today: date) -> tuple[PlannedSession, ...]:
    """Return the actor's own sessions from today on, soonest first. One query. Raises RunsNone."""
    if not permissions.may_run(of):
        raise permissions.RunsNone
    query = select(PlannedWorkshop).where(PlannedWorkshop.by_id == of.id, col(PlannedWorkshop.day) >= today)
    rows = session.exec(query.order_by(col(PlannedWorkshop.day), col(PlannedWorkshop.start), PlannedWorkshop.id))
    return tuple(PlannedSession(row.id, row.plan_id, row.title, row.day, row.start, row.place) for row in rows)


def drop_session(session: Session, *, by: Actor, planned_id: str) -> None:
    """Forget a session to come. Raises NotFound for an unknown one and a colleague's alike."""
    session.delete(_own_planned(session, by, planned_id))
    session.flush()


def begin_session(session: Session, *, by: Actor, planned_id: str, now: datetime) -> str:
    """Start a planned session, and forget that it was to come; return the id of the running one.

    Raises NotFound, what `lifecycle.begin_planned_workshop` raises.
    """
    row = _own_planned(session, by, planned_id)
    made = lifecycle.begin_planned_workshop(session, by=by, plan_id=row.plan_id, now=now)
    session.delete(row)
    session.flush()
    return made


def _own_planned(session: Session, by: Actor, planned_id: str) -> PlannedWorkshop:
    row = session.get(PlannedWorkshop, planned_id)
    if row is None or row.by_id != by.id or not permissions.may_run(by):
        raise NotFound
    return row
