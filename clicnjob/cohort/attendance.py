"""Who was at a group session: noted by who ran it, among the people whom they may already see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, func
from sqlmodel import Session, col, select

from clicnjob import audit, days, policy, text
from clicnjob.cohort import follow, gatherings, progress
from clicnjob.cohort.gatherings import RunsNone
from clicnjob.errors import NotFound
from clicnjob.models import Account, Actor, Attendance, Gathering, Progress, Role

_BY_STRUCTURE = frozenset({Role.TRAINER, Role.HEAD})
_LETTERS = 60  # of a search: a name, not a text


@dataclass(frozen=True, slots=True)
class Person:
    """A young person to tick."""

    id: str
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class Attended:
    """A session at which a young person was: its day, and its whole minutes."""

    id: str
    kind: str
    title: str
    on: date
    minutes: int


def at_hand(actor: Actor, *, today: date) -> ColumnElement[bool]:
    """The accounts of the young people whom the actor may note as present.

    A trainer works with a group that no adviser made, and the head answers for everybody: they name the young people of
    their structure, as on « Cartes ». An adviser names whom they follow, or to whom they are lent, as in « Mes jeunes ».
    Raises RunsNone.
    """
    if not gatherings.may_run(actor):
        raise RunsNone
    if actor.roles & _BY_STRUCTURE:
        return follow.young_here(actor)
    return follow.may_be_read(actor, today=today)


def people(session: Session, *, of: Actor, today: date, search: str = "", apart_from: str = "") -> tuple[Person, ...]:
    """Whom the actor may note, as many as can be ticked at a glance: who came to their latest session first, then by name.

    The session `apart_from` does not count in the order, so that it stays while one ticks. One query. Raises RunsNone.
    """
    key = func.coalesce(Progress.name_key, func.lower(col(Account.last_name) + " " + col(Account.first_name)))
    words = text.fold(search[:_LETTERS]).split()
    lately = (
        select(func.max(Gathering.began_at))
        .join(Attendance, col(Attendance.gathering_id) == col(Gathering.id))
        .where(col(Attendance.account_id) == col(Account.id), Gathering.by_id == of.id, Gathering.id != apart_from)
        .correlate(Account)
        .scalar_subquery()
    )
    query = _persons().outerjoin(Progress, col(Progress.account_id) == col(Account.id))
    query = query.where(at_hand(of, today=today), col(Account.archived_at).is_(None))
    query = query.where(*(key.contains(word, autoescape=True) for word in words))
    found = session.execute(query.order_by(lately.desc().nulls_last(), key, Account.id).limit(policy.PEOPLE_OFFERED))
    return tuple(Person(*row) for row in found)


def there(session: Session, *, by: Actor, gathering_id: str) -> tuple[Person, ...]:
    """Who was noted as present, by name. Raises NotFound."""
    kept = gatherings.ran(session, by=by, gathering_id=gathering_id)
    query = _persons().join(Attendance, col(Attendance.account_id) == col(Account.id))
    query = query.where(col(Attendance.gathering_id) == kept.id, col(Account.organisation_id) == kept.organisation_id)
    rows = session.execute(query.order_by(Account.last_name, Account.first_name, Account.id))
    return tuple(Person(*row) for row in rows)


def note(session: Session, *, by: Actor, gathering_id: str, account_id: str, today: date) -> None:
    """Note somebody as present; once is enough. Raises NotFound for whom the actor may not see and an unknown person alike."""
    kept = gatherings.ran(session, by=by, gathering_id=gathering_id)
    query = select(Account.id).where(Account.id == account_id, at_hand(by, today=today))
    if session.exec(query).first() is None:
        raise NotFound
    if session.get(Attendance, (kept.id, account_id)) is None:
        session.add(Attendance(gathering_id=kept.id, account_id=account_id))
        progress.mark(session, account_id=account_id)
        audit.note(session, by=by, act="attendance noted", whom_id=account_id)


def take_off(session: Session, *, by: Actor, gathering_id: str, account_id: str) -> None:
    """Take somebody off, noted by mistake. Raises NotFound for whoever is not on the list."""
    kept = gatherings.ran(session, by=by, gathering_id=gathering_id)
    one = (col(Attendance.gathering_id) == kept.id, col(Attendance.account_id) == account_id)
    if not session.exec(delete(Attendance).where(*one)).rowcount:
        raise NotFound
    progress.mark(session, account_id=account_id)
    audit.note(session, by=by, act="attendance taken off", whom_id=account_id)


def of_person(session: Session, *, account_id: str, since: date, until: date) -> tuple[Attended, ...]:
    """The sessions over at which somebody was between two days, both included, the latest first.

    One query; who may ask is the caller's to check.
    """
    query = select(Gathering).join(Attendance, col(Attendance.gathering_id) == col(Gathering.id))
    query = query.where(Attendance.account_id == account_id, col(Gathering.ended_at).is_not(None))
    rows = session.exec(query.order_by(col(Gathering.began_at).desc(), Gathering.id))
    found = (Attended(one.id, one.kind, one.title, _on(one), one.minutes) for one in rows)
    return tuple(one for one in found if since <= one.on <= until)


def _on(one: Gathering) -> date:
    day = days.day(one.began_at)
    assert day is not None
    return day


def _persons() -> Any:
    columns: Any = (Account.id, Account.first_name, Account.last_name)
    return select(*columns)
