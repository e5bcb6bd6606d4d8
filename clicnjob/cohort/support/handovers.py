"""Handing a young person over to a colleague, for good or for a time (a loan), and undoing it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from clicnjob import audit, policy
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support import what_follows
from clicnjob.cohort.support.comments import SOMEBODY, cleaned_words
from clicnjob.errors import ChangedMeanwhile, NotFound, Refusal
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


class AdviserGone(Refusal):
    """The adviser before has no account any more, so nobody can be given back to them."""

    sentence = "Le compte du conseiller d’avant est fermé. Rouvrez-le, ou confiez ces jeunes à quelqu’un d’autre."


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


@dataclass(frozen=True, slots=True)
class HandoverAct:
    """One act of the last day that can be undone: its handovers, all to the same colleague, by name of the person."""

    handovers: tuple[ShownHandover, ...]

    @property
    def id(self) -> str:
        """The id by which the whole act is undone."""
        return self.handovers[0].id


def hand_over(
    session: Session,
    *,
    by: Actor,
    account_id: str,
    to_id: str,
    note: str,
    agreed: bool,
    shown_id: str,
    today: date,
    until: date | None = None,
    now: datetime,
) -> None:
    """Hand somebody over to a colleague, for good or until the end of a day, with a note agreed with the person.

    Only their adviser or the head may; a colleague who has them on loan may not. `shown_id` is the latest handover that the
    screen showed, '' without one. Raises NotFound, NotAgreed, EndGone, SameAdviser, comments.EmptyWords, ChangedMeanwhile.
    """
    person = _own_person(session, by, account_id, today)
    colleagues = {one.id for one in permissions.adviser_colleagues(session, of=by, today=today)}
    _can_be(person, to_one=to_id in colleagues, to_id=to_id, agreed=agreed, over=until is not None and until < today)
    words = cleaned_words(note, most=policy.NOTE_LENGTH)
    if _latest_handover_id(session, account_id) != shown_id:
        raise ChangedMeanwhile
    pass_people_on(session, [person], by=by, to_id=to_id, until=until, note=words, today=today, now=now)


def pass_people_on(
    session: Session,
    people: Sequence[Account],
    *,
    by: Actor,
    to_id: str,
    until: date | None,
    note: str,
    today: date,
    now: datetime,
) -> None:
    """Write the handovers of one act, which the caller has checked, in a fixed number of queries.

    Loans in force end. For good, the appointments to come with the adviser before pass to the colleague.
    """
    ids = [person.id for person in people]
    _end_loans(session, ids, at=now, today=today)
    given = {
        person.id: Handover(
            account_id=person.id, by_id=by.id, from_id=person.adviser_id, to_id=to_id, until=until, note=note, at=now
        )
        for person in people
    }
    session.add_all(given.values())
    if until is None:
        what_follows.pass_appointments(session, given, today=today)
        for person in people:
            person.adviser_id = to_id
    _note_handovers(session, ids, by, "handed over" if until is None else "lent", now)


def _can_be(person: Account, *, to_one: bool, to_id: str, agreed: bool, over: bool) -> None:
    if not to_one:
        raise NotFound
    if not agreed:
        raise NotAgreed
    if to_id == person.adviser_id:
        raise SameAdviser
    if over:
        raise EndGone


def take_back(session: Session, *, by: Actor, handover_id: str, today: date, now: datetime) -> None:
    """End a loan now, by either side (« Récupérer », « rendre »). Raises NotFound, ChangedMeanwhile."""
    loan = session.get(Handover, handover_id) if permissions.may_follow(by) else None
    if loan is None or loan.until is None:
        raise NotFound
    person = permissions.followed_person(session, by=by, account_id=loan.account_id, today=today)
    if loan.until < today or loan.ended_at is not None:
        raise ChangedMeanwhile
    loan.ended_at = now
    _note_handovers(session, [person.id], by, "taken back", now)


def undo_handover(session: Session, *, by: Actor, handover_id: str, today: date, now: datetime) -> int:
    """Undo the act to which one's own handover belongs, within a day. Returns how many people come back.

    A loan that it ended resumes, one made since ends, and appointments come back too. Whoever was handed on since stays.
    Raises NotFound, HandoverTooOld, AdviserGone.
    """
    given = session.get(Handover, handover_id) if permissions.may_follow(by) else None
    if given is None or given.by_id != by.id or given.ended_at is not None:
        raise NotFound
    if now - given.at > policy.UNDO_WITHIN:
        raise HandoverTooOld
    act = session.exec(
        select(Handover, Account)
        .join(Account, col(Account.id) == col(Handover.account_id))
        .where(*_of_act(given), _in_force(), _may_be_undone(by))
    ).all()
    if not act:
        raise NotFound
    ids = [person.id for _, person in act]
    if given.until is None:
        _check_advisers_there(session, {one.from_id for one, _ in act if one.from_id})
        _end_loans(session, ids, at=now, today=today)
        what_follows.return_appointments(session, [one for one, _ in act])
    for one, person in act:
        one.ended_at = now
        if one.until is None:
            person.adviser_id = one.from_id
    _resume_loans(session, ids, ended_at=given.at, now=now)
    what_follows.take_messages_back(session, ids, by=by, at=given.at, now=now)
    _note_handovers(session, ids, by, "handover undone", now)
    return len(ids)


def handovers_to_undo(session: Session, *, by: Actor, now: datetime) -> tuple[HandoverAct, ...]:
    """List the handovers of the last day that the actor may still undo, latest act first. One query."""
    if not permissions.may_follow(by):
        return ()
    query = _GIVEN.where(
        col(Handover.by_id) == by.id,
        col(Handover.ended_at).is_(None),
        col(Handover.at) >= now - policy.UNDO_WITHIN,
        _in_force(),
        _may_be_undone(by),
    )
    acts: dict[datetime, list[ShownHandover]] = {}
    for row in session.execute(query.order_by(None).order_by(col(Handover.at).desc(), Account.last_name, Account.id)):
        one = ShownHandover(*row)
        acts.setdefault(one.at, []).append(one)
    return tuple(HandoverAct(tuple(together)) for together in acts.values())


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


def _of_act(given: Handover) -> tuple[ColumnElement[bool], ...]:
    """Select the handovers made in the same act."""
    return (
        col(Handover.by_id) == given.by_id,
        col(Handover.at) == given.at,
        col(Handover.to_id) == given.to_id,
        col(Handover.ended_at).is_(None),
    )


def _may_be_undone(by: Actor) -> ColumnElement[bool]:
    """Select what the actor handed over of their own people; a head, of everybody's, for as long as they are one."""
    here = col(Account.organisation_id) == by.organisation_id
    return here if permissions.may_see_all(by) else here & (col(Handover.from_id) == by.id)


def _in_force() -> ColumnElement[bool]:
    """Select loans, and handovers for good of people whom nobody has handed on since, there and back either."""
    since = exists(
        select(_LATER.id).where(
            col(_LATER.account_id) == col(Handover.account_id), col(_LATER.at) > col(Handover.at),
            col(_LATER.until).is_(None), col(_LATER.ended_at).is_(None),
        )
    )  # fmt: skip
    return or_(col(Handover.until).is_not(None), (col(Account.adviser_id) == col(Handover.to_id)) & ~since)


def _latest_handover_id(session: Session, account_id: str) -> str:
    query = select(Handover.id).where(Handover.account_id == account_id)
    return session.exec(query.order_by(col(Handover.at).desc(), col(Handover.id)).limit(1)).first() or ""


def _end_loans(session: Session, account_ids: Sequence[str], *, at: datetime, today: date) -> None:
    """End the loans in force today. One whose last day has passed has already ended on that day."""
    loans = update(Handover).where(
        col(Handover.account_id).in_(account_ids), col(Handover.until) >= today, col(Handover.ended_at).is_(None)
    )
    session.exec(loans.values(ended_at=at))


def _resume_loans(session: Session, account_ids: Sequence[str], *, ended_at: datetime, now: datetime) -> None:
    """Resume the loans that an act had ended."""
    ended = (col(Handover.ended_at) == ended_at, col(Handover.until).is_not(None), col(Handover.at) < ended_at)
    session.exec(update(Handover).where(col(Handover.account_id).in_(account_ids), *ended).values(ended_at=None))


def _check_advisers_there(session: Session, account_ids: Collection[str]) -> None:
    closed = select(Account.id).where(col(Account.id).in_(account_ids), col(Account.closed_at).is_not(None))
    if session.exec(closed.limit(1)).first() is not None:
        raise AdviserGone


def _note_handovers(session: Session, account_ids: Sequence[str], by: Actor, act: str, at: datetime) -> None:
    """Refresh Progress now so that the colleague sees the people immediately, and log the act."""
    session.flush()
    refreshing.refresh_progress(session, account_ids, now=at)
    audit.note_all(session, by=by, act=act, whom_ids=account_ids, now=at)


_TO, _FROM, _LATER = aliased(Account), aliased(Account), aliased(Handover)
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
