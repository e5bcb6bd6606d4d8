"""The seats of a live session: a computer or a telephone each, which up to three people can share and take turns at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Actor, ParticipantState, Workshop, WorkshopParticipant, WorkshopSeat
from clicnjob.workshops import events, permissions


class TooManyAtOneSeat(Refusal):
    """More people than can see one screen and touch one keyboard."""

    sentence = f"{policy.WORKSHOP_PEOPLE_A_SEAT} personnes par écran, c’est le plus."


def give_seat(session: Session, *, workshop: Workshop, row: WorkshopParticipant) -> None:
    """Give a participant the lowest free seat, unless they have one. Called after the right was checked."""
    if row.seat_id is None:
        row.seat_id = _free_seat(session, workshop).id
    session.flush()


def sit_together(
    session: Session, *, by: Actor, workshop_id: str, participant_ids: Sequence[str], now: datetime
) -> None:
    """Put people at one screen, the seat of the first of them. Raises NotFound, TooManyAtOneSeat."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    rows = [permissions.participant_in(session, workshop=workshop, participant_id=one) for one in participant_ids]
    if not rows or any(row.state is not ParticipantState.ADMITTED for row in rows):
        raise NotFound
    if len(rows) > policy.WORKSHOP_PEOPLE_A_SEAT:
        raise TooManyAtOneSeat
    give_seat(session, workshop=workshop, row=rows[0])
    for row in rows[1:]:
        row.seat_id = rows[0].seat_id
        events.note_event(session, workshop_id=workshop.id, kind="seated", participant_id=row.id, now=now)
    events.change_screens(session, workshop_id=workshop.id)


def sit_alone(session: Session, *, by: Actor, workshop_id: str, participant_id: str, now: datetime) -> None:
    """Give somebody a screen of their own again. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    row = permissions.participant_in(session, workshop=workshop, participant_id=participant_id)
    if row.state is not ParticipantState.ADMITTED:
        raise NotFound
    row.seat_id = None
    give_seat(session, workshop=workshop, row=row)
    events.note_event(session, workshop_id=workshop.id, kind="seated", participant_id=row.id, now=now)
    events.change_screens(session, workshop_id=workshop.id)


def seat_mates(session: Session, *, of: Actor, now: datetime) -> tuple[str, ...]:
    """Return the first names of who shares the actor's screen, without their own. Two queries. Raises NotFound."""
    place = permissions.admitted_participation(session, of=of, now=now)
    query = select(WorkshopParticipant.first_name).where(
        WorkshopParticipant.seat_id == place.seat_id,
        WorkshopParticipant.id != place.participant_id,
        WorkshopParticipant.state == ParticipantState.ADMITTED,
    )
    rows = session.exec(query.order_by(WorkshopParticipant.first_name, WorkshopParticipant.id))
    return tuple(rows) if place.seat_id else ()


def _free_seat(session: Session, workshop: Workshop) -> WorkshopSeat:
    """Return the lowest seat at which nobody sits, or a new one after the last."""
    taken = select(WorkshopParticipant.seat_id).where(
        WorkshopParticipant.workshop_id == workshop.id, col(WorkshopParticipant.seat_id).is_not(None)
    )
    query = select(WorkshopSeat).where(WorkshopSeat.workshop_id == workshop.id, col(WorkshopSeat.id).not_in(taken))
    free = session.exec(query.order_by(col(WorkshopSeat.number)).limit(1)).first()
    if free is None:
        last = session.exec(
            select(func.max(WorkshopSeat.number)).where(col(WorkshopSeat.workshop_id) == workshop.id)
        ).one()
        free = WorkshopSeat(workshop_id=workshop.id, number=(last or 0) + 1)
        session.add(free)
        session.flush()
    return free
