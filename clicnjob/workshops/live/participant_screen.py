"""What the screen of one participant shows, and the versions that tell screens when to be drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from clicnjob.models import (
    Actor,
    ParticipantState,
    PushMode,
    Workshop,
    WorkshopHelp,
    WorkshopHint,
    WorkshopParticipant,
    WorkshopProgress,
)
from clicnjob.workshops import permissions
from clicnjob.workshops.live import activities, progress, pushing
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


def participant_view(session: Session, *, of: Actor, now: datetime) -> ParticipantView | None:
    """Return what the person's screen shows; None for who is in no running session. Six queries at most.

    Who waits to be admitted sees the title and that they wait, and nothing else.
    """
    place = permissions.own_participation(session, of=of, now=now)
    person = session.get(WorkshopParticipant, place.participant_id) if place else None
    workshop = session.get(Workshop, place.workshop_id) if place else None
    if person is None or workshop is None:
        return None
    admitted = person.state is ParticipantState.ADMITTED
    push = pushing.current_push(workshop, participant_id=person.id) if admitted else None
    row = session.get(WorkshopProgress, (person.id, push.number)) if push else None
    paused = workshop.paused_until if admitted else None
    return ParticipantView(
        participant_id=person.id,
        workshop_id=workshop.id,
        title=workshop.title,
        state=person.state,
        version=version_tag(workshop.version, person.version),
        activity=_pushed_activity(push, row) if push else None,
        timer_ends_at=workshop.timer_ends_at if admitted else None,
        paused_until=paused if paused is not None and paused > now else None,
        help=_open_help(session, person.id) if admitted else None,
        hint=_shown_hint(session, person.id) if admitted else None,
        stuck_at=progress.stuck_at(row, push) if row is not None and push is not None else None,
    )


def version_tag(workshop_version: int, participant_version: int) -> str:
    """Return the ETag of a participant's screen. The process is not part of it, so a restart pushes nothing."""
    return f"{workshop_version}-{participant_version}"


def write_alive_screens(session: Session, *, accounts: frozenset[str], now: datetime) -> None:
    """Write that the screens of these accounts have just polled, in one statement for all, for the server."""
    row = WorkshopParticipant
    here = (col(row.account_id).in_(sorted(accounts)), col(row.left_at).is_(None))
    session.exec(update(row).where(*here).values(alive_at=now))


def _pushed_activity(push: pushing.Push, row: WorkshopProgress | None) -> PushedActivity:
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


def _open_help(session: Session, participant_id: str) -> OpenHelp | None:
    query = select(WorkshopHelp).where(
        WorkshopHelp.participant_id == participant_id, col(WorkshopHelp.done_at).is_(None)
    )
    row = session.exec(query).first()
    return OpenHelp(row.id, row.reason, row.page_shown, row.asked_at, row.seen_at is not None) if row else None


def _shown_hint(session: Session, participant_id: str) -> ReceivedHint | None:
    query = select(WorkshopHint).where(
        WorkshopHint.participant_id == participant_id, col(WorkshopHint.put_away_at).is_(None)
    )
    row = session.exec(query.order_by(col(WorkshopHint.sent_at).desc(), WorkshopHint.id).limit(1)).first()
    return ReceivedHint(row.id, row.sentence) if row else None
