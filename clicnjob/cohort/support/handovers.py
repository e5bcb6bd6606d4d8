"""Handing a young person over to a colleague, for good or for a time (a loan), and undoing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from clicnjob import audit, policy
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support.comments import SOMEBODY, cleaned_words
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, Handover


class NotAgreed(Refusal):
    """The young person must have agreed to the handover."""

    sentence = "Parlez-en d’abord au jeune. Puis cochez « vu avec le jeune »."


class EndGone(Refusal):
    """The last day of a loan must be today or later."""

    sentence = "La date de retour est passée. Choisissez un jour à venir."


class SameAdviser(Refusal):
    """The colleague is already the person's adviser."""

    sentence = "C’est déjà son conseiller. Choisissez un collègue."


class HandoverTooOld(Refusal):
    """A handover can be undone for a day only; after that the colleague has begun to work with the person."""

    sentence = "Plus de 24 heures sont passées. Demandez à votre collègue de vous le confier."


@dataclass(frozen=True, slots=True)
class ShownHandover:
    """A handover as shown. Adviser names are first names; `until` is None for a handover for good."""

    id: str
    account_id: str
    first_name: str
    last_name: str
    to_name: str
    from_name: str
    until: date | None
    note: str
    at: datetime
    ended_at: datetime | None


def hand_over(
    session: Session,
    *,
    by: Actor,
    account_id: str,
    to_id: str,
    note: str,
    agreed: bool,
    today: date,
    until: date | None = None,
    now: datetime,
) -> None:
    """Hand somebody over to a colleague, for good or until the end of a day, with a note agreed with the person.

    Only their adviser or the head may; a colleague who has them on loan may not. Raises NotFound, NotAgreed, EndGone,
    SameAdviser, comments.EmptyWords.
    """
    person = _own_person(session, by, account_id, today)
    colleagues = {one.id for one in permissions.adviser_colleagues(session, of=by, today=today)}
    _can_be(person, to_one=to_id in colleagues, to_id=to_id, agreed=agreed, over=until is not None and until < today)
    words = cleaned_words(note, most=policy.NOTE_LENGTH)
    _end_loans(session, account_id, at=now, today=today)
    given = Handover(
        account_id=account_id, by_id=by.id, from_id=person.adviser_id, to_id=to_id, until=until, note=words
    )
    given.at = now
    session.add(given)
    if until is None:
        person.adviser_id = to_id
    _note_handover(session, person, by, "handed over" if until is None else "lent", now, today)


def _can_be(person: Account, *, to_one: bool, to_id: str, agreed: bool, over: bool) -> None:
    if not to_one:
        raise NotFound
    if not agreed:
        raise NotAgreed
    if to_id == person.adviser_id:
        raise SameAdviser
    if over:
        raise EndGone


def take_back(session: Session, *, by: Actor, account_id: str, today: date, now: datetime) -> None:
    """End a loan now, by either side (« Récupérer », « rendre »). Raises NotFound when there is none."""
    person = permissions.followed_person(session, by=by, account_id=account_id, today=today)
    if not _end_loans(session, account_id, at=now, today=today):
        raise NotFound
    _note_handover(session, person, by, "taken back", now, today)


def undo_handover(session: Session, *, by: Actor, handover_id: str, today: date, now: datetime) -> None:
    """Undo one's own handover for good, within a day. A loan that it ended resumes, and one made since ends.

    Raises NotFound, HandoverTooOld.
    """
    given = session.get(Handover, handover_id) if permissions.may_follow(by) else None
    if given is None or given.by_id != by.id or given.until is not None or given.ended_at is not None:
        raise NotFound
    person = session.get(Account, given.account_id)
    if person is None or person.organisation_id != by.organisation_id or person.adviser_id != given.to_id:
        raise NotFound
    if now - given.at > policy.UNDO_WITHIN:
        raise HandoverTooOld
    _end_loans(session, given.account_id, at=now, today=today)
    for before in session.exec(
        select(Handover).where(*_loan_conditions(given.account_id), Handover.ended_at == given.at)
    ):
        before.ended_at = None
    given.ended_at, person.adviser_id = now, given.from_id
    _note_handover(session, person, by, "handover undone", now, today)


def just_given(session: Session, *, by: Actor, now: datetime) -> tuple[ShownHandover, ...]:
    """List what the actor handed over for good within the last day and may still undo. One query."""
    if not permissions.may_follow(by):
        return ()
    query = _GIVEN.where(
        col(Handover.by_id) == by.id,
        col(Handover.until).is_(None),
        col(Handover.ended_at).is_(None),
        col(Handover.at) >= now - policy.UNDO_WITHIN,
        col(Account.adviser_id) == col(Handover.to_id),
        col(Account.organisation_id) == by.organisation_id,
    )
    return tuple(ShownHandover(*row) for row in session.execute(query))


def of_person(session: Session, *, by: Actor, account_id: str, today: date) -> tuple[ShownHandover, ...]:
    """List the handovers of somebody, newest first. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    return tuple(ShownHandover(*row) for row in session.execute(_GIVEN.where(col(Handover.account_id) == account_id)))


def may_hand(actor: Actor, person: Account) -> bool:
    """Their own adviser or the head may; a colleague who has them on loan can only give them back."""
    return permissions.may_see_all(actor) or person.adviser_id == actor.id


def _own_person(session: Session, by: Actor, account_id: str, today: date) -> Account:
    person = permissions.followed_person(session, by=by, account_id=account_id, today=today)
    if not may_hand(by, person) or person.archived_at is not None:
        raise NotFound
    return person


def _loan_conditions(account_id: str) -> tuple[ColumnElement[bool], ...]:
    return (col(Handover.account_id) == account_id, col(Handover.until).is_not(None))


def _end_loans(session: Session, account_id: str, *, at: datetime, today: date) -> int:
    """End the loans in force today. One whose last day has passed has already ended on that day."""
    query = select(Handover).where(
        *_loan_conditions(account_id), col(Handover.until) >= today, col(Handover.ended_at).is_(None)
    )
    running = session.exec(query.order_by(col(Handover.at), Handover.id)).all()
    for one in running:
        one.ended_at = at
    session.flush()
    return len(running)


def _note_handover(session: Session, person: Account, by: Actor, act: str, at: datetime, today: date) -> None:
    """Refresh Progress now so that the colleague sees the person immediately, and log the act."""
    session.flush()
    refreshing.refresh_progress(session, [person.id], now=at)
    audit.note_act(session, by=by, act=act, whom_id=person.id, now=at)


_TO, _FROM = aliased(Account), aliased(Account)
_COLUMNS: Any = (
    Handover.id,
    Handover.account_id,
    Account.first_name,
    Account.last_name,
    func.coalesce(_TO.first_name, SOMEBODY),
    func.coalesce(_FROM.first_name, SOMEBODY),
    Handover.until,
    Handover.note,
    Handover.at,
    Handover.ended_at,
)
_GIVEN = (
    sqlalchemy.select(*_COLUMNS)
    .join(Account, col(Account.id) == col(Handover.account_id))
    .outerjoin(_TO, col(_TO.id) == col(Handover.to_id))
    .outerjoin(_FROM, col(_FROM.id) == col(Handover.from_id))
    .order_by(col(Handover.at).desc(), col(Handover.id))
)
