"""The group sessions that a young person attended, as their sheet and the lines for i-milo read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from clicnjob.french import days
from clicnjob.models import Attendance, Workshop


@dataclass(frozen=True, slots=True)
class AttendedWorkshop:
    """A group session that a young person attended: its day and its length in whole minutes."""

    id: str
    kind: str
    title: str
    on: date
    minutes: int


def attended_workshops(session: Session, *, account_id: str, since: date, until: date) -> tuple[AttendedWorkshop, ...]:
    """Return the finished sessions that somebody attended between two days, both included, latest first.

    One query. The caller checks permission.
    """
    query = select(Workshop).join(Attendance, col(Attendance.workshop_id) == col(Workshop.id))
    query = query.where(Attendance.account_id == account_id, col(Workshop.ended_at).is_not(None))
    rows = session.exec(query.order_by(col(Workshop.began_at).desc(), Workshop.id))
    found = (AttendedWorkshop(one.id, one.kind, one.title, _workshop_day(one), one.minutes) for one in rows)
    return tuple(one for one in found if since <= one.on <= until)


def workshops_by_person(
    session: Session, *, account_ids: Sequence[str], since: date, until: date
) -> dict[str, tuple[AttendedWorkshop, ...]]:
    """Do `attended_workshops` for many people, earliest first, by account id. One query; the caller checks permission."""
    query = select(Attendance.account_id, Workshop).join(Workshop, col(Workshop.id) == col(Attendance.workshop_id))
    around = timedelta(days=1)  # an instant's day depends on the zone
    query = query.where(
        col(Attendance.account_id).in_(account_ids),
        col(Workshop.ended_at).is_not(None),
        col(Workshop.began_at) >= datetime.combine(since, time.min).astimezone() - around,
        col(Workshop.began_at) <= datetime.combine(until, time.max).astimezone() + around,
    )
    found: dict[str, list[AttendedWorkshop]] = defaultdict(list)
    for account_id, one in session.exec(query.order_by(col(Workshop.began_at), Workshop.id)):
        if since <= _workshop_day(one) <= until:
            found[account_id].append(AttendedWorkshop(one.id, one.kind, one.title, _workshop_day(one), one.minutes))
    return {account_id: tuple(some) for account_id, some in found.items()}


def _workshop_day(one: Workshop) -> date:
    return days.local_day(one.began_at)
