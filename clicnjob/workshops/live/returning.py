"""Leaving the computer to one's partner, and finding one's own place again there or at another computer.

A person with a card comes back with it. A guest gets a code that works once: eight of 31 symbols, 850 thousand million. At
the limit of sixty wrong tries a minute of one address, four hours of guessing find one of 250 places with a chance of 1 in
230 000. Who lost the code, or whose browser crashed, is recognised by the trainer (« Rendre sa place »), never by a name.
Both ways last as long as the session, and a little longer, so that everybody can take their work along.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, update
from sqlmodel import Session, col, select

from clicnjob import audit, workshop_policy
from clicnjob.accounts import presence
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import (
    Account,
    Actor,
    ParticipantState,
    Role,
    Workshop,
    WorkshopEvent,
    WorkshopParticipant,
    WorkshopProgress,
)
from clicnjob.workshops import events, permissions
from clicnjob.workshops.live import codes, help_requests, progress, pushing, seats
from clicnjob.workshops.permissions import Participation

OFFER = "offer:"  # begins the digest of a place that a trainer gives back, and no digest of a code


class WrongReturnCode(Refusal):
    """No place has this code: never given, used already, or its session is over. The answer is the same for all."""

    sentence = "Ce code ne rend pas de place. Relis ton papier, ou appelle le formateur."


class StillThere(Refusal):
    """The place belongs to somebody whose screen is open at this moment."""

    sentence = "Cette personne est devant son écran. Sa place n’est pas à rendre."


@dataclass(frozen=True, slots=True)
class LeftComputer:
    """What a person needs who leaves the computer to another: the code that gives their place back, '' with a card."""

    first_name: str
    code: str
    seat_id: str


def step_aside(session: Session, *, by: Actor, now: datetime) -> LeftComputer:
    """Leave the computer to somebody else without leaving the session; one's call for help and its page go too.

    The caller ends the sign-in. Raises NotFound.
    """
    place = permissions.admitted_participation(session, of=by, now=now)
    row = session.get_one(WorkshopParticipant, place.participant_id)
    code = codes.new_code(workshop_policy.RETURN_CODE_SYMBOLS) if by.role is Role.GUEST else ""
    row.return_digest, row.alive_at = _code_digest(code) if code else "", None
    help_requests.close_help(session, participant_id=row.id, now=now)
    events.note_event(session, workshop_id=row.workshop_id, kind="stepped aside", participant_id=row.id, now=now)
    events.change_board(session, workshop_id=row.workshop_id)
    return LeftComputer(row.first_name, code, row.seat_id or "")


def take_place_back(session: Session, *, code: str, seat: str = "", now: datetime) -> Account:
    """Return the guest whose place a code gives back, once; `seat` is that of this computer, where known.

    The guest's other sign-ins end. Raises WrongReturnCode.
    """
    read = codes.read_symbols(code, workshop_policy.RETURN_CODE_SYMBOLS)
    row = _row_of_digest(session, _code_digest(read), now) if read else None
    if row is None or not _take_digest(session, row):
        raise WrongReturnCode
    return _back_at_place(session, row, seat, now)


def give_place_back(
    session: Session, *, by: Actor, workshop_id: str, waiting_id: str, participant_id: str, now: datetime
) -> None:
    """« Rendre sa place »: the trainer recognises, in who waits at the door, a guest who was in already.

    The offer lasts two minutes, and ends when that guest's screen comes back. Raises NotFound for anybody else, StillThere
    while that screen is open.
    """
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    waiting = permissions.participant_in(session, workshop=workshop, participant_id=waiting_id)
    row = permissions.participant_in(session, workshop=workshop, participant_id=participant_id)
    account = session.get(Account, row.account_id) if row.account_id else None
    if account is None or waiting.state is not ParticipantState.WAITING or not may_be_given_back(row, account.role):
        raise NotFound
    if progress.is_connected(row, now=now):
        raise StillThere
    row.return_digest = _offer_digest(waiting.id)
    audit.note_act(session, by=by, act="place given back", now=now)
    events.note_event(session, workshop_id=workshop.id, kind="place given back", participant_id=row.id, now=now)
    events.change_own_screen(session, workshop_id=workshop.id, participant_id=waiting.id)


def may_be_given_back(row: WorkshopParticipant, role: Role) -> bool:
    """Whether this place is that of a guest who is in. `role` is that of its account.

    Somebody with a card, also of their own making, comes back with it, and nobody else may open what it opens.
    """
    return role is Role.GUEST and row.state is ParticipantState.ADMITTED and row.left_at is None


def offered_place(session: Session, *, of: Actor, now: datetime) -> str | None:
    """Return the first name at the place that a trainer gives back to the actor, who waits at the door; None without.

    Two queries.
    """
    place = permissions.own_participation(session, of=of, now=now)
    row = _offered_row(session, of, place, now) if place else None
    return row.first_name if row and not progress.is_connected(row, now=now) else None


def take_offered_place(session: Session, *, of: Actor, seat: str = "", now: datetime) -> Account:
    """As `take_place_back`, with the trainer's gesture instead of a code. The place at the door goes.

    Raises NotFound; StillThere when the owner has come back to their screen meanwhile.
    """
    place = permissions.own_participation(session, of=of, now=now)
    row = _offered_row(session, of, place, now) if place else None
    if place is None or row is None:
        raise NotFound
    if progress.is_connected(row, now=now):
        raise StillThere
    if not _take_digest(session, row):
        raise NotFound
    session.delete(session.get_one(WorkshopParticipant, place.participant_id))
    return _back_at_place(session, row, seat, now)


def _offered_row(session: Session, of: Actor, place: Participation, now: datetime) -> WorkshopParticipant | None:
    if place.state is not ParticipantState.WAITING or of.role is not Role.GUEST:
        return None
    offered = exists(
        select(WorkshopEvent.id).where(
            WorkshopEvent.participant_id == WorkshopParticipant.id,
            WorkshopEvent.kind == "place given back",
            col(WorkshopEvent.at) > now - workshop_policy.RETURN_OFFER_LASTS,
        )
    )
    here = col(WorkshopParticipant.workshop_id) == place.workshop_id
    return _row_of_digest(session, _offer_digest(place.participant_id), now, here, offered)


def _row_of_digest(
    session: Session, digest: str, now: datetime, *also: ColumnElement[bool]
) -> WorkshopParticipant | None:
    """Return the guest's place with this digest, in a session that runs or has only just ended."""
    query = (
        select(WorkshopParticipant, Workshop, Account.role)
        .join(Workshop, col(Workshop.id) == col(WorkshopParticipant.workshop_id))
        .join(Account, col(Account.id) == col(WorkshopParticipant.account_id))
        .where(WorkshopParticipant.return_digest == digest, *also)
    )
    found = session.exec(query).first()
    if found is None or not may_be_given_back(found[0], Role(found[2])):
        return None
    until = (
        found[1].ended_at or found[1].began_at + workshop_policy.WORKSHOP_ENDS_AFTER
    ) + workshop_policy.WORKSHOP_RETURN_AFTER_END
    return found[0] if now < until else None


def _take_digest(session: Session, row: WorkshopParticipant) -> bool:
    """Take the code, or the offer, off a place. False when somebody was faster, since it works once.

    PostgreSQL lets a second one wait here and then finds the digest gone.
    """
    person = WorkshopParticipant
    unused = (col(person.id) == row.id, col(person.return_digest) == row.return_digest)
    return session.exec(update(person).where(*unused).values(return_digest="")).rowcount == 1


def _back_at_place(session: Session, row: WorkshopParticipant, seat: str, now: datetime) -> Account:
    account = session.get_one(Account, row.account_id)
    workshop = session.get_one(Workshop, row.workshop_id)
    row.alive_at = now
    row.seat_id = seats.seat_with_room(session, workshop=workshop, seat_id=seat, row=row) or row.seat_id
    _restart_time(session, workshop, row, now)
    presence.end_all(session, account_id=account.id, reason="another", now=now)
    events.note_event(session, workshop_id=workshop.id, kind="returned", participant_id=row.id, now=now)
    session.flush()
    events.change_screens(session, workshop_id=workshop.id)
    return account


def _restart_time(session: Session, workshop: Workshop, row: WorkshopParticipant, now: datetime) -> None:
    """Begin the person's time on the activity anew: who watched a partner's turn is not stuck."""
    push = pushing.current_push(workshop, participant_id=row.id)
    at = session.get(WorkshopProgress, (row.id, push.number)) if push else None
    if at is not None:
        at.since_at, at.failed = now, 0


def _code_digest(code: str) -> str:
    return hashlib.sha256(f"code {code}".encode()).hexdigest()


def _offer_digest(waiting_id: str) -> str:
    return OFFER + hashlib.sha256(waiting_id.encode()).hexdigest()[: 64 - len(OFFER)]
