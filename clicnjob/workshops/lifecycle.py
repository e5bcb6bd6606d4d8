"""Group sessions (« séance de groupe »): started and ended by their leader, one at a time; forgotten ones expire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from clicnjob import audit, text, workshop_policy
from clicnjob.cohort import vocabulary
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Actor, Attendance, Workshop
from clicnjob.workshops import attendance, events, permissions
from clicnjob.workshops.plans import library

_KIND_OF_DOMAIN = {"projet professionnel": "plan-projet", "citoyenneté": "plan-citoyen"}


class AlreadyRunning(Refusal):
    """The actor already runs a session, and a person leads one group at a time."""

    sentence = "Une séance est déjà en cours. Finissez-la d’abord."


class NeedsTitle(Refusal):
    """This kind of session (« Autre chose ») needs a title."""

    sentence = "Donnez un titre à la séance."


class StillRunning(Refusal):
    """The session's length is known only at its end."""

    sentence = "La séance est en cours. Finissez-la d’abord."


class WrongMinutes(Refusal):
    """The length is shorter than a session or longer than half a day."""

    sentence = (
        f"Notez entre {workshop_policy.WORKSHOP_LEAST_MINUTES} et {workshop_policy.WORKSHOP_MOST_MINUTES} minutes."
    )


class SomebodyNoted(Refusal):
    """The session has attendees, so it was not started by mistake."""

    sentence = "Des jeunes sont notés présents. Décochez-les, puis recommencez."


@dataclass(frozen=True, slots=True)
class OwnWorkshop:
    """A group session as shown. `ended_at` is None while it runs; `people` counts who was noted as present.

    `rehearsal`: tried alone, with invented people; it is erased at its end.
    """

    id: str
    kind: str
    title: str
    began_at: datetime
    ended_at: datetime | None
    minutes: int
    people: int
    rehearsal: bool = False


def begin_workshop(
    session: Session, *, by: Actor, kind: str, title: str = "", rehearsal: bool = False, now: datetime
) -> str:
    """Start a session of a kind of data/conseiller/seances.yaml. Returns its id.

    `title` is used only for kinds that ask for one. Raises RunsNone, NotFound for an unknown kind, NeedsTitle,
    AlreadyRunning, what `text.clean_line` raises.
    """
    if not permissions.may_run(by) or by.organisation_id is None:
        raise permissions.RunsNone
    called = _workshop_title(kind, title)
    close_forgotten(session, now=now)
    if _open_workshop(session, by) is not None:
        raise AlreadyRunning
    made = Workshop(organisation_id=by.organisation_id, by_id=by.id, kind=kind, title=called, began_at=now)
    made.rehearsal = rehearsal
    session.add(made)
    session.flush()
    if not rehearsal:
        audit.note_act(session, by=by, act="group session begun", now=now)
    return made.id


def begin_planned_workshop(session: Session, *, by: Actor, plan_id: str, rehearsal: bool = False, now: datetime) -> str:
    """Start a session from a plan, of which it keeps a frozen copy. Returns its id.

    Raises RunsNone, NotFound for an unknown plan, AlreadyRunning.
    """
    if not permissions.may_run(by):
        raise permissions.RunsNone
    body = library.frozen_body(session, of=by, plan_id=plan_id)
    kind = _kind_of_plan(str(body["domaine"]))
    title = str(body["titre"])[: workshop_policy.WORKSHOP_TITLE_LENGTH]
    workshop_id = begin_workshop(session, by=by, kind=kind, title=title, rehearsal=rehearsal, now=now)
    workshop = session.get(Workshop, workshop_id)
    assert workshop is not None
    workshop.plan_id, workshop.plan = plan_id, body
    session.flush()
    return workshop_id


def end_workshop(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> None:
    """End a session and store its length; erase a rehearsal. A second call changes nothing. Raises NotFound."""
    kept = permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    if kept.ended_at is None:
        counted = not kept.rehearsal
        _close_workshop(session, kept, now)
        if counted:
            audit.note_act(session, by=by, act="group session ended", now=now)


def correct_minutes(session: Session, *, by: Actor, workshop_id: str, minutes: int, now: datetime) -> None:
    """Correct the length of a finished session. Raises NotFound, StillRunning, WrongMinutes."""
    kept = permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    if kept.ended_at is None:
        raise StillRunning
    if not workshop_policy.WORKSHOP_LEAST_MINUTES <= minutes <= workshop_policy.WORKSHOP_MOST_MINUTES:
        raise WrongMinutes
    kept.minutes = minutes
    session.flush()
    audit.note_act(session, by=by, act="group session corrected", now=now)


def cancel_workshop(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> None:
    """Delete a session started by mistake, running or ended, if nobody is noted. Raises NotFound, SomebodyNoted."""
    kept = permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    if session.exec(select(Attendance.account_id).where(Attendance.workshop_id == kept.id).limit(1)).first():
        raise SomebodyNoted
    session.exec(delete(Workshop).where(col(Workshop.id) == kept.id))
    audit.note_act(session, by=by, act="group session cancelled", now=now)


def running_workshop(session: Session, *, of: Actor, now: datetime) -> OwnWorkshop | None:
    """Return the actor's running session with its minutes so far, if any. One query. Raises RunsNone."""
    if not permissions.may_run(of):
        raise permissions.RunsNone
    kept = _open_workshop(session, of)
    if kept is None or now - kept.began_at >= workshop_policy.WORKSHOP_ENDS_AFTER:
        return None
    gone = _minutes_gone(kept, now)
    return OwnWorkshop(kept.id, kept.kind, kept.title, kept.began_at, None, gone, 0, kept.rehearsal)


def past_workshops(session: Session, *, of: Actor, now: datetime) -> tuple[OwnWorkshop, ...]:
    """List the actor's own finished sessions, latest first. One query. Raises RunsNone."""
    if not permissions.may_run(of):
        raise permissions.RunsNone
    over = col(Workshop.began_at) <= (now) - workshop_policy.WORKSHOP_ENDS_AFTER
    query = select(Workshop, _PEOPLE).where(
        Workshop.by_id == of.id,
        Workshop.organisation_id == of.organisation_id,
        col(Workshop.ended_at).is_not(None) | over,
        ~col(Workshop.rehearsal),
    )
    rows = session.exec(
        query.order_by(col(Workshop.began_at).desc(), Workshop.id).limit(workshop_policy.WORKSHOPS_SHOWN)
    )
    return tuple(_as_past_workshop(kept, people) for kept, people in rows)


def own_workshop(session: Session, *, by: Actor, workshop_id: str) -> OwnWorkshop:
    """Return one session that the actor ran. Raises NotFound."""
    kept = permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    people = session.exec(select(func.count()).where(col(Attendance.workshop_id) == kept.id)).one()
    return _as_past_workshop(kept, people)


def close_forgotten(session: Session, *, now: datetime) -> int:
    """End everybody's sessions left open for too long; returns how many. The server's sweep calls it."""
    limit = now - workshop_policy.WORKSHOP_ENDS_AFTER
    query = select(Workshop).where(col(Workshop.ended_at).is_(None), col(Workshop.began_at) <= limit)
    found = session.exec(query.order_by(Workshop.id)).all()
    for kept in found:
        _close_workshop(session, kept, now)
    return len(found)


def _kind_of_plan(domain: str) -> str:
    """Return the kind whose i-milo category fits the first domain that a plan names."""
    return next((kind for name, kind in _KIND_OF_DOMAIN.items() if domain.casefold().startswith(name)), "plan-emploi")


def _workshop_title(kind: str, typed: str) -> str:
    """Return the title of the kind, or the professional's own for a kind that asks for one."""
    known = vocabulary.workshop_kinds().get(kind)
    if known is None:
        raise NotFound
    if not known.propre:
        return known.nom
    title = text.clean_line(typed, most=workshop_policy.WORKSHOP_TITLE_LENGTH)
    if not title:
        raise NeedsTitle
    return title


def _open_workshop(session: Session, actor: Actor) -> Workshop | None:
    query = select(Workshop).where(Workshop.by_id == actor.id, col(Workshop.ended_at).is_(None))
    return session.exec(query).first()


def _close_workshop(session: Session, kept: Workshop, at: datetime) -> None:
    """End a session: nobody can join any more, who was admitted is noted as present, every screen is told.

    Of a rehearsal nothing stays.
    """
    if kept.rehearsal:
        session.exec(delete(Workshop).where(col(Workshop.id) == kept.id))
        return
    _end_at(kept, at)
    kept.joining_open, kept.qr_open, kept.code, kept.code_expires_at = False, False, "", None
    kept.timer_ends_at = kept.paused_until = None
    kept.projector_digest = ""
    attendance.note_admitted(session, workshop=kept)
    session.flush()
    events.note_event(session, workshop_id=kept.id, kind="closed", now=at)
    events.change_screens(session, workshop_id=kept.id)


def _end_at(kept: Workshop, at: datetime) -> None:
    """End a session now, or at its longest possible length if that has passed."""
    kept.minutes = _minutes_gone(kept, at)
    kept.ended_at = min(at, kept.began_at + workshop_policy.WORKSHOP_ENDS_AFTER)


def _minutes_gone(kept: Workshop, at: datetime) -> int:
    """Return the whole minutes since the start, up to the longest session."""
    spent = min(max(at, kept.began_at) - kept.began_at, workshop_policy.WORKSHOP_ENDS_AFTER)
    return int(spent.total_seconds()) // 60


def _as_past_workshop(kept: Workshop, people: int) -> OwnWorkshop:
    """Build a finished session as the sweep will store it, in case the sweep has not run yet."""
    until = kept.ended_at or kept.began_at + workshop_policy.WORKSHOP_ENDS_AFTER
    minutes = kept.minutes if kept.ended_at else _minutes_gone(kept, until)
    return OwnWorkshop(kept.id, kept.kind, kept.title, kept.began_at, until, minutes, people)


_PEOPLE = (
    select(func.count())
    .select_from(Attendance)
    .where(col(Attendance.workshop_id) == col(Workshop.id))
    .correlate(Workshop)
    .scalar_subquery()
)
