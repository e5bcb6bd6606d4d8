"""Group sessions (« séance de groupe »): begun and ended by who runs them, one at a time; a forgotten one ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from clicnjob import audit, models, policy, text
from clicnjob.cohort import vocabulary
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import SUPPORT_ROLES, Actor, Attendance, Gathering


class RunsNone(Refusal):
    """Not somebody who runs group sessions."""

    sentence = "Les séances de groupe sont pour les professionnels de la structure."


class AlreadyRunning(Refusal):
    """One person is in front of one group."""

    sentence = "Une séance est déjà en cours. Finissez-la d’abord."


class NeedsTitle(Refusal):
    """« Autre chose » says nothing by itself."""

    sentence = "Donnez un titre à la séance."


class StillRunning(Refusal):
    """How long it lasted is known at its end."""

    sentence = "La séance est en cours. Finissez-la d’abord."


class WrongMinutes(Refusal):
    """Shorter than a session, or longer than a half-day."""

    sentence = f"Notez entre {policy.GATHERING_LEAST_MINUTES} et {policy.GATHERING_MOST_MINUTES} minutes."


class SomebodyNoted(Refusal):
    """A session with people in it was not begun by mistake."""

    sentence = "Des jeunes sont notés présents. Décochez-les, puis recommencez."


@dataclass(frozen=True, slots=True)
class Held:
    """One group session as shown: `ended_at` is None while it runs, `minutes` are whole ones, `people` were noted."""

    id: str
    kind: str
    title: str
    began_at: datetime
    ended_at: datetime | None
    minutes: int
    people: int


def may_run(actor: Actor) -> bool:
    """Professionals of a structure: trainers and advisers both hold workshops, the head may stand in for them.

    The technical administrator meets no group of young people.
    """
    return bool(actor.roles & SUPPORT_ROLES) and actor.organisation_id is not None


def begin(session: Session, *, by: Actor, kind: str, title: str = "", now: datetime | None = None) -> str:
    """Begin a session of a kind of data/conseiller/seances.yaml; gives its id. `title` counts for « Autre chose » only.

    Raises RunsNone, NotFound for an unknown kind, NeedsTitle, AlreadyRunning, what `text.line` raises.
    """
    if not may_run(by) or by.organisation_id is None:
        raise RunsNone
    at = now or models.now()
    called = _title(kind, title)
    close_forgotten(session, now=at)
    if _open(session, by) is not None:
        raise AlreadyRunning
    made = Gathering(organisation_id=by.organisation_id, by_id=by.id, kind=kind, title=called, began_at=at)
    session.add(made)
    session.flush()
    audit.note(session, by=by, act="group session begun", now=at)
    return made.id


def end(session: Session, *, by: Actor, gathering_id: str, now: datetime | None = None) -> None:
    """End a session; its minutes are those since it began. Ended twice, the first time counts. Raises NotFound."""
    kept, at = ran(session, by=by, gathering_id=gathering_id), now or models.now()
    if kept.ended_at is None:
        _end(kept, at)
        session.flush()
        audit.note(session, by=by, act="group session ended", now=at)


def correct(session: Session, *, by: Actor, gathering_id: str, minutes: int) -> None:
    """Say how long a session really lasted. Raises NotFound, StillRunning, WrongMinutes."""
    kept = ran(session, by=by, gathering_id=gathering_id)
    if kept.ended_at is None:
        raise StillRunning
    if not policy.GATHERING_LEAST_MINUTES <= minutes <= policy.GATHERING_MOST_MINUTES:
        raise WrongMinutes
    kept.minutes = minutes
    session.flush()
    audit.note(session, by=by, act="group session corrected")


def cancel(session: Session, *, by: Actor, gathering_id: str) -> None:
    """Take away a session begun by mistake, running or ended, as long as nobody is in it. Raises NotFound, SomebodyNoted."""
    kept = ran(session, by=by, gathering_id=gathering_id)
    if session.exec(select(Attendance.account_id).where(Attendance.gathering_id == kept.id).limit(1)).first():
        raise SomebodyNoted
    session.exec(delete(Gathering).where(col(Gathering.id) == kept.id))
    audit.note(session, by=by, act="group session cancelled")


def running(session: Session, *, of: Actor, now: datetime | None = None) -> Held | None:
    """The session that the actor runs now, with its minutes so far; one forgotten open is over. One query. Raises RunsNone."""
    if not may_run(of):
        raise RunsNone
    kept, at = _open(session, of), now or models.now()
    if kept is None or at - kept.began_at >= policy.GATHERING_ENDS_AFTER:
        return None
    return Held(kept.id, kept.kind, kept.title, kept.began_at, None, _minutes(kept, at), 0)


def past(session: Session, *, of: Actor, now: datetime | None = None) -> tuple[Held, ...]:
    """The actor's own sessions that are over, the latest first. One query. Raises RunsNone."""
    if not may_run(of):
        raise RunsNone
    over = col(Gathering.began_at) <= (now or models.now()) - policy.GATHERING_ENDS_AFTER
    query = select(Gathering, _PEOPLE).where(
        Gathering.by_id == of.id,
        Gathering.organisation_id == of.organisation_id,
        col(Gathering.ended_at).is_not(None) | over,
    )
    rows = session.exec(query.order_by(col(Gathering.began_at).desc(), Gathering.id).limit(policy.GATHERINGS_SHOWN))
    return tuple(_held(kept, people) for kept, people in rows)


def held(session: Session, *, by: Actor, gathering_id: str) -> Held:
    """One session that the actor ran. Raises NotFound."""
    kept = ran(session, by=by, gathering_id=gathering_id)
    people = session.exec(select(func.count()).where(col(Attendance.gathering_id) == kept.id)).one()
    return _held(kept, people)


def ran(session: Session, *, by: Actor, gathering_id: str) -> Gathering:
    """The session, if the actor ran it where they still work: an attendance list is for who held the session.

    Raises NotFound for an unknown session, a colleague's and another structure's alike.
    """
    kept = session.get(Gathering, gathering_id) if may_run(by) else None
    if kept is None or kept.by_id != by.id or kept.organisation_id != by.organisation_id:
        raise NotFound
    return kept


def close_forgotten(session: Session, *, now: datetime) -> int:
    """End the sessions left open for too long, of anybody; gives how many. Called by the server's sweep."""
    limit = now - policy.GATHERING_ENDS_AFTER
    query = select(Gathering).where(col(Gathering.ended_at).is_(None), col(Gathering.began_at) <= limit)
    found = session.exec(query.order_by(Gathering.id)).all()
    for kept in found:
        _end(kept, now)
    session.flush()
    return len(found)


def _title(kind: str, typed: str) -> str:
    """The words of the kind, or the professional's own for a kind that asks for them."""
    known = vocabulary.gathering_kinds().get(kind)
    if known is None:
        raise NotFound
    if not known.propre:
        return known.nom
    title = text.line(typed, most=policy.GATHERING_TITLE_LENGTH)
    if not title:
        raise NeedsTitle
    return title


def _open(session: Session, actor: Actor) -> Gathering | None:
    query = select(Gathering).where(Gathering.by_id == actor.id, col(Gathering.ended_at).is_(None))
    return session.exec(query).first()


def _end(kept: Gathering, at: datetime) -> None:
    """Now, or when a session must have been over."""
    kept.minutes = _minutes(kept, at)
    kept.ended_at = min(at, kept.began_at + policy.GATHERING_ENDS_AFTER)


def _minutes(kept: Gathering, at: datetime) -> int:
    """Whole minutes gone by, up to the longest session."""
    spent = min(max(at, kept.began_at) - kept.began_at, policy.GATHERING_ENDS_AFTER)
    return int(spent.total_seconds()) // 60


def _held(kept: Gathering, people: int) -> Held:
    """As the sweep will write it, if it did not come by yet."""
    until = kept.ended_at or kept.began_at + policy.GATHERING_ENDS_AFTER
    minutes = kept.minutes if kept.ended_at else _minutes(kept, until)
    return Held(kept.id, kept.kind, kept.title, kept.began_at, until, minutes, people)


_PEOPLE = (
    select(func.count())
    .select_from(Attendance)
    .where(col(Attendance.gathering_id) == col(Gathering.id))
    .correlate(Gathering)
    .scalar_subquery()
)
