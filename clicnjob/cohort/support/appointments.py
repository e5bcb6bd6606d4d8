"""Appointments: an adviser proposes a day, an hour and a place, the young person accepts, and what came of it is noted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support import appointment_requests
from clicnjob.cohort.support.comments import SOMEBODY
from clicnjob.errors import ChangedMeanwhile, NotFound, Refusal
from clicnjob.french.appointments import KINDS, OUTCOMES
from clicnjob.models import Account, Actor, Appointment


class DayGone(Refusal):
    """An appointment must lie ahead, within a year."""

    sentence = "Choisissez un moment à venir, dans l’année."


class UnknownChoice(Refusal):
    """The hour, the length or the kind is none of those that are offered."""

    sentence = "Choisissez l’heure, la durée et la forme du rendez-vous dans les listes."


class NoPlace(Refusal):
    """Somebody who is to come must know where."""

    sentence = "Écrivez le lieu\u00a0: le jeune doit savoir où venir."


class TooManyAppointments(Refusal):
    """More appointments than one person can have at once."""

    sentence = "Il y a déjà beaucoup de rendez-vous prévus avec ce jeune. Annulez-en un d’abord."


class TooEarly(Refusal):
    """The appointment has not begun yet."""

    sentence = "Ce rendez-vous n’a pas encore eu lieu."


class AppointmentPast(Refusal):
    """The appointment is over, so nobody waits for an answer."""

    sentence = "Ce rendez-vous est passé. Tu peux en demander un autre."


@dataclass(frozen=True, slots=True)
class AppointmentPlan:
    """What is proposed. `kind` is a key of KINDS; `place` and `words` are lines of at most SHORT_WORD_LENGTH."""

    day: date
    start: time
    minutes: int
    kind: str
    place: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An appointment as shown; `accepted` is None until the young person answers. Older ones have no `start`."""

    id: str
    words: str
    day: date
    start: time | None
    minutes: int | None
    kind: str
    place: str
    by: str
    accepted: bool | None
    answered_at: datetime | None
    seen_at: datetime | None
    outcome: str
    cancelled: bool = False

    def is_over(self, *, now: datetime) -> bool:
        """Whether it has begun; one without an hour has on its day."""
        return has_begun(self.day, self.start, now=now)


def propose_appointment(
    session: Session, *, by: Actor, account_id: str, plan: AppointmentPlan, today: date, now: datetime
) -> str:
    """Propose an appointment, which answers an open request of the young person. Returns its id.

    Raises NotFound, DayGone, UnknownChoice, NoPlace, TooManyAppointments, what `text.clean_line` raises.
    """
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    checked = checked_plan(plan, today=today, now=now)
    _check_number(session, account_id, today=today, now=now)
    made = Appointment(
        account_id=account_id, by_id=by.id, words=checked.words, day=checked.day, start=checked.start,
        minutes=checked.minutes, kind=checked.kind, place=checked.place, at=now,
    )  # fmt: skip
    session.add(made)
    appointment_requests.settle_appointment_request(session, by=by, account_id=account_id, today=today, now=now)
    refreshing.mark_outdated(session, account_id=account_id)
    return made.id


def withdraw_appointment(session: Session, *, by: Actor, appointment_id: str, today: date, now: datetime) -> None:
    """Cancel an appointment; the young person who had accepted it is told. Raises NotFound."""
    kept = _followed_appointment(session, by, appointment_id, today)
    kept.withdrawn_at = now
    refreshing.mark_outdated(session, account_id=kept.account_id)


def mark_answer_seen(session: Session, *, by: Actor, appointment_id: str, today: date, now: datetime) -> None:
    """Record that a professional has read the answer. Raises NotFound."""
    kept = _followed_appointment(session, by, appointment_id, today)
    kept.seen_at = now
    refreshing.mark_outdated(session, account_id=kept.account_id)


def note_outcome(
    session: Session, *, by: Actor, appointment_id: str, outcome: str, today: date, now: datetime, shown: str = ""
) -> None:
    """Note what came of an appointment, a key of OUTCOMES; '' undoes it. `shown` is the outcome on the screen, '' for none.

    Raises NotFound, TooEarly, ChangedMeanwhile.
    """
    kept = _followed_appointment(session, by, appointment_id, today)
    if kept.outcome != shown:
        raise ChangedMeanwhile
    if outcome and outcome not in OUTCOMES:
        raise NotFound
    if outcome and not has_begun(kept.day, kept.start, now=now):
        raise TooEarly
    kept.outcome, kept.outcome_at = outcome, now if outcome else None
    session.flush()


def answer_appointment(session: Session, *, by: Actor, appointment_id: str, accepted: bool, now: datetime) -> None:
    """Store the young person's answer, yes or « je ne peux pas »; they may change it until it is over.

    Raises NotFound, AppointmentPast.
    """
    kept = session.get(Appointment, appointment_id)
    if kept is None or kept.account_id != by.id or kept.withdrawn_at is not None or kept.outcome:
        raise NotFound
    if _has_ended(kept, now=now):
        raise AppointmentPast
    kept.accepted, kept.answered_at, kept.seen_at = accepted, now, None
    refreshing.mark_outdated(session, account_id=by.id)


def of_young(session: Session, *, of: Actor, today: date) -> tuple[Proposal, ...]:
    """Return a young person's coming appointments, soonest first; a cancelled one stays if they had accepted it."""
    kept = or_(col(Appointment.withdrawn_at).is_(None), col(Appointment.accepted).is_(True))
    return _shown_proposals(session, of.id, col(Appointment.day) >= today, kept)


def on_person(session: Session, *, by: Actor, account_id: str, today: date) -> tuple[Proposal, ...]:
    """Return somebody's latest appointments, including past ones, earliest first. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    return _shown_proposals(session, account_id, col(Appointment.withdrawn_at).is_(None))


def last_place(session: Session, *, of: Actor, kind: str) -> str:
    """Return the place of the actor's own latest appointment of a kind, to offer it again; '' without one. One query."""
    query = select(Appointment.place).where(
        Appointment.by_id == of.id, Appointment.kind == kind, col(Appointment.place) != ""
    )
    return session.exec(query.order_by(col(Appointment.at).desc(), Appointment.id).limit(1)).first() or ""


def offered_starts() -> tuple[time, ...]:
    """Return the hours at which an appointment can begin."""
    quarters = range(0, 60, policy.APPOINTMENT_EVERY)
    return tuple(time(hour, minute) for hour in policy.APPOINTMENT_HOURS for minute in quarters)


def start_instant(day: date, start: time) -> datetime:
    """Return when an appointment begins; its hour is that of the clock where the server is."""
    return datetime.combine(day, start).astimezone(UTC)


def has_begun(day: date, start: time | None, *, now: datetime) -> bool:
    """Whether an appointment has begun; one without an hour has on its day."""
    return start_instant(day, start or time.min) <= now


def _has_ended(one: Appointment, *, now: datetime) -> bool:
    """Whether its time is up; one without an hour lasts its whole day."""
    if one.start is None:
        return start_instant(one.day + timedelta(days=1), time.min) <= now
    return start_instant(one.day, one.start) + timedelta(minutes=one.minutes or 0) <= now


def checked_plan(plan: AppointmentPlan, *, today: date, now: datetime) -> AppointmentPlan:
    """Return the plan with its texts cleaned. Raises DayGone, UnknownChoice, NoPlace, what `text.clean_line` raises."""
    if plan.start not in offered_starts() or plan.minutes not in policy.APPOINTMENT_LENGTHS or plan.kind not in KINDS:
        raise UnknownChoice
    if not today <= plan.day <= today + policy.APPOINTMENT_AHEAD or has_begun(plan.day, plan.start, now=now):
        raise DayGone
    place = text.clean_line(plan.place, most=policy.SHORT_WORD_LENGTH)
    if plan.kind == "sur_place" and not place:
        raise NoPlace
    return replace(plan, place=place, words=text.clean_line(plan.words, most=policy.SHORT_WORD_LENGTH))


def _check_number(session: Session, account_id: str, *, today: date, now: datetime) -> None:
    """Count those to come and those proposed within a day, withdrawn or not, so that no loop fills the table."""
    coming = and_(col(Appointment.withdrawn_at).is_(None), col(Appointment.day) >= today)
    counted = or_(coming, col(Appointment.at) > now - timedelta(days=1))
    query = select(func.count()).select_from(Appointment).where(Appointment.account_id == account_id, counted)
    if session.exec(query).one() >= policy.APPOINTMENTS_AT_MOST:
        raise TooManyAppointments


def _shown_proposals(session: Session, account_id: str, *which: object) -> tuple[Proposal, ...]:
    query = (
        select(Appointment, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(Appointment.by_id))
        .where(Appointment.account_id == account_id, *which)  # type: ignore[arg-type]
        .order_by(col(Appointment.day).desc(), col(Appointment.at).desc(), Appointment.id)
        .limit(policy.APPOINTMENTS_SHOWN)
    )
    found = [
        Proposal(
            one.id, one.words, one.day, one.start, one.minutes, one.kind, one.place, name or SOMEBODY, one.accepted,
            one.answered_at, one.seen_at, one.outcome, one.withdrawn_at is not None,
        )
        for one, name in session.exec(query)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.day, one.start or time.min)))


def _followed_appointment(session: Session, by: Actor, appointment_id: str, today: date) -> Appointment:
    kept = session.get(Appointment, appointment_id)
    if kept is None:
        raise NotFound
    permissions.followed_person(session, by=by, account_id=kept.account_id, today=today)
    if kept.withdrawn_at is not None:
        raise ChangedMeanwhile
    return kept
