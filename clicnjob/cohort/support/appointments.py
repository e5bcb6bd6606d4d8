"""Appointments proposed in words: the young person accepts, or says that they cannot come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support.comments import SOMEBODY, EmptyWords
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, Appointment


class DayGone(Refusal):
    """An appointment must be today or later."""

    sentence = "Ce jour est passé. Choisissez un jour à venir."


@dataclass(frozen=True, slots=True)
class Proposal:
    """An appointment as shown; `accepted` is None until the young person answers."""

    id: str
    words: str
    day: date
    by: str
    accepted: bool | None
    answered_at: datetime | None
    seen_at: datetime | None


def propose_appointment(
    session: Session, *, by: Actor, account_id: str, words: str, day: date, today: date, now: datetime
) -> None:
    """Propose « mardi à 14 h, à la mission locale ». Raises NotFound, EmptyWords, DayGone, what `text.clean_line` raises."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    typed = text.clean_line(words, most=policy.SHORT_WORD_LENGTH)
    if not typed:
        raise EmptyWords
    if day < today:
        raise DayGone
    session.add(Appointment(account_id=account_id, by_id=by.id, words=typed, day=day, at=now))
    refreshing.mark_outdated(session, account_id=account_id)


def withdraw_appointment(session: Session, *, by: Actor, appointment_id: str, today: date, now: datetime) -> None:
    """Withdraw a proposal. Raises NotFound."""
    _followed_appointment(session, by, appointment_id, today).withdrawn_at = now


def mark_answer_seen(session: Session, *, by: Actor, appointment_id: str, today: date, now: datetime) -> None:
    """Record that a professional has read the answer. Raises NotFound."""
    kept = _followed_appointment(session, by, appointment_id, today)
    kept.seen_at = now
    refreshing.mark_outdated(session, account_id=kept.account_id)


def answer_appointment(session: Session, *, by: Actor, appointment_id: str, accepted: bool, now: datetime) -> None:
    """Store the young person's answer, yes or « je ne peux pas »; they may change it. Raises NotFound."""
    kept = session.get(Appointment, appointment_id)
    if kept is None or kept.account_id != by.id or kept.withdrawn_at is not None:
        raise NotFound
    kept.accepted, kept.answered_at, kept.seen_at = accepted, now, None
    refreshing.mark_outdated(session, account_id=by.id)


def of_young(session: Session, *, of: Actor, today: date) -> tuple[Proposal, ...]:
    """Return a young person's coming appointments, soonest first. One query."""
    return _proposals_since(session, of.id, since=today)


def on_person(session: Session, *, by: Actor, account_id: str, today: date) -> tuple[Proposal, ...]:
    """Return somebody's appointments, including past ones, earliest first. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    return _proposals_since(session, account_id, since=date.min)


def _proposals_since(session: Session, account_id: str, *, since: date) -> tuple[Proposal, ...]:
    query = (
        select(Appointment, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(Appointment.by_id))
        .where(
            Appointment.account_id == account_id,
            col(Appointment.withdrawn_at).is_(None),
            col(Appointment.day) >= since,
        )
        .order_by(col(Appointment.day), col(Appointment.at), Appointment.id)
    )
    return tuple(
        Proposal(one.id, one.words, one.day, name or SOMEBODY, one.accepted, one.answered_at, one.seen_at)
        for one, name in session.exec(query)
    )


def _followed_appointment(session: Session, by: Actor, appointment_id: str, today: date) -> Appointment:
    kept = session.get(Appointment, appointment_id)
    if kept is None or kept.withdrawn_at is not None:
        raise NotFound
    permissions.followed_person(session, by=by, account_id=kept.account_id, today=today)
    return kept
