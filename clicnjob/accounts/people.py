"""Accounts of young people, who have a card, and of guests, who do not and whose data ends with their visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, true, update
from sqlmodel import Session, col, select

from clicnjob import audit, db, policy
from clicnjob.accounts import cards, departures, presence, reauthentication
from clicnjob.accounts.names import person_name
from clicnjob.accounts.permissions import may_enrol_young, may_renew_any_card
from clicnjob.accounts.presence import Present
from clicnjob.accounts.reauthentication import Proof
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import (
    Account,
    Actor,
    Attendance,
    Card,
    GroupAnswer,
    ParticipantState,
    PortfolioLine,
    Role,
    SignIn,
    Workshop,
    WorkshopParticipant,
    WrongTries,
)


class MayNotEnrolYoung(Refusal):
    """The actor is not a professional who may sign young people up."""

    sentence = "Seul un professionnel de la structure peut inscrire un jeune."


class TooManyGuests(Refusal):
    """An address, or the whole server, has reached its limit of people without a card."""

    sentence = "Beaucoup de personnes essaient en même temps. Attends dix minutes, ou demande une carte."


class NotAtSession(Refusal):
    """A trainer may make cards only for the people noted present at their running session."""

    sentence = "Notez d’abord ce jeune présent à votre séance en cours."


def enrol_young(
    session: Session, *, by: Account | Present, first_name: str, last_name: str, now: datetime
) -> tuple[Account, str]:
    """Sign a young person up in the structure of `by`. Returns the account and the code of its first card.

    An adviser follows the people whom they sign up; anybody signed up by somebody else waits for an adviser. Raises
    MayNotEnrolYoung, EmptyName.
    """
    if not may_enrol_young(by):
        raise MayNotEnrolYoung
    account = Account(
        organisation_id=by.organisation_id,
        role=Role.YOUNG,
        first_name=person_name(first_name),
        last_name=person_name(last_name),
        created_at=now,
        adviser_id=by.id if Role.ADVISER in by.roles else None,
    )
    session.add(account)
    session.flush()
    audit.note_act(session, by=by, act="young person signed up", whom_id=account.id, now=now)
    return account, cards.issue_card(session, account=account, now=now)


def add_guest(session: Session, *, now: datetime) -> Account:
    """Create the account of a person without a card. It lasts as long as its sign-in and belongs to no structure.

    Raises TooManyGuests.
    """
    here = session.exec(select(func.count()).where(Account.role == Role.GUEST)).one()
    if here >= policy.GUESTS_AT_ONCE:
        raise TooManyGuests
    account = Account(role=Role.GUEST, created_at=now)
    session.add(account)
    session.flush()
    return account


def leave_for_good(session: Session, token: str, *, reason: str, now: datetime) -> None:
    """End the sign-in of a token (« J’ai fini »), and delete a guest with all their work."""
    account_id = presence.end_sign_in(session, token, reason=reason, now=now)
    if account_id is not None:
        erase_guest(session, account_id=account_id)


def end_departed(session: Session, *, now: datetime) -> frozenset[str]:
    """End the visits that were left while the database could not be written.

    Returns their digests, which the caller removes from `departures` once this is committed.
    """
    waiting = departures.unwritten_departures()
    for token_digest in waiting:
        account_id = presence.end_by_digest(session, token_digest, reason="done", now=now)
        if account_id is not None:
            erase_guest(session, account_id=account_id)
    return waiting


def erase_guest(session: Session, *, account_id: str) -> None:
    """Delete a guest and, by cascade, all their rows. Any other account is left untouched."""
    whose = (col(Account.id) == account_id, col(Account.role) == Role.GUEST)
    _keep_first_name_in_workshops(session, *whose)
    session.exec(delete(Account).where(*whose))
    db.forget_erased_text(session)


def sweep_guests(session: Session, *, now: datetime) -> int:
    """Delete the guests whose sign-in has ended or expired. Returns how many."""
    still_there = exists(
        select(SignIn.id).where(
            SignIn.account_id == Account.id,
            col(SignIn.ended_at).is_(None),
            SignIn.seen_at > now - presence.YOUTH.idle,
            SignIn.started_at > now - presence.YOUTH.whole,
        )
    )
    whose = (col(Account.role) == Role.GUEST, ~still_there, ~_in_workshop(now))
    _keep_first_name_in_workshops(session, *whose)
    gone = session.exec(delete(Account).where(*whose)).rowcount
    if gone:
        db.forget_erased_text(session)
    return gone


def _in_workshop(now: datetime) -> ColumnElement[bool]:
    """Whether a guest takes part in a running group session: they may sit beside their partner's turn, or come back."""
    return exists(
        select(WorkshopParticipant.id)
        .join(Workshop, col(Workshop.id) == col(WorkshopParticipant.workshop_id))
        .where(
            WorkshopParticipant.account_id == Account.id,
            WorkshopParticipant.state == ParticipantState.ADMITTED,
            col(WorkshopParticipant.left_at).is_(None),
            col(Workshop.ended_at).is_(None),
            col(Workshop.began_at) > now - policy.WORKSHOP_ENDS_AFTER,
        )
    )


def _keep_first_name_in_workshops(session: Session, *whose: ColumnElement[bool]) -> None:
    """Detach guests from the group sessions they came to, so that the attendance sheet still lists their first name.

    The portfolio lines and answers of a guest have left with them on paper or in their file, and go with the account.
    """
    rows = select(WorkshopParticipant.id).join(Account, col(Account.id) == col(WorkshopParticipant.account_id))
    of_guests = rows.where(*whose)
    for table in (PortfolioLine, GroupAnswer):
        session.exec(delete(table).where(col(table.participant_id).in_(of_guests)))
    detached = update(WorkshopParticipant).where(col(WorkshopParticipant.id).in_(of_guests))
    session.exec(detached.values(account_id=None).execution_options(synchronize_session=False))


@dataclass(frozen=True, slots=True)
class YoungPerson:
    """A young person of the structure, as the cards page lists them.

    `came`: they have chosen a PIN; `locked`: the card waits after wrong tries; `followed`: they have an adviser;
    `renewable`: the actor may make them a new card today.
    """

    id: str
    first_name: str
    last_name: str
    came: bool
    locked: bool
    followed: bool
    renewable: bool


def young_people(session: Session, *, of: Actor, now: datetime) -> tuple[YoungPerson, ...]:
    """List the young people of the actor's structure by name. One query. Raises MayNotEnrolYoung."""
    if not may_enrol_young(of):
        raise MayNotEnrolYoung
    here = select(Account.organisation_id).where(Account.id == of.id).scalar_subquery()
    came = exists(select(Card.id).where(Card.account_id == Account.id, col(Card.pin_chosen_at).is_not(None)))
    waits = col(WrongTries.wait_until) > now
    waiting = select(Card.id).join(WrongTries, col(WrongTries.key) == Card.code_digest).where(waits)
    locked = exists(waiting.where(Card.account_id == Account.id, col(Card.voided_at).is_(None)))
    query = select(Account, came, locked, _may_renew(of, now=now)).where(
        Account.organisation_id == here, Account.role == Role.YOUNG
    )
    query = query.where(col(Account.closed_at).is_(None))
    rows = session.exec(query.order_by(Account.last_name, Account.first_name, Account.id))
    return tuple(
        YoungPerson(
            row.id,
            row.first_name,
            row.last_name,
            bool(seen),
            bool(waiting),
            row.adviser_id is not None,
            bool(renewable),
        )
        for row, seen, waiting, renewable in rows
    )


def renew_card(session: Session, *, by: Actor, account_id: str, proof: Proof | None, now: datetime) -> str:
    """Give a young person of the actor's structure a new card, which voids the old one. Returns the code.

    Whoever holds the code can sign in as that person, so the actor must have just proved who they are, and a trainer
    must have the person at their session. Raises MayNotEnrolYoung, NotAtSession, ProofNeeded; NotFound for an unknown person
    and for one of another structure alike.
    """
    person = _of_own_structure(session, by=by, account_id=account_id, now=now)
    reauthentication.check_proof(by, proof, now=now)
    presence.end_all(session, account_id=person.id, reason="card", now=now)
    code = cards.issue_card(session, account=person, remade_by=by, now=now)
    audit.note_act(session, by=by, act="card renewed", whom_id=person.id, now=now)
    return code


def unlock_card(session: Session, *, by: Actor, account_id: str, now: datetime) -> None:
    """End the wait of a card after wrong tries. Its number and PIN stay, so this gives nobody access.

    Raises MayNotEnrolYoung, NotAtSession, NotFound.
    """
    person = _of_own_structure(session, by=by, account_id=account_id, now=now)
    if cards.unlock_card(session, account_id=person.id):
        audit.note_act(session, by=by, act="card unlocked", whom_id=person.id, now=now)


def _may_renew(actor: Actor, *, now: datetime) -> ColumnElement[bool]:
    """Select the accounts whose card the actor may renew: the structure's, or those at the actor's running session."""
    if may_renew_any_card(actor):
        return true()
    running = select(Attendance.account_id).join(Workshop, col(Workshop.id) == col(Attendance.workshop_id))
    running = running.where(
        Attendance.account_id == Account.id,
        Workshop.by_id == actor.id,
        col(Workshop.ended_at).is_(None),
        col(Workshop.began_at) > now - policy.WORKSHOP_ENDS_AFTER,
    )
    return exists(running.correlate(Account))


def _of_own_structure(session: Session, *, by: Actor, account_id: str, now: datetime) -> Account:
    if not may_enrol_young(by):
        raise MayNotEnrolYoung
    person = session.get(Account, account_id)
    if person is None or person.role is not Role.YOUNG or person.closed_at is not None:
        raise NotFound
    if by.organisation_id is None or person.organisation_id != by.organisation_id:
        raise NotFound
    if session.exec(select(Account.id).where(Account.id == person.id, _may_renew(by, now=now))).first() is None:
        raise NotAtSession
    return person
