"""Joining a live session with its short-lived code, and leaving it. Who waits to be let in is shown nothing.

A code is six of 31 symbols, 887 million: at the limit of ten wrong tries a minute, a browser that guesses for the four
hours of a session finds one of ten open codes with a chance of 1 in 36 000. It only leads to the waiting room.
"""

from __future__ import annotations

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
from clicnjob.workshops.live import codes, help_requests, seats


class WrongWorkshopCode(Refusal):
    """No open session has this code: never given, expired, or joining is closed. The answer is the same for all."""

    sentence = "Ce code n’ouvre pas de séance. Regarde l’écran du formateur, et recopie les 6 signes."


class SessionFull(Refusal):
    """The session has as many people as one trainer can follow."""

    sentence = "Cette séance est complète. Demande au formateur."


class WasRemoved(Refusal):
    """The trainer took this person off the session; only the trainer can bring them back."""

    sentence = "Tu ne peux pas entrer dans cette séance. Parle au formateur, il peut te rouvrir la porte."


class OtherStructure(Refusal):
    """A card of another structure: the person's work and attendance belong there."""

    sentence = "Ta carte est d’une autre structure. Entre comme invité, avec ton prénom."


class NeedsFirstName(Refusal):
    """A guest joins by first name, so that the trainer knows whom to let in."""

    sentence = "Écris ton prénom, pour que le formateur te reconnaisse."


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
    check_room(session, workshop)
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


def check_room(session: Session, workshop: Workshop, full: type[Refusal] = SessionFull) -> None:
    """Raise `full` when the session has as many people as it may have.

    The lock makes newcomers pass one by one, so that two who come as the 25th in the same instant are counted one after
    the other. SQLite has a single writer anyway. The lock holds up no row that merely refers to the session.
    """
    session.exec(select(Workshop.id).where(Workshop.id == workshop.id).with_for_update(key_share=True)).one()
    query = select(func.count()).where(
        col(WorkshopParticipant.workshop_id) == workshop.id,
        WorkshopParticipant.state != ParticipantState.REMOVED,
        col(WorkshopParticipant.left_at).is_(None),
    )
    if session.exec(query).one() >= workshop_policy.WORKSHOP_PEOPLE:
        raise full


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


def _row_of(session: Session, workshop: Workshop, account: Account) -> WorkshopParticipant | None:
    query = select(WorkshopParticipant).where(
        WorkshopParticipant.workshop_id == workshop.id, WorkshopParticipant.account_id == account.id
    )
    return session.exec(query).first()


def _come_again(session: Session, workshop: Workshop, row: WorkshopParticipant, now: datetime) -> str:
    if row.state is ParticipantState.REMOVED:
        raise WasRemoved
    if row.left_at is not None:
        check_room(session, workshop)
        row.left_at = None
        events.note_event(session, workshop_id=workshop.id, kind="returned", participant_id=row.id, now=now)
    row.alive_at = now
    session.flush()
    events.change_board(session, workshop_id=workshop.id)
    return row.id
