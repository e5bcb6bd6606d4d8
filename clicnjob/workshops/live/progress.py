"""How far each participant is in what was sent to them, noted by the app's own pages; and who is stuck.

The functions that note do nothing for somebody who is in no session or on a page that was not sent, so that a page can
call them without asking. They write only what changed, and raise the version of the boards, never that of the screens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from clicnjob import workshop_policy
from clicnjob.models import (
    Actor,
    ParticipantState,
    Workshop,
    WorkshopHelp,
    WorkshopParticipant,
    WorkshopProgress,
)
from clicnjob.workshops import events, permissions
from clicnjob.workshops.live import activities, pushing
from clicnjob.workshops.live.help_requests import OpenHelp
from clicnjob.workshops.live.pushing import Push

_TITLE = 120


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """One participant as a trainer's board shows them: never their work.

    `activity` is the name of what was sent to them, '' before the first. `step` of `steps`, both 0 when the activity has
    none. `since_at` is their last move. `connected`: their screen polled a moment ago, which is not « active ».
    """

    participant_id: str
    first_name: str
    guest: bool
    seat_id: str
    state: ParticipantState
    left: bool
    connected: bool
    activity: str
    activity_number: int
    opened: bool
    step: int
    steps: int
    step_title: str
    since_at: datetime | None
    stuck: bool
    done: bool
    help: OpenHelp | None


def note_opened(session: Session, *, of: Actor, page: str, now: datetime) -> None:
    """Note that the person opened the page of what was sent to them; their time on it begins."""
    _change_progress(session, of, page, now, lambda row: None)


def note_step(session: Session, *, of: Actor, page: str, step: int, steps: int, title: str = "", now: datetime) -> None:
    """Note at which step (from 1) of how many the person is. A move begins a new time and forgets failed tries."""
    most = workshop_policy.WORKSHOP_STEPS_AT_MOST
    at, of_all = max(0, min(step, most)), max(0, min(steps, most))

    def move(row: WorkshopProgress) -> None:
        if (row.step, row.steps, row.step_title) != (at, of_all, title[:_TITLE]):
            row.step, row.steps, row.step_title = at, of_all, title[:_TITLE]
            row.since_at, row.failed = now, 0

    _change_progress(session, of, page, now, move)


def note_failed_try(session: Session, *, of: Actor, page: str, now: datetime) -> None:
    """Note one try that the page refused; more than a few of them mean that the person is stuck."""

    def fail(row: WorkshopProgress) -> None:
        row.failed += 1

    _change_progress(session, of, page, now, fail)


def note_done(session: Session, *, of: Actor, page: str = "", now: datetime) -> None:
    """Note that the person finished. `page` is '' where they say it themselves, on paper for instance."""

    def finish(row: WorkshopProgress) -> None:
        row.done_at = row.done_at or now

    _change_progress(session, of, page, now, finish)


def note_fine(session: Session, *, of: Actor, now: datetime) -> None:
    """Note that the person was offered help and goes on alone: the time before they count as stuck begins again."""

    def go_on(row: WorkshopProgress) -> None:
        row.offered_at, row.failed = now, 0

    _change_progress(session, of, "", now, go_on)


def mark_stuck_seen(session: Session, *, by: Actor, workshop_id: str, participant_id: str, now: datetime) -> None:
    """« Vu »: the boards say nothing of this person for a while. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    person = permissions.participant_in(session, workshop=workshop, participant_id=participant_id)
    push = pushing.current_push(workshop, participant_id=person.id)
    row = session.get(WorkshopProgress, (person.id, push.number)) if push else None
    if row is not None:
        row.quiet_until = now + workshop_policy.STUCK_QUIET_FOR
        session.flush()
        events.change_board(session, workshop_id=workshop.id)


def group_progress(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> tuple[PersonProgress, ...]:
    """Return everybody of a session who waits or takes part: calls for help first, the oldest on top, then the stuck.

    Five queries at most, however many people. Raises NotFound.
    """
    workshop = permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    person = WorkshopParticipant
    here = (person.workshop_id == workshop.id, person.state != ParticipantState.REMOVED)
    people = session.exec(select(person).where(*here).order_by(col(person.asked_at), person.id)).all()
    ours = select(person.id).where(person.workshop_id == workshop.id)
    progress = session.exec(select(WorkshopProgress).where(col(WorkshopProgress.participant_id).in_(ours))).all()
    by_key = {(row.participant_id, row.activity_number): row for row in progress}
    waiting = select(WorkshopHelp).where(WorkshopHelp.workshop_id == workshop.id, col(WorkshopHelp.done_at).is_(None))
    helps = {row.participant_id: row for row in session.exec(waiting)}
    shown = [_person_progress(workshop, one, by_key, helps.get(one.id), now=now) for one in people]
    return tuple(sorted(shown, key=_urgency_order))


def stuck_at(row: WorkshopProgress, push: Push) -> datetime | None:
    """Return from when somebody counts as stuck, for the screen that offers them help; None when they finished.

    A step is planned to last its share of the activity's minutes. Without steps, the whole activity is one step. Somebody
    who has not opened the activity is not stuck, nor is a latecomer: the time counts from their own first step.
    """
    if row.done_at is not None or row.opened_at is None:
        return None
    since = max(row.since_at, row.offered_at or row.since_at)
    if row.failed > workshop_policy.STUCK_FAILED_TRIES:
        return since
    planned = timedelta(minutes=push.minutes) / max(row.steps, 1)
    return since + max(workshop_policy.STUCK_AFTER, workshop_policy.STUCK_TIMES_PLANNED * planned)


def is_stuck_told(row: WorkshopProgress, push: Push, *, now: datetime) -> bool:
    """Whether a trainer is told that somebody is stuck: a minute after the offer, unless a trainer has seen it."""
    at = stuck_at(row, push)
    quiet = row.quiet_until is not None and now < row.quiet_until
    return at is not None and now >= at + workshop_policy.STUCK_TOLD_AFTER and not quiet


def is_connected(person: WorkshopParticipant, *, now: datetime) -> bool:
    """Whether this person's screen has polled lately. A simulated person is always there."""
    return person.simulated or (
        person.alive_at is not None and now - person.alive_at < workshop_policy.SCREEN_ALIVE_FOR
    )


def _change_progress(
    session: Session, of: Actor, page: str, now: datetime, change: Callable[[WorkshopProgress], None]
) -> None:
    """Change the row of what was sent to this person, which begins with it; write nothing when nothing changed."""
    place = permissions.own_participation(session, of=of, now=now)
    if place is None or place.state is not ParticipantState.ADMITTED:
        return
    workshop = session.get(Workshop, place.workshop_id)
    push = pushing.current_push(workshop, participant_id=place.participant_id) if workshop else None
    if push is None or (page and activities.known_activity(push.activity).page != page):
        return
    row = session.get(WorkshopProgress, (place.participant_id, push.number))
    if row is None:
        row = WorkshopProgress(
            participant_id=place.participant_id,
            activity_number=push.number,
            activity=push.activity,
            opened_at=now,
            since_at=now,
        )
        session.add(row)
        _note_progress(session, place, push, "opened activity", now)
    was_done = row.done_at is not None
    change(row)
    if not session.is_modified(row):
        return
    if row.done_at is not None and not was_done:
        _note_progress(session, place, push, "finished activity", now)
    session.flush()
    events.change_board(session, workshop_id=place.workshop_id)


def _note_progress(session: Session, place: permissions.Participation, push: Push, kind: str, now: datetime) -> None:
    events.note_event(
        session,
        workshop_id=place.workshop_id,
        participant_id=place.participant_id,
        kind=kind,
        detail=push.activity,
        now=now,
    )


def _person_progress(
    workshop: Workshop,
    person: WorkshopParticipant,
    by_key: dict[tuple[str, int], WorkshopProgress],
    asked: WorkshopHelp | None,
    *,
    now: datetime,
) -> PersonProgress:
    push = pushing.current_push(workshop, participant_id=person.id)
    row = by_key.get((person.id, push.number)) if push else None
    return PersonProgress(
        participant_id=person.id,
        first_name=person.first_name,
        guest=person.guest,
        seat_id=person.seat_id or "",
        state=person.state,
        left=person.left_at is not None,
        connected=is_connected(person, now=now),
        activity=push.title if push else "",
        activity_number=push.number if push else 0,
        opened=row is not None,
        step=row.step if row else 0,
        steps=row.steps if row else 0,
        step_title=row.step_title if row else "",
        since_at=row.since_at if row else None,
        stuck=row is not None and push is not None and is_stuck_told(row, push, now=now),
        done=row is not None and row.done_at is not None,
        help=OpenHelp(asked.id, asked.reason, asked.page_shown, asked.asked_at, asked.seen_at is not None)
        if asked
        else None,
    )


def _urgency_order(one: PersonProgress) -> tuple[bool, float, bool, str]:
    asked = one.help.asked_at.timestamp() if one.help else 0.0
    return one.help is None, asked, not one.stuck, one.first_name.casefold()
