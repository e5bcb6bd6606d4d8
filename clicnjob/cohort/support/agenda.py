"""A professional's own appointments: the days of the agenda, the next one, and those that a new one would overlap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.cohort import permissions
from clicnjob.models import Account, Actor, Appointment

_USUAL_MINUTES = 30


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One appointment with a young person whom the professional follows; older ones have no `start`."""

    id: str
    account_id: str
    first_name: str
    last_name: str
    words: str
    day: date
    start: time | None
    minutes: int | None
    kind: str
    place: str
    accepted: bool | None
    outcome: str

    def for_projection(self) -> AgendaLine:
        """Return a copy without what was written, which may name somebody."""
        return replace(self, words="", place="")

    def takes_time_of(self, start: time, minutes: int) -> bool:
        """Whether it takes some of the time that begins at `start` on the same day."""
        return self.start is not None and hours_overlap(self.start, self.minutes, start, minutes)


def own_agenda(
    session: Session, *, of: Actor, first: date, last: date, today: date, most: int = policy.AGENDA_SHOWN
) -> tuple[AgendaLine, ...]:
    """Return the actor's own appointments from `first` to `last`, in order. One query. Raises FollowsNobody.

    Those with somebody whom the actor may no longer read are left out.
    """
    return _agenda_lines(session, of, today, most, col(Appointment.day).between(first, last))


def next_appointment(session: Session, *, of: Actor, today: date, now: datetime) -> AgendaLine | None:
    """Return the actor's next appointment that was not refused, or None. One query. Raises FollowsNobody."""
    here = now.astimezone().replace(tzinfo=None)
    later = or_(col(Appointment.day) > today, and_(col(Appointment.day) == today, col(Appointment.start) > here.time()))
    found = _agenda_lines(session, of, today, 1, col(Appointment.start).is_not(None), later, _not_refused())
    return found[0] if found else None


def overlapping_appointments(
    session: Session, *, of: Actor, day: date, start: time, minutes: int, today: date
) -> tuple[AgendaLine, ...]:
    """Return the actor's own appointments that a new one would overlap. One query. Raises FollowsNobody."""
    found = _agenda_lines(session, of, today, policy.AGENDA_SHOWN, col(Appointment.day) == day, _not_refused())
    return tuple(one for one in found if one.takes_time_of(start, minutes))


def week_of(day: date) -> tuple[date, ...]:
    """Return the seven days of the week of `day`, from Monday."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=number) for number in range(7))


def _agenda_lines(session: Session, of: Actor, today: date, most: int, *which: object) -> tuple[AgendaLine, ...]:
    query = (
        select(Appointment, Account.first_name, Account.last_name)
        .join(Account, col(Account.id) == col(Appointment.account_id))
        .where(
            Appointment.by_id == of.id,
            col(Appointment.withdrawn_at).is_(None),
            permissions.may_be_read(of, today=today),
            *which,  # type: ignore[arg-type]
        )
        .order_by(col(Appointment.day), col(Appointment.start).nulls_first(), Appointment.id)
        .limit(most)
    )
    return tuple(
        AgendaLine(
            one.id, one.account_id, first_name, last_name, one.words, one.day, one.start, one.minutes, one.kind,
            one.place, one.accepted, one.outcome,
        )
        for one, first_name, last_name in session.exec(query)
    )  # fmt: skip


def hours_overlap(start: time, minutes: int | None, other: time, other_minutes: int) -> bool:
    """Whether two appointments of one day share some time."""
    first, second = _minute_of_day(start), _minute_of_day(other)
    return first < second + other_minutes and second < first + (minutes or _USUAL_MINUTES)


def _not_refused() -> object:
    return col(Appointment.accepted).is_not(False)


def _minute_of_day(at: time) -> int:
    return 60 * at.hour + at.minute
