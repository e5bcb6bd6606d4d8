"""The seats of a live session: a computer or a telephone each, which up to three people can share and take turns at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Actor, ParticipantState, Workshop, WorkshopParticipant, WorkshopSeat
from clicnjob.workshops import events, permissions
from clicnjob.workshops.live.draws import Pairs


class TooManyAtOneSeat(Refusal):
    """More people than can see one screen and touch one keyboard."""

    sentence = f"{workshop_policy.WORKSHOP_PEOPLE_A_SEAT} personnes par écran, c’est le plus."


class TooFewScreens(Refusal):
    """Even with three at each screen, or with those who are kept apart, somebody would have none."""

    sentence = "Il n’y a pas assez d’écrans pour tout le monde. Une partie du groupe peut travailler sur papier."


def give_seat(session: Session, *, workshop: Workshop, row: WorkshopParticipant) -> None:
    """Give a participant the lowest free seat, unless they have one. Called after the right was checked."""
    if row.seat_id is None:
        row.seat_id = _free_seat(session, workshop).id
    session.flush()


def sit_together(
    session: Session, *, by: Actor, workshop_id: str, participant_ids: Sequence[str], now: datetime
) -> None:
    """Put people at one screen, the seat of the first of them, with who sits there. Raises NotFound, TooManyAtOneSeat."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    rows = _admitted_rows(session, workshop, participant_ids)
    give_seat(session, workshop=workshop, row=rows[0])
    beside = {row.id for row in _people_at(session, rows[0].seat_id or "")} | {row.id for row in rows}
    if len(beside) > workshop_policy.WORKSHOP_PEOPLE_A_SEAT:
        raise TooManyAtOneSeat
    _seat_at(session, workshop, rows, rows[0].seat_id, now)
    events.change_screens(session, workshop_id=workshop.id)


def sit_in_groups(
    session: Session, *, by: Actor, workshop_id: str, groups: Sequence[Sequence[str]], now: datetime
) -> None:
    """Give each of these groups a screen: that of the first of them where it is free. Raises NotFound, TooManyAtOneSeat."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    seated = [_admitted_rows(session, workshop, group) for group in groups]
    everybody = [row for rows in seated for row in rows]
    if len({row.id for row in everybody}) != len(everybody):
        raise NotFound
    if any(len(rows) > workshop_policy.WORKSHOP_PEOPLE_A_SEAT for rows in seated):
        raise TooManyAtOneSeat
    wanted = [rows[0].seat_id for rows in seated]
    for row in everybody:
        row.seat_id = None
    session.flush()
    for rows, seat_id in zip(seated, wanted, strict=True):
        rows[0].seat_id = seat_id if seat_id and not _people_at(session, seat_id) else None
        give_seat(session, workshop=workshop, row=rows[0])
        _seat_at(session, workshop, rows, rows[0].seat_id, now)
    events.change_screens(session, workshop_id=workshop.id)


def suggested_groups(people: Sequence[str], *, screens: int, apart: Pairs) -> tuple[tuple[str, ...], ...]:
    """Return who could share a screen when there are fewer screens than people, in the order of `people`.

    Those who share already should stand next to each other. Raises TooFewScreens when somebody would have none.
    """
    if screens >= 1:
        for first in range(len(people)):
            groups = _filled_screens([*people[first:], *people[:first]], screens, apart)
            if groups and all(len(group) <= workshop_policy.WORKSHOP_PEOPLE_A_SEAT for group in groups):
                return groups
    raise TooFewScreens


def seat_with_room(session: Session, *, workshop: Workshop, seat_id: str, row: WorkshopParticipant) -> str | None:
    """Return the seat if it is one of this session at which `row` can sit too, else None. For other rooms of live/."""
    seat = session.get(WorkshopSeat, seat_id) if seat_id else None
    if seat is None or seat.workshop_id != workshop.id:
        return None
    others = [one for one in _people_at(session, seat.id) if one.id != row.id]
    return seat.id if len(others) < workshop_policy.WORKSHOP_PEOPLE_A_SEAT else None


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
    rows = permissions.own_rows(session, of=of, now=now)
    if rows is None or rows[0].state is not ParticipantState.ADMITTED:
        raise NotFound
    return mates_at(session, seat_id=rows[0].seat_id, participant_id=rows[0].id)


def mates_at(session: Session, *, seat_id: str | None, participant_id: str) -> tuple[str, ...]:
    """Return the first names of who shares an admitted person's screen, without their own. One query."""
    if not seat_id:
        return ()
    query = select(WorkshopParticipant.first_name).where(
        WorkshopParticipant.seat_id == seat_id,
        WorkshopParticipant.id != participant_id,
        WorkshopParticipant.state == ParticipantState.ADMITTED,
        col(WorkshopParticipant.left_at).is_(None),
    )
    return tuple(session.exec(query.order_by(WorkshopParticipant.first_name, WorkshopParticipant.id)))


def _filled_screens(people: Sequence[str], screens: int, apart: Pairs) -> tuple[tuple[str, ...], ...]:
    """Fill the screens one by one, evenly; () when those who are apart leave somebody over."""
    left, groups = list(people), list[tuple[str, ...]]()
    for free in range(screens, 0, -1):
        size = -(-len(left) // free)
        group: list[str] = []
        for one in tuple(left):
            if len(group) < size and not any(frozenset((one, other)) in apart for other in group):
                group.append(one)
                left.remove(one)
        groups.append(tuple(group))
    return () if left else tuple(group for group in groups if group)


def _admitted_rows(session: Session, workshop: Workshop, ids: Sequence[str]) -> list[WorkshopParticipant]:
    rows = [permissions.participant_in(session, workshop=workshop, participant_id=one) for one in ids]
    if not rows or any(row.state is not ParticipantState.ADMITTED for row in rows):
        raise NotFound
    return rows


def _people_at(session: Session, seat_id: str) -> Sequence[WorkshopParticipant]:
    """Return who sits at a seat; who left keeps it only until somebody needs the room."""
    query = select(WorkshopParticipant).where(
        WorkshopParticipant.seat_id == seat_id, col(WorkshopParticipant.left_at).is_(None)
    )
    return session.exec(query).all()


def _seat_at(
    session: Session, workshop: Workshop, rows: Sequence[WorkshopParticipant], seat_id: str | None, now: datetime
) -> None:
    for row in rows:
        row.seat_id = seat_id
        events.note_event(session, workshop_id=workshop.id, kind="seated", participant_id=row.id, now=now)
    session.flush()


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
