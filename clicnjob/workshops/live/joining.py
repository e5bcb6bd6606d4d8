"""Joining a live session: a short-lived code, a waiting room that shows nothing, and the trainer who lets people in.

A code is six of 31 symbols, 887 million: at the limit of ten wrong tries a minute, a browser that guesses for the four
hours of a session finds one of ten open codes with a chance of 1 in 36 000. It only leads to the waiting room.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import policy, text, workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import (
    YOUNG_ROLES,
    Account,
    Actor,
    ParticipantState,
    Role,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.workshops import events, permissions
from clicnjob.workshops.live import codes, help_requests, progress, returning, seats


class WrongWorkshopCode(Refusal):
    """No open session has this code: never given, expired, or joining is closed. The answer is the same for all."""

    sentence = "Ce code n’ouvre pas de séance. Regarde l’écran du formateur, et recopie les 6 signes."


class SessionFull(Refusal):
    """The session has as many people as one trainer can follow."""

    sentence = "Cette séance est complète. Demande au formateur."


class NoRoomLeft(Refusal):
    """Others took the room of somebody whom the trainer brings back."""

    sentence = "La séance est complète. Retirez d’abord une autre personne."


class WasRemoved(Refusal):
    """The trainer took this person off the session; only the trainer can bring them back."""

    sentence = "Tu ne peux pas entrer dans cette séance. Parle au formateur, il peut te rouvrir la porte."


class OtherStructure(Refusal):
    """A card of another structure: the person's work and attendance belong there."""

    sentence = "Ta carte est d’une autre structure. Entre comme invité, avec ton prénom."


class NeedsFirstName(Refusal):
    """A guest joins by first name, so that the trainer knows whom to let in."""

    sentence = "Écris ton prénom, pour que le formateur te reconnaisse."


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


def join_workshop(
    session: Session, *, of: Actor, code: str, first_name: str = "", seat: str = "", now: datetime
) -> str:
    """Ask to be let in with a code, and return the participant's id. Who was in already is in again, without asking.

    A guest gives a first name; of a card the account's is taken. `seat` is that of this computer, where a partner
    has just left it to them. Raises WrongWorkshopCode, SessionFull, WasRemoved,
    OtherStructure, NeedsFirstName, what `text.clean_name` raises, NotFound for a professional.
    """
    account = session.get(Account, of.id) if of.roles & YOUNG_ROLES else None
    if account is None:
        raise NotFound
    workshop = _workshop_of_code(session, code, now)
    if account.organisation_id not in (None, workshop.organisation_id):
        raise OtherStructure
    row = _row_of(session, workshop, account)
    if row is not None:
        return _come_again(session, workshop, row, now)
    name = account.first_name or text.clean_name(first_name[: policy.NAME_LENGTH])
    if not name:
        raise NeedsFirstName
    _check_room(session, workshop)
    row = WorkshopParticipant(
        workshop_id=workshop.id, account_id=account.id, first_name=name, asked_at=now, alive_at=now,
        guest=account.role is Role.GUEST or account.organisation_id is None,
    )  # fmt: skip
    row.seat_id = seats.seat_with_room(session, workshop=workshop, seat_id=seat, row=row)
    session.add(row)
    session.flush()
    events.note_event(session, workshop_id=workshop.id, kind="asked", participant_id=row.id, now=now)
    events.change_board(session, workshop_id=workshop.id)
    return row.id


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
        _check_room(session, workshop, NoRoomLeft)
    _let_in(session, workshop, row, "brought back", now)
    events.change_screens(session, workshop_id=workshop.id)


def leave_workshop(session: Session, *, by: Actor, now: datetime) -> None:
    """Leave the session that one is in; one's call for help goes too. The code lets one in again. Raises NotFound."""
    place = permissions.own_participation(session, of=by, now=now)
    if place is None:
        raise NotFound
    row = session.get(WorkshopParticipant, place.participant_id)
    assert row is not None
    row.left_at = now
    help_requests.close_help(session, participant_id=row.id, now=now)
    events.note_event(session, workshop_id=row.workshop_id, kind="left", participant_id=row.id, now=now)
    events.change_board(session, workshop_id=row.workshop_id)


def read_code(typed: str) -> str:
    """Return a typed code without spaces and hyphens, in capitals, signs that look alike forgiven. Raises WrongWorkshopCode."""
    code = codes.read_symbols(typed, workshop_policy.WORKSHOP_CODE_SYMBOLS)
    if not code:
        raise WrongWorkshopCode
    return code


def _waiting_people(rows: Iterable[WorkshopParticipant]) -> tuple[PersonAtDoor, ...]:
    return tuple(PersonAtDoor(row.id, row.first_name, row.guest, row.asked_at) for row in rows)


def _workshop_of_code(session: Session, typed: str, now: datetime) -> Workshop:
    query = select(Workshop).where(
        Workshop.code == read_code(typed), col(Workshop.joining_open), ~col(Workshop.rehearsal)
    )
    workshop = session.exec(query).first()
    if workshop is None or not permissions.is_running(workshop, now=now):
        raise WrongWorkshopCode
    if workshop.code_expires_at is None or workshop.code_expires_at + workshop_policy.WORKSHOP_CODE_GRACE <= now:
        raise WrongWorkshopCode
    return workshop


def _check_room(session: Session, workshop: Workshop, full: type[Refusal] = SessionFull) -> None:
    """Let newcomers in one by one, so that two who come as the 25th in the same instant are counted one after the other.

    SQLite has a single writer anyway. The lock holds up no row that merely refers to the session.
    """
    session.exec(select(Workshop.id).where(Workshop.id == workshop.id).with_for_update(key_share=True)).one()
    query = select(func.count()).where(
        col(WorkshopParticipant.workshop_id) == workshop.id,
        WorkshopParticipant.state != ParticipantState.REMOVED,
        col(WorkshopParticipant.left_at).is_(None),
    )
    if session.exec(query).one() >= workshop_policy.WORKSHOP_PEOPLE:
        raise full


def _renew_code(session: Session, workshop: Workshop, now: datetime) -> None:
    taken = select(Workshop.code).where(col(Workshop.code) != "")
    in_use = set(session.exec(taken).all())
    code = ""
    while not code or code in in_use:
        code = codes.new_code(workshop_policy.WORKSHOP_CODE_SYMBOLS)
    workshop.code, workshop.code_expires_at = code, now + workshop_policy.WORKSHOP_CODE_LASTS
    session.flush()


def _row_of(session: Session, workshop: Workshop, account: Account) -> WorkshopParticipant | None:
    query = select(WorkshopParticipant).where(
        WorkshopParticipant.workshop_id == workshop.id, WorkshopParticipant.account_id == account.id
    )
    return session.exec(query).first()


def _come_again(session: Session, workshop: Workshop, row: WorkshopParticipant, now: datetime) -> str:
    if row.state is ParticipantState.REMOVED:
        raise WasRemoved
    if row.left_at is not None:
        _check_room(session, workshop)
        row.left_at = None
        events.note_event(session, workshop_id=workshop.id, kind="returned", participant_id=row.id, now=now)
    row.alive_at = now
    session.flush()
    events.change_board(session, workshop_id=workshop.id)
    return row.id


def _let_in(session: Session, workshop: Workshop, row: WorkshopParticipant, kind: str, now: datetime) -> None:
    row.state, row.admitted_at = ParticipantState.ADMITTED, row.admitted_at or now
    seats.give_seat(session, workshop=workshop, row=row)
    events.note_event(session, workshop_id=workshop.id, kind=kind, participant_id=row.id, now=now)
