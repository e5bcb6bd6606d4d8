"""« Demander un rendez-vous »: half-days and reasons that a young person ticks; their adviser answers with a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.cohort import permissions, vocabulary
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support.help_requests import NobodyToAsk, SupportEnded, may_ask
from clicnjob.errors import Refusal
from clicnjob.french.appointments import HALVES, HalfDay, stored_half_day
from clicnjob.models import Account, Actor, AppointmentRequest

_SATURDAY = 5
_BETWEEN = "|"


class NotTwoOrThree(Refusal):
    """Two or three half-days leave the adviser a choice."""

    sentence = "Coche deux ou trois moments."


class NoReasonTicked(Refusal):
    """The adviser prepares the appointment from the reason."""

    sentence = "Coche pourquoi tu veux un rendez-vous. Trois raisons au plus."


@dataclass(frozen=True, slots=True)
class AskedAppointment:
    """An appointment that a young person asked for; `reasons` are sentences. It is open until `settled_at`."""

    half_days: tuple[HalfDay, ...]
    reasons: tuple[str, ...]
    at: datetime
    settled_at: datetime | None


def offered_half_days(today: date) -> tuple[HalfDay, ...]:
    """Return the half-days of the next working days, from tomorrow."""
    ahead = (today + timedelta(days=number) for number in range(1, 2 * policy.HALF_DAYS_OFFERED + 1))
    working = [day for day in ahead if day.weekday() < _SATURDAY][: policy.HALF_DAYS_OFFERED]
    return tuple(HalfDay(day, half) for day in working for half in HALVES)


def ask_for_appointment(
    session: Session, *, by: Actor, half_days: Sequence[str], reasons: Sequence[str], today: date, now: datetime
) -> None:
    """Ask one's adviser for an appointment; a new request takes the place of the one before.

    `half_days` are keys of `offered_half_days`, `reasons` of `vocabulary.appointment_reasons`. Raises NobodyToAsk,
    SupportEnded, NotTwoOrThree, NoReasonTicked.
    """
    if not may_ask(by):
        raise NobodyToAsk
    if session.exec(select(Account.archived_at).where(Account.id == by.id)).one() is not None:
        raise SupportEnded
    offered = [one.key for one in offered_half_days(today)]
    chosen = [key for key in offered if key in half_days]
    if len(chosen) != len(set(half_days)) or len(chosen) not in policy.HALF_DAYS_TICKED:
        raise NotTwoOrThree
    known = vocabulary.appointment_reasons()
    said = [one.phrase for key, one in known.items() if key in reasons]
    if len(said) != len(set(reasons)) or len(said) not in policy.REASONS_TICKED:
        raise NoReasonTicked
    kept = session.get(AppointmentRequest, by.id) or AppointmentRequest(account_id=by.id, half_days="", reasons="")
    kept.half_days, kept.reasons = " ".join(chosen), _BETWEEN.join(said)
    kept.at, kept.settled_at, kept.settled_by = now, None, None
    session.add(kept)
    refreshing.mark_outdated(session, account_id=by.id)


def take_request_back(session: Session, *, by: Actor, now: datetime) -> None:
    """Close the person's own request."""
    _settle_request(session, by.id, by=by, now=now)


def settle_appointment_request(session: Session, *, by: Actor, account_id: str, today: date, now: datetime) -> bool:
    """Record that a professional has answered the request; False when none was open any more. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    return _settle_request(session, account_id, by=by, now=now)


def latest_appointment_request(session: Session, *, of: Actor) -> AskedAppointment | None:
    """Return the young person's latest request, open or settled. One query."""
    kept = session.get(AppointmentRequest, of.id)
    if kept is None:
        return None
    half_days = tuple(stored_half_day(key) for key in kept.half_days.split())
    return AskedAppointment(half_days, tuple(kept.reasons.split(_BETWEEN)), kept.at, kept.settled_at)


def _settle_request(session: Session, account_id: str, *, by: Actor, now: datetime) -> bool:
    kept = session.get(AppointmentRequest, account_id)
    if kept is None or kept.settled_at is not None:
        return False
    kept.settled_at, kept.settled_by = now, by.id
    refreshing.mark_outdated(session, account_id=account_id)
    return True
