"""Whom to notify now, and why: read without a lock; `claiming` checks each one again before it leaves."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, or_, select

from clicnjob import policy
from clicnjob.apply import applications
from clicnjob.apply.applications import Applications
from clicnjob.french.days import local_day
from clicnjob.french.holidays import is_rest_day
from clicnjob.models import (
    Account,
    Appointment,
    NotificationAddress,
    NotificationChannel,
    NotificationReason,
    Role,
    ThreadMessage,
    Work,
    WorkKind,
)

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DueNotification:
    """One notification to send. `about` says what it is about, by an id, so that the same leaves once."""

    account_id: str
    organisation_id: str
    channel: NotificationChannel
    address: str
    reason: NotificationReason
    about: str
    day: date | None = None

    @property
    def operation(self) -> str:
        """What is unique in the database."""
        return f"{self.channel}:{self.reason}:{self.about}"


def may_leave_at(now: datetime) -> bool:
    """Whether notifications leave now: in the day, never on a Sunday or a public holiday."""
    here = now.astimezone()
    return here.hour in policy.NOTIFIED_HOURS and not is_rest_day(here.date())


def reminded_days(today: date) -> tuple[date, ...]:
    """Return the days whose appointments are reminded of today: tomorrow and, before rest days, up to the next other day."""
    found = [today + timedelta(days=1)]
    while is_rest_day(found[-1]):
        found.append(found[-1] + timedelta(days=1))
    return tuple(found)


def due_notifications(
    session: Session, *, channels: Collection[NotificationChannel], now: datetime
) -> tuple[DueNotification, ...]:
    """Return what is due, appointments first; four queries. What has left already is among it: claiming refuses it."""
    rows = session.exec(_addresses_query(channels)).all()
    if not rows:
        return ()
    owners = {account.id for _, account in rows}
    found = {
        NotificationReason.APPOINTMENT: _due_appointments(session, owners, now),
        NotificationReason.FOLLOW_UP: _follow_ups(session, owners, now),
        NotificationReason.MESSAGE: _unread_messages(session, owners, now),
    }
    return tuple(
        DueNotification(
            account.id, account.organisation_id or "", row.channel, row.address, reason, about, day
        )
        for reason, of_people in found.items()
        for row, account in rows
        for about, day, began in of_people.get(account.id, ())
        if began is None or began >= row.agreed_at
    )  # fmt: skip


def is_still_due(session: Session, one: DueNotification) -> bool:
    """Whether its reason is still true: not cancelled, not read meanwhile."""
    if one.reason is NotificationReason.APPOINTMENT:
        kept = session.get(Appointment, one.about)
        return kept is not None and kept.withdrawn_at is None and kept.accepted is not False
    if one.reason is NotificationReason.MESSAGE:
        said = session.get(ThreadMessage, one.about)
        return said is not None and said.read_at is None and said.removed_at is None
    return True


def _addresses_query(channels: Collection[NotificationChannel]) -> Any:
    """Select the addresses of people whom a structure supports; an ended support notifies nobody."""
    return (
        select(NotificationAddress, Account)
        .join(Account, col(Account.id) == col(NotificationAddress.account_id))
        .where(
            col(NotificationAddress.channel).in_(channels),
            Account.role == Role.YOUNG,
            col(Account.organisation_id).is_not(None),
            col(Account.closed_at).is_(None),
            col(Account.archived_at).is_(None),
        )
        .order_by(NotificationAddress.account_id, NotificationAddress.channel)
    )


_Found = dict[str, list[tuple[str, date | None, datetime | None]]]  # by account: about what, the day, since when


def _due_appointments(session: Session, owners: Collection[str], now: datetime) -> _Found:
    columns: Any = (Appointment.id, Appointment.account_id, Appointment.day)
    query = select(*columns).where(
        col(Appointment.account_id).in_(_people_with_address()),
        col(Appointment.day).in_(reminded_days(local_day(now))),
        col(Appointment.withdrawn_at).is_(None),
        or_(col(Appointment.accepted).is_(None), col(Appointment.accepted).is_(True)),
        Appointment.outcome == "",
    )
    found: _Found = {}
    for about, account_id, day in session.execute(query.order_by(col(Appointment.day), Appointment.id)):
        if account_id in owners:
            found.setdefault(account_id, []).append((about, day, None))
    return found


def _unread_messages(session: Session, owners: Collection[str], now: datetime) -> _Found:
    """Return, by person, their oldest unread message: until it is read, no further one notifies.

    Who came since it was written has seen that it waits.
    """
    query = (
        select(ThreadMessage.id, ThreadMessage.account_id, ThreadMessage.at)
        .join(Account, col(Account.id) == col(ThreadMessage.account_id))
        .where(
            col(ThreadMessage.account_id).in_(_people_with_address()),
            col(ThreadMessage.by_id) != col(ThreadMessage.account_id),
            col(ThreadMessage.read_at).is_(None),
            col(ThreadMessage.removed_at).is_(None),
            or_(col(Account.seen_at).is_(None), col(Account.seen_at) < col(ThreadMessage.at)),
        )
        .order_by(col(ThreadMessage.at), ThreadMessage.id)
    )
    found: _Found = {}
    for about, account_id, at in session.exec(query):
        if account_id in owners:
            found.setdefault(account_id, [(about, None, at)])
    since, until = now - policy.NOTIFICATION_TOO_OLD, now - policy.NOTIFICATION_WAITS
    return {owner: lines for owner, lines in found.items() if since < (lines[0][2] or now) <= until}


def _follow_ups(session: Session, owners: Collection[str], now: datetime) -> _Found:
    """Return, by person, the latest day that they noted to follow up on an application, when it has just come."""
    today = local_day(now)
    query = select(Work.account_id, Work.body).where(
        col(Work.account_id).in_(_people_with_address()),
        Work.kind == WorkKind.APPLICATIONS,
        col(Work.deleted_at).is_(None),
    )
    kept = ((owner, _read_applications(body)) for owner, body in session.exec(query) if owner in owners)
    found = ((owner, max(_days_due(one, today), default=None)) for owner, one in kept)
    recent = today - policy.NOTIFICATION_TOO_OLD
    return {
        owner: [(f"{owner}:{day:%Y-%m-%d}", None, None)] for owner, day in found if day is not None and day > recent
    }


def _read_applications(body: Any) -> Applications:
    """Return the applications of a work; one that cannot be read must not stop what is due to everybody else."""
    try:
        return Applications.model_validate(body)
    except ValueError:
        _LOG.warning("a list of applications cannot be read")
        return Applications()


def _days_due(kept: Applications, today: date) -> Iterator[date]:
    for one in kept.applications:
        if applications.is_due(one, today=today) and one.follow_up_on is not None:
            yield one.follow_up_on


def _people_with_address() -> Any:
    return select(NotificationAddress.account_id)
