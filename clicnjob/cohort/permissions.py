"""Who may see whom in a cohort: one predicate per question, each with its administrative reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, true
from sqlmodel import Session, col, select

from clicnjob import audit
from clicnjob.cohort.support import what_follows
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import days
from clicnjob.models import FOLLOWING_ROLES, Account, Actor, Handover, Progress, Role, RoleHeld
from clicnjob.privacy import views


class FollowsNobody(Refusal):
    """The actor does not follow young people."""

    sentence = "Cette page est pour les conseillers de la structure."


def may_follow(actor: Actor) -> bool:
    """Advisers follow young people, and the head is responsible for the structure.

    A trainer works with a group for one session, and the technical administrator has no need to know people.
    """
    return bool(actor.roles & FOLLOWING_ROLES) and actor.organisation_id is not None


def may_see_all(actor: Actor) -> bool:
    """The head is responsible for the whole structure, and replaces an adviser who is away."""
    return Role.HEAD in actor.roles and actor.organisation_id is not None


def visible_progress(actor: Actor, *, today: date) -> ColumnElement[bool]:
    """Select the `Progress` rows that the actor may see: own people and those lent to them, or all for the head.

    Raises FollowsNobody.
    """
    if not may_follow(actor):
        raise FollowsNobody
    if may_see_all(actor):
        return col(Progress.organisation_id) == actor.organisation_id
    lent = and_(col(Progress.lent_to_id) == actor.id, col(Progress.lent_until) >= today)
    here = in_place(col(Progress.organisation_id), actor)
    return or_(and_(col(Progress.adviser_id) == actor.id, here), and_(lent, here))


def in_place(column: Any, actor: Actor) -> ColumnElement[bool]:
    """Select the actor's structure; `coalesce` makes SQLite start from the actor's people, not from this index."""
    return func.coalesce(column, "") == actor.organisation_id


def still_true() -> ColumnElement[bool]:
    """Join `Progress` to its account, and skip rows whose copy of structure and adviser is out of date."""
    return and_(
        col(Account.id) == col(Progress.account_id),
        col(Account.organisation_id).is_not_distinct_from(col(Progress.organisation_id)),
        col(Account.adviser_id).is_not_distinct_from(col(Progress.adviser_id)),
        col(Account.closed_at).is_(None),
    )


def followed_person(session: Session, *, by: Actor, account_id: str, today: date) -> Account:
    """Return the young person if the actor may read their file: adviser, colleague they are lent to, or head.

    One or two queries. Raises NotFound for an unknown person, a colleague's and another structure's alike.
    """
    person = session.get(Account, account_id) if may_follow(by) else None
    if person is None or person.role is not Role.YOUNG or person.closed_at is not None:
        raise NotFound
    if person.organisation_id is None or person.organisation_id != by.organisation_id:
        raise NotFound
    if may_see_all(by) or (Role.ADVISER in by.roles and person.adviser_id == by.id):
        return person
    if current_loan(session, account_id=person.id, to_id=by.id, today=today) is not None:
        return person
    raise NotFound


def young_here(actor: Actor) -> ColumnElement[bool]:
    """Select the accounts of the young people of the actor's structure, archived ones included.

    Somebody who made their own card belongs to no structure, and no professional sees them.
    """
    return and_(
        col(Account.organisation_id).is_not(None),
        col(Account.organisation_id) == actor.organisation_id,
        col(Account.role) == Role.YOUNG,
        col(Account.closed_at).is_(None),
    )


def may_be_read(actor: Actor, *, today: date) -> ColumnElement[bool]:
    """Select all the accounts that `followed_person` returns for the actor, archived ones included. Raises FollowsNobody."""
    if not may_follow(actor):
        raise FollowsNobody
    if may_see_all(actor):
        return young_here(actor)
    lent = exists(
        select(Handover.id).where(
            col(Handover.account_id) == col(Account.id),
            col(Handover.to_id) == actor.id,
            col(Handover.until) >= today,
            col(Handover.ended_at).is_(None),
        )
    )
    return and_(young_here(actor), or_(col(Account.adviser_id) == actor.id, lent))


def current_loan(session: Session, *, account_id: str, today: date, to_id: str = "") -> Handover | None:
    """Return the temporary handover in force today, if any (to `to_id`, if given)."""
    query = select(Handover).where(
        Handover.account_id == account_id,
        col(Handover.until) >= today,
        col(Handover.ended_at).is_(None),
        col(Handover.to_id) == to_id if to_id else true(),
    )
    return session.exec(query.order_by(col(Handover.at).desc(), Handover.id).limit(1)).first()


@dataclass(frozen=True, slots=True)
class Colleague:
    """A professional of the structure to whom a young person can be handed over."""

    id: str
    first_name: str
    last_name: str


def adviser_colleagues(session: Session, *, of: Actor, today: date) -> tuple[Colleague, ...]:
    """List the advisers of the actor's structure, by name. One query. Raises FollowsNobody."""
    if not may_follow(of):
        raise FollowsNobody
    query = (
        select(Account)
        .join(RoleHeld, col(RoleHeld.account_id) == col(Account.id))
        .where(
            Account.organisation_id == of.organisation_id,
            RoleHeld.role == Role.ADVISER,
            or_(col(RoleHeld.until).is_(None), col(RoleHeld.until) >= today),
            col(Account.closed_at).is_(None),
        )
    )
    found = session.exec(query.order_by(Account.last_name, Account.first_name, Account.id))
    return tuple(Colleague(one.id, one.first_name, one.last_name) for one in found)


@dataclass(frozen=True, slots=True)
class WaitingPerson:
    """A young person without an adviser: only their name, since every adviser of the structure sees it."""

    id: str
    first_name: str
    last_name: str


def people_without_adviser(session: Session, *, of: Actor) -> tuple[WaitingPerson, ...]:
    """List the young people of the structure without an adviser, oldest account first. One query.

    Raises FollowsNobody.
    """
    if not may_follow(of):
        raise FollowsNobody
    columns: Any = (Account.id, Account.first_name, Account.last_name)
    query = select(*columns).where(*_without_adviser(of)).order_by(col(Account.created_at), Account.id)
    return tuple(WaitingPerson(*row) for row in session.execute(query))


def take_person(session: Session, *, by: Actor, account_id: str, now: datetime) -> None:
    """Let an adviser follow a young person who has no adviser (« Je le suis »). Raises NotFound."""
    person = session.get(Account, account_id) if may_follow(by) and Role.ADVISER in by.roles else None
    if person is None or person.adviser_id is not None or person.role is not Role.YOUNG or person.closed_at:
        raise NotFound
    here = person.organisation_id is not None and person.organisation_id == by.organisation_id
    if not here or person.archived_at is not None:
        raise NotFound
    person.adviser_id = by.id
    what_follows.adopt_appointments(session, by=by, account_id=person.id, today=days.local_day(now))
    copy_place(session, person)
    audit.note_act(session, by=by, act="young person taken", whom_id=person.id, now=now)


def copy_place(session: Session, person: Account) -> None:
    """Update the copy of structure, adviser and archiving in `Progress`, in the transaction that changed them."""
    if row := session.get(Progress, person.id):
        row.organisation_id, row.adviser_id = person.organisation_id, person.adviser_id
        row.archived_at = person.archived_at
    session.flush()


def note_view(session: Session, *, by: Actor, whom_id: str, what: str, now: datetime) -> None:
    """Log a view of a file, once a day, so that the young person can read it; `what` is a key of `views.WHAT`."""
    views.note_view(session, by=by, whom_id=whom_id, what=what, now=now)


def _without_adviser(of: Actor) -> tuple[ColumnElement[bool], ...]:
    return (young_here(of), col(Account.adviser_id).is_(None), col(Account.archived_at).is_(None))
