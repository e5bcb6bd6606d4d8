"""Attendance of a group session, noted by its leader among the people whom they may already see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func
from sqlmodel import Session, col, select

from clicnjob import audit, text, workshop_policy
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import refreshing
from clicnjob.errors import NotFound
from clicnjob.french import days
from clicnjob.models import (
    Account,
    Actor,
    Attendance,
    ParticipantState,
    Progress,
    Role,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.privacy.export import leaving_work
from clicnjob.workshops import permissions as workshop_permissions
from clicnjob.workshops.permissions import RunsNone

_BY_STRUCTURE = frozenset({Role.TRAINER, Role.HEAD})
_LETTERS = 60  # a search is a name, not a text


@dataclass(frozen=True, slots=True)
class Person:
    """A young person who can be noted as present."""

    id: str
    first_name: str
    last_name: str


def at_hand(actor: Actor, *, today: date) -> ColumnElement[bool]:
    """Select the accounts of the young people whom the actor may note as present.

    Trainers and heads may note anybody of their structure, as on « Cartes »: a trainer's group is not made by an
    adviser, and the head is responsible for everybody. Advisers may note the people whom they follow or who are lent to
    them, as in « Mes jeunes ». Raises RunsNone.
    """
    if not workshop_permissions.may_run(actor):
        raise RunsNone
    if actor.roles & _BY_STRUCTURE:
        return permissions.young_here(actor)
    return permissions.may_be_read(actor, today=today)


def attendance_candidates(
    session: Session, *, of: Actor, today: date, search: str = "", apart_from: str = ""
) -> tuple[Person, ...]:
    """Return people whom the actor may note: those of their latest session first, then by name.

    At most `workshop_policy.PEOPLE_OFFERED`. The session `apart_from` does not count, so that the order is stable while its
    attendance is noted. One query. Raises RunsNone.
    """
    key = func.coalesce(Progress.name_key, func.lower(col(Account.last_name) + " " + col(Account.first_name)))
    words = text.fold_text(search[:_LETTERS]).split()
    lately = (
        select(func.max(Workshop.began_at))
        .join(Attendance, col(Attendance.workshop_id) == col(Workshop.id))
        .where(col(Attendance.account_id) == col(Account.id), Workshop.by_id == of.id, Workshop.id != apart_from)
        .correlate(Account)
        .scalar_subquery()
    )
    query = _person_query().outerjoin(Progress, col(Progress.account_id) == col(Account.id))
    query = query.where(at_hand(of, today=today), col(Account.archived_at).is_(None))
    query = query.where(*(key.contains(word, autoescape=True) for word in words))
    found = session.execute(
        query.order_by(lately.desc().nulls_last(), key, Account.id).limit(workshop_policy.PEOPLE_OFFERED)
    )
    return tuple(Person(*row) for row in found)


def guests_with_work(session: Session, *, by: Actor, workshop_id: str) -> tuple[str, ...]:
    """Return the first names of the session's guests who have not taken their work along, and would lose it by leaving.

    Four queries. Raises NotFound.
    """
    workshop = workshop_permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    query = select(WorkshopParticipant.account_id, WorkshopParticipant.first_name).where(
        WorkshopParticipant.workshop_id == workshop.id,
        WorkshopParticipant.state == ParticipantState.ADMITTED,
        col(WorkshopParticipant.account_id).is_not(None),
        col(WorkshopParticipant.guest),
    )
    called = {
        account: name for account, name in session.exec(query.order_by(WorkshopParticipant.first_name)) if account
    }
    at_risk = leaving_work.guests_at_risk(session, tuple(called))
    return tuple(name for account, name in called.items() if account in at_risk)


def noted_as_present(session: Session, *, by: Actor, workshop_id: str) -> tuple[Person, ...]:
    """Return the people noted as present, by name. Raises NotFound."""
    kept = workshop_permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    query = _person_query().join(Attendance, col(Attendance.account_id) == col(Account.id))
    query = query.where(col(Attendance.workshop_id) == kept.id, col(Account.organisation_id) == kept.organisation_id)
    rows = session.execute(query.order_by(Account.last_name, Account.first_name, Account.id))
    return tuple(Person(*row) for row in rows)


def note_attendance(
    session: Session, *, by: Actor, workshop_id: str, account_id: str, today: date, now: datetime
) -> None:
    """Note somebody as present, at most once. Raises NotFound for an unknown person and one out of sight alike."""
    kept = workshop_permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    query = select(Account.id).where(Account.id == account_id, at_hand(by, today=today))
    if kept.rehearsal or session.exec(query).first() is None:  # nobody was at a rehearsal
        raise NotFound
    if session.get(Attendance, (kept.id, account_id)) is None:
        session.add(Attendance(workshop_id=kept.id, account_id=account_id))
        refreshing.mark_outdated(session, account_id=account_id)
        audit.note_act(session, by=by, act="attendance noted", whom_id=account_id, now=now)


def note_admitted(session: Session, *, workshop: Workshop) -> None:
    """Note as present everybody of the structure who was admitted on a screen, when the session ends.

    The trainer corrects the list afterwards. Called by who ends the session.
    """
    noted = select(Attendance.account_id).where(Attendance.workshop_id == workshop.id)
    query = select(WorkshopParticipant.account_id).join(Account, col(Account.id) == WorkshopParticipant.account_id)
    query = query.where(
        WorkshopParticipant.workshop_id == workshop.id,
        WorkshopParticipant.state == ParticipantState.ADMITTED,
        Account.role == Role.YOUNG,
        Account.organisation_id == workshop.organisation_id,
        col(Account.id).not_in(noted),
    )
    for account_id in session.exec(query.order_by(Account.id)).all():
        session.add(Attendance(workshop_id=workshop.id, account_id=str(account_id)))
        refreshing.mark_outdated(session, account_id=str(account_id))


def take_off(session: Session, *, by: Actor, workshop_id: str, account_id: str, now: datetime) -> None:
    """Remove somebody who was noted by mistake; nothing for one in sight who is off the list already. Raises NotFound."""
    kept = workshop_permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    one = (col(Attendance.workshop_id) == kept.id, col(Attendance.account_id) == account_id)
    if not session.exec(delete(Attendance).where(*one)).rowcount:
        in_sight = select(Account.id).where(Account.id == account_id, at_hand(by, today=days.local_day(now)))
        if session.exec(in_sight).first() is None:
            raise NotFound
        return
    refreshing.mark_outdated(session, account_id=account_id)
    audit.note_act(session, by=by, act="attendance taken off", whom_id=account_id, now=now)


def _person_query() -> Any:
    columns: Any = (Account.id, Account.first_name, Account.last_name)
    return select(*columns)
