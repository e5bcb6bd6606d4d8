"""The group sessions that a young person attended, as their sheet and the lines for i-milo read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


def _workshop_day(one: Workshop) -> date:
    day = days.local_day(one.began_at)
    assert day is not None
    return day
