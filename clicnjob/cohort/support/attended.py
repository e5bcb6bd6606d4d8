"""The group sessions that a young person attended, as their sheet and the lines for i-milo read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from clicnjob.french import days
from clicnjob.models import Attendance, Gathering


@dataclass(frozen=True, slots=True)
class AttendedGathering:
    """A group session that a young person attended: its day and its length in whole minutes."""

    id: str
    kind: str
    title: str
    on: date
    minutes: int


def attended_gatherings(
    session: Session, *, account_id: str, since: date, until: date
) -> tuple[AttendedGathering, ...]:
    """Return the finished sessions that somebody attended between two days, both included, latest first.

    One query. The caller checks permission.
    """
    query = select(Gathering).join(Attendance, col(Attendance.gathering_id) == col(Gathering.id))
    query = query.where(Attendance.account_id == account_id, col(Gathering.ended_at).is_not(None))
    rows = session.exec(query.order_by(col(Gathering.began_at).desc(), Gathering.id))
    found = (AttendedGathering(one.id, one.kind, one.title, _gathering_day(one), one.minutes) for one in rows)
    return tuple(one for one in found if since <= one.on <= until)


def _gathering_day(one: Gathering) -> date:
    day = days.local_day(one.began_at)
    assert day is not None
    return day
