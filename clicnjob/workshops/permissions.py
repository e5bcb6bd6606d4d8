"""Who may do what in a group session: its trainers lead it, its admitted participants take part, nobody else sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import (
    SUPPORT_ROLES,
    YOUNG_ROLES,
    Actor,
    ParticipantState,
    Workshop,
    WorkshopParticipant,
    WorkshopTrainer,
)


class RunsNone(Refusal):
    """The actor may not run group sessions."""

    sentence = "Les séances de groupe sont pour les professionnels de la structure."


@dataclass(frozen=True, slots=True)
class Participation:
    """A person's place in the running session that they joined. `seat_id` is '' before they sit somewhere."""

    participant_id: str
    workshop_id: str
    state: ParticipantState
    seat_id: str


def may_run(actor: Actor) -> bool:
    """Trainers and advisers hold workshops, and the head may replace them.

    The technical administrator meets no group of young people.
    """
    return bool(actor.roles & SUPPORT_ROLES) and actor.organisation_id is not None


def led_workshop(session: Session, *, by: Actor, workshop_id: str) -> Workshop:
    """Return the session if the actor leads it, as who began it or as co-trainer, in their present structure.

    All leaders have the same rights, so that one who is gone stops nothing. Raises NotFound for an unknown session, a
    colleague's and another structure's alike.
    """
    workshop = session.get(Workshop, workshop_id) if may_run(by) else None
    if workshop is None or workshop.organisation_id != by.organisation_id:
        raise NotFound
    if workshop.by_id != by.id and session.get(WorkshopTrainer, (workshop.id, by.id)) is None:
        raise NotFound
    return workshop


def running_led_workshop(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> Workshop:
    """As `led_workshop`, for acts that need a running session. Raises NotFound for one that is over."""
    workshop = led_workshop(session, by=by, workshop_id=workshop_id)
    if not is_running(workshop, now=now):
        raise NotFound
    return workshop


def is_running(workshop: Workshop, *, now: datetime) -> bool:
    """Whether the session has neither been ended nor been forgotten for longer than a session lasts."""
    return workshop.ended_at is None and now - workshop.began_at < workshop_policy.WORKSHOP_ENDS_AFTER


def own_rows(session: Session, *, of: Actor, now: datetime) -> tuple[WorkshopParticipant, Workshop] | None:
    """Return the actor's place and its running session; None for who joined none, left it, or is a professional.

    A removed person has no place either; one who waits has, so that a page can say so. One query.
    """
    if not of.roles & YOUNG_ROLES:
        return None
    query = (
        select(WorkshopParticipant, Workshop)
        .join(Workshop, col(Workshop.id) == col(WorkshopParticipant.workshop_id))
        .where(
            WorkshopParticipant.account_id == of.id,
            col(WorkshopParticipant.left_at).is_(None),
            WorkshopParticipant.state != ParticipantState.REMOVED,
            col(Workshop.ended_at).is_(None),
            col(Workshop.began_at) > now - workshop_policy.WORKSHOP_ENDS_AFTER,
        )
        .order_by(col(WorkshopParticipant.asked_at).desc(), WorkshopParticipant.id)
    )
    return session.exec(query.limit(1)).first()


def own_participation(session: Session, *, of: Actor, now: datetime) -> Participation | None:
    """As `own_rows`, for who needs only the ids."""
    rows = own_rows(session, of=of, now=now)
    return Participation(rows[0].id, rows[0].workshop_id, rows[0].state, rows[0].seat_id or "") if rows else None


def admitted_participation(session: Session, *, of: Actor, now: datetime) -> Participation:
    """As `own_participation`, for what only admitted people may do. Raises NotFound for everybody else."""
    place = own_participation(session, of=of, now=now)
    if place is None or place.state is not ParticipantState.ADMITTED:
        raise NotFound
    return place


def participant_in(session: Session, *, workshop: Workshop, participant_id: str) -> WorkshopParticipant:
    """Return a participant of this very session. Raises NotFound for one of another session."""
    row = session.get(WorkshopParticipant, participant_id)
    if row is None or row.workshop_id != workshop.id:
        raise NotFound
    return row
