"""What the screen of one participant shows, and the versions that tell screens when to be drawn again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, update
from sqlmodel import Session, col, select

from clicnjob import workshop_policy
from clicnjob.models import (
    YOUNG_ROLES,
    Actor,
    ParticipantState,
    PushMode,
    Workshop,
    WorkshopParticipant,
    WorkshopProgress,
)
from clicnjob.workshops.live import activities, draws, progress, pushing, returning, screen_query, seats
from clicnjob.workshops.live.answers import QuestionToAnswer
from clicnjob.workshops.live.help_requests import OpenHelp, ReceivedHint


@dataclass(frozen=True, slots=True)
class PushedActivity:
    """What this person is to do. `page` is '' for what happens on paper or aloud."""

    number: int
    key: str
    title: str
    instruction: str
    icon: str
    page: str
    mode: PushMode
    at: datetime
    opened: bool
    done: bool


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """One participant's screen. `version` is the ETag of what was read; `stuck_at` when to offer help by itself."""

    participant_id: str
    workshop_id: str
    title: str
    state: ParticipantState
    version: str
    activity: PushedActivity | None
    timer_ends_at: datetime | None
    paused_until: datetime | None
    help: OpenHelp | None
    hint: ReceivedHint | None
    stuck_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionScreen:
    """What the page « La séance » shows: the view, who shares the screen, the group that was drawn, the open question.

    `given_back` is the first name at the place that the trainer gives back to who waits at the door.
    """

    view: ParticipantView
    mates: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    question: QuestionToAnswer | None = None
    given_back: str | None = None


@dataclass(frozen=True, slots=True)
class ScreenVersion:
    """What the server tells a screen: the tag of its version; and whether the trainer has let the person in."""

    tag: str
    admitted: bool


def participant_view(session: Session, *, of: Actor, now: datetime) -> ParticipantView | None:
    """Return what the strip on every page shows; None for who is in no running session. One query.

    Who waits to be admitted sees the title and that they wait, and nothing else.
    """
    row = _own_row(session, of, now)
    return _view_of(session, row, now) if row is not None else None


def session_screen(session: Session, *, of: Actor, now: datetime) -> SessionScreen | None:
    """Return what the page « La séance » shows; None for who is in no running session.

    One query; one more for each of: who shares the screen, the group that was drawn, an activity that others got after
    this person's.
    """
    row = _own_row(session, of, now)
    if row is None:
        return None
    view = _view_of(session, row, now)
    if row.state is not ParticipantState.ADMITTED:
        return SessionScreen(view, given_back=returning.offered_place(session, of=of, now=now))
    mates = seats.mates_at(session, seat_id=row.seat_id, participant_id=row.id) if row.shares_seat else ()
    together = draws.group_at(
        session, workshop_id=row.workshop_id, group_number=row.group_number, participant_id=row.id
    )
    return SessionScreen(view, mates, together, _open_question(row))


def begins_at(activity: PushedActivity) -> datetime:
    """Return from when the group does this: at once, or together a moment after it was sent."""
    return activity.at + workshop_policy.TOGETHER_AFTER if activity.mode is PushMode.TOGETHER else activity.at


def changes_at(view: ParticipantView, *, now: datetime) -> datetime | None:
    """Return when the screen must be drawn again although nobody changes anything: a pause ends, help is to be offered."""
    moments = [view.paused_until, view.stuck_at if view.help is None else None]
    if view.activity is not None:
        moments.append(begins_at(view.activity))
    return min((at for at in moments if at is not None and at > now), default=None)


def screen_versions(session: Session, *, account_id: str = "", now: datetime) -> dict[str, ScreenVersion]:
    """Return the version of every participant's screen by account, or that of one account, for the server. One query.

    Whoever left, was removed, or whose session is over has none: their screen is then drawn a last time.
    """
    person = WorkshopParticipant
    # Columns, not objects, because it runs every second for all the people of all sessions.
    columns: Any = (person.account_id, person.id, person.version, Workshop.version, person.state)
    query: Any = select(*columns).join(Workshop, col(Workshop.id) == col(person.workshop_id))
    query = query.where(
        col(person.left_at).is_(None),
        person.state != ParticipantState.REMOVED,
        col(Workshop.ended_at).is_(None),
        col(Workshop.began_at) > now - workshop_policy.WORKSHOP_ENDS_AFTER,
        person.account_id == account_id if account_id else col(person.account_id).is_not(None),
    )
    rows = session.exec(query.order_by(col(person.asked_at), col(person.id).desc()))
    return {
        account: ScreenVersion(version_tag(own_id, version=of_all, own=own), state is ParticipantState.ADMITTED)
        for account, own_id, own, of_all, state in rows
    }


def version_tag(participant_id: str, *, version: int, own: int) -> str:
    """Return the version of a screen: both numbers only rise in one session, and the process is not part of it.

    So a restart pushes nothing, and a screen recognises an answer that is older than what it shows.
    """
    return f"{version}-{own}-{participant_id}"


def write_alive_screens(session: Session, *, accounts: Collection[str], now: datetime) -> None:
    """Write that the screens of these accounts have just polled, in one statement for all, for the server.

    Who is at their screen has their place: an offer to give it back to somebody at the door ends.
    """
    row = WorkshopParticipant
    here = (col(row.account_id).in_(sorted(accounts)), col(row.left_at).is_(None))
    unoffered = case((col(row.return_digest).startswith(returning.OFFER), ""), else_=col(row.return_digest))
    session.exec(update(row).where(*here).values(alive_at=now, return_digest=unoffered))


def _own_row(session: Session, of: Actor, now: datetime) -> Any:
    """Return the row of `screen_query.OWN_SCREEN`, None as `permissions.own_rows` does."""
    if not of.roles & YOUNG_ROLES:
        return None
    session.flush()
    named = {"account_id": of.id, "since": now - workshop_policy.WORKSHOP_ENDS_AFTER}
    return session.connection().execute(screen_query.OWN_SCREEN, named).first()


def _view_of(session: Session, row: Any, now: datetime) -> ParticipantView:
    admitted = row.state is ParticipantState.ADMITTED
    push = pushing.push_to(row.pushes, participant_id=row.id) if admitted else None
    done = _own_progress(session, row, push) if push else None
    paused = row.paused_until if admitted else None
    return ParticipantView(
        participant_id=row.id,
        workshop_id=row.workshop_id,
        title=row.title,
        state=row.state,
        version=version_tag(row.id, version=row.version, own=row.own_version),
        activity=_pushed_activity(push, done) if push else None,
        timer_ends_at=row.timer_ends_at if admitted else None,
        paused_until=paused if paused is not None and paused > now else None,
        help=_open_help(row) if row.help_id else None,
        hint=ReceivedHint(row.hint_id, row.sentence) if row.hint_id else None,
        stuck_at=progress.stuck_at(done, push) if done is not None and push is not None else None,
    )


def _own_progress(session: Session, row: Any, push: pushing.Push) -> Any:
    """Return how far the person is in what was sent to them; one more query where others got something since."""
    if push.number != row.latest_number:
        return session.get(WorkshopProgress, (row.id, push.number))
    return row if row.activity_number is not None else None


def _pushed_activity(push: pushing.Push, row: Any) -> PushedActivity:
    known = activities.known_activity(push.activity)
    return PushedActivity(
        push.number,
        push.activity,
        push.title,
        push.instruction,
        known.icone,
        known.page,
        push.mode,
        push.at,
        opened=row is not None,
        done=row is not None and row.done_at is not None,
    )


def _open_help(row: Any) -> OpenHelp:
    return OpenHelp(row.help_id, row.help_reason, row.help_page_shown, row.help_asked_at, row.help_seen_at is not None)


def _open_question(row: Any) -> QuestionToAnswer | None:
    if row.question_id is None:
        return None
    answered = row.answered_by is not None
    return QuestionToAnswer(
        row.question_id, row.kind, row.question, tuple(row.choices), row.text or "", row.choice, answered
    )
