"""The entrance of a live session, as its trainers see it: the code to show, who waits, whom they let in or take off."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import workshop_policy
from clicnjob.errors import Refusal
from clicnjob.models import (
    Account,
    Actor,
    ParticipantState,
    Role,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.workshops import events, permissions
from clicnjob.workshops.live import codes, help_requests, joining, progress, returning, seats


class NoRoomLeft(Refusal):
    """Others took the room of somebody whom the trainer brings back."""

    sentence = "La séance est complète. Retirez d’abord une autre personne."


@dataclass(frozen=True, slots=True)
class PersonAtDoor:
    """Somebody in the waiting room, as the trainer sees them."""

    id: str
    first_name: str
    guest: bool
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Entrance:
    """The door of a session. `code` is '' while joining is closed. `removed` can be brought back.

    `absent` are guests who are in, but whose screen is not open: their place can be given back to who waits.
    """

    code: str
    open: bool
    qr_open: bool
    waiting: tuple[PersonAtDoor, ...]
    removed: tuple[PersonAtDoor, ...]
    absent: tuple[PersonAtDoor, ...]


def open_joining(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> None:
    """Open the door of a running session: it stays open until a trainer closes it. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    if not workshop.joining_open:
        workshop.joining_open = True
        _renew_code(session, workshop, now)
        events.note_event(session, workshop_id=workshop.id, kind="opened", now=now)
        events.change_board(session, workshop_id=workshop.id)


def close_joining(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> None:
    """Close the door. Who is in, or waits, stays. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    workshop.joining_open, workshop.qr_open, workshop.code, workshop.code_expires_at = False, False, "", None
    session.flush()
    events.change_board(session, workshop_id=workshop.id)


def show_qr(session: Session, *, by: Actor, workshop_id: str, shown: bool, now: datetime) -> None:
    """Show the code as a picture for telephones, or hide it: some schools ban them in sessions. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    workshop.qr_open = shown and workshop.joining_open
    session.flush()
    events.change_board(session, workshop_id=workshop.id)


def renew_codes(session: Session, *, now: datetime) -> int:
    """Give a new code to each open session whose code has expired; returns how many. The server's sweep calls it."""
    query = select(Workshop).where(
        col(Workshop.joining_open), col(Workshop.ended_at).is_(None), col(Workshop.code_expires_at) <= now
    )
    found = session.exec(query.order_by(Workshop.id)).all()
    for workshop in found:
        _renew_code(session, workshop, now)
        events.change_board(session, workshop_id=workshop.id)
    return len(found)


def workshop_entrance(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> Entrance:
    """Return the door of a running session with who waits, first come first. Two queries. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    there = col(WorkshopParticipant.account_id).is_not(None) | col(WorkshopParticipant.simulated)
    query = (
        select(WorkshopParticipant, Account.role)
        .outerjoin(Account, col(Account.id) == col(WorkshopParticipant.account_id))
        .where(WorkshopParticipant.workshop_id == workshop.id, col(WorkshopParticipant.left_at).is_(None), there)
        .order_by(col(WorkshopParticipant.asked_at), col(WorkshopParticipant.id))
    )
    found = session.exec(query).all()
    rows = [row for row, _ in found]
    gone = [
        row
        for row, role in found
        if role and returning.may_be_given_back(row, Role(role)) and not progress.is_connected(row, now=now)
    ]
    return Entrance(
        workshop.code if workshop.joining_open else "",
        workshop.joining_open,
        workshop.qr_open,
        waiting=_waiting_people(row for row in rows if row.state is ParticipantState.WAITING),
        removed=_waiting_people(row for row in rows if row.state is ParticipantState.REMOVED),
        absent=_waiting_people(gone),
    )


def admit_people(
    session: Session, *, by: Actor, workshop_id: str, participant_ids: Collection[str] | None = None, now: datetime
) -> int:
    """Let in these people of the waiting room, or all (None); returns how many. Each gets a seat of their own.

    Admission lasts the whole session. Raises NotFound for somebody of another session.
    """
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    if participant_ids is None:
        query = select(WorkshopParticipant).where(
            WorkshopParticipant.workshop_id == workshop.id,
            WorkshopParticipant.state == ParticipantState.WAITING,
            col(WorkshopParticipant.left_at).is_(None),
        )
        rows = list(session.exec(query.order_by(col(WorkshopParticipant.asked_at), WorkshopParticipant.id)).all())
    else:
        rows = [permissions.participant_in(session, workshop=workshop, participant_id=one) for one in participant_ids]
    for row in rows:
        _let_in(session, workshop, row, "admitted", now)
    if rows:
        events.change_screens(session, workshop_id=workshop.id)
    return len(rows)


def remove_participant(session: Session, *, by: Actor, workshop_id: str, participant_id: str, now: datetime) -> None:
    """Take somebody off the session; it can be undone. Their work stays theirs. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    row = permissions.participant_in(session, workshop=workshop, participant_id=participant_id)
    row.state, row.seat_id = ParticipantState.REMOVED, None
    help_requests.close_help(session, participant_id=row.id, now=now)
    events.note_event(session, workshop_id=workshop.id, kind="removed", participant_id=row.id, now=now)
    events.change_screens(session, workshop_id=workshop.id)


def bring_back(session: Session, *, by: Actor, workshop_id: str, participant_id: str, now: datetime) -> None:
    """Let somebody who was taken off back in. Raises NotFound, NoRoomLeft."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    row = permissions.participant_in(session, workshop=workshop, participant_id=participant_id)
    if row.state is ParticipantState.REMOVED:
        joining.check_room(session, workshop, NoRoomLeft)
    _let_in(session, workshop, row, "brought back", now)
    events.change_screens(session, workshop_id=workshop.id)


def _waiting_people(rows: Iterable[WorkshopParticipant]) -> tuple[PersonAtDoor, ...]:
    return tuple(PersonAtDoor(row.id, row.first_name, row.guest, row.asked_at) for row in rows)


def _renew_code(session: Session, workshop: Workshop, now: datetime) -> None:
    taken = select(Workshop.code).where(col(Workshop.code) != "")
    in_use = set(session.exec(taken).all())
    code = ""
    while not code or code in in_use:
        code = codes.new_code(workshop_policy.WORKSHOP_CODE_SYMBOLS)
    workshop.code, workshop.code_expires_at = code, now + workshop_policy.WORKSHOP_CODE_LASTS
    session.flush()


def _let_in(session: Session, workshop: Workshop, row: WorkshopParticipant, kind: str, now: datetime) -> None:
    row.state, row.admitted_at = ParticipantState.ADMITTED, row.admitted_at or now
    seats.give_seat(session, workshop=workshop, row=row)
    events.note_event(session, workshop_id=workshop.id, kind=kind, participant_id=row.id, now=now)
