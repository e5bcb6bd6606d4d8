"""What a trainer sends to the screens: an activity or a step of the plan, a timer, a pause.

A push to some people leaves the others at what they do: `Workshop.pushes` holds the last push to everybody and those to
some since. The `activity_…` columns are the latest push, which the projector shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from clicnjob import text, workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import (
    Actor,
    GroupQuestion,
    ParticipantState,
    PushMode,
    QuestionState,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.workshops import events, permissions
from clicnjob.workshops.live import activities
from clicnjob.workshops.live.activities import ActivityWords

_SPOKEN = "oral"


class NeedsInstruction(Refusal):
    """A free activity says what to do only by its instruction."""

    sentence = "Écrivez la consigne."


class WrongTime(Refusal):
    """A timer or a pause is longer than a group stays with it, or has no length."""

    sentence = (
        f"Un minuteur dure de 1 à {workshop_policy.TIMER_MOST_MINUTES} minutes, "
        f"une pause de 1 à {workshop_policy.PAUSE_MOST_MINUTES}."
    )


class NobodyPushed(Refusal):
    """The push names people, but none of them takes part."""

    sentence = "Personne n’est dans ce choix. Choisissez qui reçoit l’activité."


@dataclass(frozen=True, slots=True)
class Push:
    """One push. `to` holds the ids of the participants who got it; empty for everybody, latecomers included."""

    number: int
    activity: str
    title: str
    instruction: str
    minutes: int
    mode: PushMode
    at: datetime
    to: tuple[str, ...] = ()
    step: int = -1


def push_activity(
    session: Session,
    *,
    by: Actor,
    workshop_id: str,
    activity: str,
    instruction: str = "",
    minutes: int = 0,
    mode: PushMode = PushMode.PROPOSE,
    to: Sequence[str] = (),
    operation: str | None = None,
    now: datetime,
) -> None:
    """Send an activity, or a lesson or scene of ours or of the structure, to everybody, or to the participants `to`.

    Without an instruction the screen says that of the activity. Sent to everybody, it takes the place of shown answers on
    the projector. A command sent twice acts once. Raises NotFound,
    NeedsInstruction, NobodyPushed, WrongTime, what `text.clean_paragraph` raises.
    """
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    known = activities.activity_to_send(session, by=by, key=activity, now=now)
    said = text.clean_paragraph(instruction, most=workshop_policy.PUSHED_INSTRUCTION_LENGTH) or known.consigne
    if not said:
        raise NeedsInstruction
    push = Push(workshop.activity_number + 1, activity, known.nom, said, minutes, mode, now)
    _send_push(session, workshop, push, to=to, operation=operation)


def push_step(
    session: Session,
    *,
    by: Actor,
    workshop_id: str,
    step: int,
    mode: PushMode = PushMode.PROPOSE,
    to: Sequence[str] = (),
    operation: str | None = None,
    now: datetime,
) -> bool:
    """Send a step of the session's plan, counted from 0. Sent to everybody, it becomes the current step.

    A running timer belongs to the step before and is removed. Where the lesson of the step cannot be opened (any more), the
    screens show the instruction alone, and the answer is False. Raises NotFound when the plan has no such step,
    NobodyPushed.
    """
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    steps = workshop.plan.get("etapes", [])
    if not 0 <= step < len(steps):
        raise NotFound
    planned = steps[step]
    known = _activity_of_step(session, by, planned["activite"], now)
    title = planned["titre"][: workshop_policy.PUSHED_TITLE_LENGTH]
    said = planned.get("consigne") or known.consigne or title
    push = Push(workshop.activity_number + 1, known.cle, title, said, planned["minutes"], mode, now, step=step)
    _send_push(session, workshop, push, to=to, operation=operation)
    return known.cle == str(planned["activite"])


def start_timer(
    session: Session, *, by: Actor, workshop_id: str, minutes: int, operation: str | None = None, now: datetime
) -> None:
    """Start the timer that every screen and the projector show; it replaces the one before. Raises NotFound, WrongTime."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    if not 1 <= minutes <= workshop_policy.TIMER_MOST_MINUTES:
        raise WrongTime
    if events.note_event(
        session, workshop_id=workshop.id, kind="timer started", detail=f"{minutes} min", operation=operation, now=now
    ):
        workshop.timer_ends_at = now + timedelta(minutes=minutes)
        _show_change(session, workshop)


def stop_timer(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> None:
    """Take the timer away. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    if workshop.timer_ends_at is not None:
        workshop.timer_ends_at = None
        events.note_event(session, workshop_id=workshop.id, kind="timer stopped", now=now)
        _show_change(session, workshop)


def pause_group(
    session: Session, *, by: Actor, workshop_id: str, minutes: int, operation: str | None = None, now: datetime
) -> None:
    """« Regardez-moi »: ask everybody to look up, with a countdown that ends by itself. It is courtesy, never a lock.

    Raises NotFound, WrongTime.
    """
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    if not 1 <= minutes <= workshop_policy.PAUSE_MOST_MINUTES:
        raise WrongTime
    if events.note_event(session, workshop_id=workshop.id, kind="paused", operation=operation, now=now):
        workshop.paused_until = now + timedelta(minutes=minutes)
        _show_change(session, workshop)


def resume_group(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> None:
    """End the pause before its time. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    if workshop.paused_until is not None and workshop.paused_until > now:
        workshop.paused_until = None
        events.note_event(session, workshop_id=workshop.id, kind="resumed", now=now)
        _show_change(session, workshop)


def current_push(workshop: Workshop, *, participant_id: str) -> Push | None:
    """Return what this participant is to do: the latest push that is for everybody or names them. No query."""
    return push_to(workshop.pushes, participant_id=participant_id)


def push_to(pushes: Sequence[dict[str, Any]], *, participant_id: str) -> Push | None:
    """As `current_push`, for who has read the column `pushes` alone."""
    for body in reversed(pushes):
        if not body["to"] or participant_id in body["to"]:
            return _as_push(body)
    return None


def group_push(workshop: Workshop) -> Push | None:
    """Return the latest push that is for everybody, None before the first. No query."""
    return current_push(workshop, participant_id="")


def planned_step(workshop: Workshop, step: int) -> dict[str, Any]:
    """Return a step of the session's plan; {} for one that it does not have. No query."""
    steps: list[dict[str, Any]] = workshop.plan.get("etapes", [])
    return steps[step] if 0 <= step < len(steps) else {}


def _activity_of_step(session: Session, by: Actor, key: str, now: datetime) -> ActivityWords:
    """Return what a step opens; « À voix haute » for a lesson that the structure does not show, or that is another one's."""
    try:
        return activities.activity_to_send(session, by=by, key=key, now=now)
    except NotFound:
        return activities.known_activity(_SPOKEN)


def _send_push(session: Session, workshop: Workshop, push: Push, *, to: Sequence[str], operation: str | None) -> None:
    if not 0 <= push.minutes <= workshop_policy.WORKSHOP_MOST_MINUTES:
        raise WrongTime
    names = _admitted_among(session, workshop, to) if to else ()
    if to and not names:
        raise NobodyPushed
    told = events.pushed_detail(push.activity, push.title)
    if not events.note_event(
        session, workshop_id=workshop.id, kind="pushed", detail=told, operation=operation, now=push.at
    ):
        return
    body: dict[str, Any] = {
        "number": push.number,
        "activity": push.activity,
        "title": push.title,
        "instruction": push.instruction,
        "minutes": push.minutes,
        "mode": push.mode.value,
        "at": push.at.isoformat(),
        "to": list(names),
        "step": push.step,
    }
    kept = workshop.pushes[-workshop_policy.PUSHES_AT_MOST :] if names else []
    workshop.pushes = _with_group_push(workshop.pushes, kept, body)
    workshop.activity, workshop.activity_title, workshop.activity_instruction = (
        push.activity,
        push.title,
        push.instruction,
    )
    workshop.activity_number, workshop.activity_mode, workshop.activity_at = push.number, push.mode, push.at
    workshop.activity_minutes, workshop.activity_for = push.minutes, list(names)
    if push.step >= 0 and not names:
        workshop.timer_ends_at = None if push.step != workshop.step else workshop.timer_ends_at
        workshop.step = push.step
    if not names:
        _close_shown_question(session, workshop)
    _show_change(session, workshop)


def _close_shown_question(session: Session, workshop: Workshop) -> None:
    """Take shown answers off the projector, which would hide what the group is to do now. An open question stays open."""
    shown: Any = (col(GroupQuestion.workshop_id) == workshop.id, col(GroupQuestion.state) == QuestionState.SHOWN)
    session.exec(update(GroupQuestion).where(*shown).values(state=QuestionState.CLOSED))


def _with_group_push(before: list[dict[str, Any]], kept: list[dict[str, Any]], body: dict[str, Any]) -> list[Any]:
    """Append a push, and keep the last one to everybody even when those to some people are many."""
    group = [one for one in before if not one["to"] and one not in kept] if body["to"] else []
    return [*group, *kept, body]


def _admitted_among(session: Session, workshop: Workshop, to: Sequence[str]) -> tuple[str, ...]:
    row = WorkshopParticipant
    query = select(row.id).where(
        row.workshop_id == workshop.id, row.state == ParticipantState.ADMITTED, col(row.id).in_(list(to))
    )
    return tuple(session.exec(query.order_by(row.id)).all())


def _show_change(session: Session, workshop: Workshop) -> None:
    session.flush()
    events.change_screens(session, workshop_id=workshop.id)


def _as_push(body: dict[str, Any]) -> Push:
    return Push(
        body["number"],
        body["activity"],
        body["title"],
        body["instruction"],
        body["minutes"],
        PushMode(body["mode"]),
        datetime.fromisoformat(body["at"]),
        tuple(body["to"]),
        body["step"],
    )
