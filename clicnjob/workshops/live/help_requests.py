"""« Je suis bloqué » during a session, private to the trainers; and the ready hints that a trainer sends to one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import text, workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Actor, Workshop, WorkshopHelp, WorkshopHint
from clicnjob.workshops import events, permissions
from clicnjob.workshops.live import activities


class NoHint(Refusal):
    """A hint without words helps nobody."""

    sentence = "Choisissez un indice."


@dataclass(frozen=True, slots=True)
class OpenHelp:
    """An open call for help. `seen`: a trainer said that they come."""

    id: str
    reason: str
    page_shown: bool
    asked_at: datetime
    seen: bool


@dataclass(frozen=True, slots=True)
class ReceivedHint:
    """A hint on a participant's screen."""

    id: str
    sentence: str


def ask_help(session: Session, *, by: Actor, reason: str, page_shown: bool = False, now: datetime) -> None:
    """Call a trainer. A second call renews the reason and keeps its place in the queue.

    A call that ended before any trainer saw it is opened again, so that calling and taking back adds no rows.
    `page_shown` lets the trainers read the work in hand as long as the request is open. Raises NotFound for an unknown
    reason and for who is in no session.
    """
    if reason not in activities.stuck_reasons():
        raise NotFound
    place = permissions.admitted_participation(session, of=by, now=now)
    row = _open_request(session, place.participant_id)
    if row is None:
        row = _unseen_request(session, place.participant_id) or WorkshopHelp(
            workshop_id=place.workshop_id, participant_id=place.participant_id, reason=reason
        )
        row.asked_at, row.done_at = now, None
        about = {"workshop_id": place.workshop_id, "participant_id": place.participant_id, "detail": reason}
        events.note_event(session, **about, kind="help asked", now=now)
    row.reason, row.page_shown = reason, page_shown
    session.add(row)
    _show_change(session, row)


def withdraw_help(session: Session, *, by: Actor, now: datetime) -> None:
    """Take one's call back, which hides the page again; leaving the session does it too. Raises NotFound."""
    place = permissions.admitted_participation(session, of=by, now=now)
    close_help(session, participant_id=place.participant_id, now=now)


def close_help(session: Session, *, participant_id: str, now: datetime) -> None:
    """Close somebody's open call, if any, when they leave or are removed; the caller has checked the permission."""
    if (row := _open_request(session, participant_id)) is not None:
        row.done_at = now
        _show_change(session, row)


def mark_help_seen(session: Session, *, by: Actor, help_id: str, now: datetime) -> None:
    """Tell the person that somebody comes. Every trainer's screen shows it. Raises NotFound."""
    workshop, row = _led_request(session, by=by, help_id=help_id, now=now)
    if row.seen_at is None and row.done_at is None:
        row.seen_at = now
        events.note_event(
            session, workshop_id=workshop.id, participant_id=row.participant_id, kind="help seen", now=now
        )
        _show_change(session, row)


def mark_help_done(session: Session, *, by: Actor, help_id: str, now: datetime) -> None:
    """Close the call: the person was helped, and their page is hidden again. Raises NotFound."""
    workshop, row = _led_request(session, by=by, help_id=help_id, now=now)
    if row.done_at is None:
        row.done_at = now
        events.note_event(
            session, workshop_id=workshop.id, participant_id=row.participant_id, kind="help done", now=now
        )
        _show_change(session, row)


def send_hint(
    session: Session,
    *,
    by: Actor,
    workshop_id: str,
    participant_id: str,
    sentence: str,
    operation: str | None = None,
    now: datetime,
) -> None:
    """Send a ready sentence to one participant. It replaces the one before. Raises NotFound, NoHint, TooLong."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    row = permissions.participant_in(session, workshop=workshop, participant_id=participant_id)
    said = text.clean_line(sentence, most=workshop_policy.HINT_LENGTH)
    if not said:
        raise NoHint
    about = {"workshop_id": workshop.id, "participant_id": row.id}
    if not events.note_event(session, **about, kind="hint sent", operation=operation, now=now):
        return
    shown = select(WorkshopHint).where(WorkshopHint.participant_id == row.id, col(WorkshopHint.put_away_at).is_(None))
    for before in session.exec(shown):
        before.put_away_at = now
    session.add(WorkshopHint(participant_id=row.id, sentence=said, sent_at=now))
    session.flush()
    events.change_own_screen(session, **about)


def put_hint_away(session: Session, *, by: Actor, hint_id: str, now: datetime) -> None:
    """Put away a hint that one has read. Raises NotFound for another person's."""
    place = permissions.admitted_participation(session, of=by, now=now)
    row = session.get(WorkshopHint, hint_id)
    if row is None or row.participant_id != place.participant_id:
        raise NotFound
    row.put_away_at = row.put_away_at or now
    session.flush()
    events.change_own_screen(session, workshop_id=place.workshop_id, participant_id=place.participant_id)


def _open_request(session: Session, participant_id: str) -> WorkshopHelp | None:
    query = select(WorkshopHelp).where(
        WorkshopHelp.participant_id == participant_id, col(WorkshopHelp.done_at).is_(None)
    )
    return session.exec(query).first()


def _unseen_request(session: Session, participant_id: str) -> WorkshopHelp | None:
    own = (WorkshopHelp.participant_id == participant_id, col(WorkshopHelp.seen_at).is_(None))
    return session.exec(select(WorkshopHelp).where(*own).limit(1)).first()


def _led_request(session: Session, *, by: Actor, help_id: str, now: datetime) -> tuple[Workshop, WorkshopHelp]:
    row = session.get(WorkshopHelp, help_id)
    if row is None:
        raise NotFound
    return permissions.running_led_workshop(session, by=by, workshop_id=row.workshop_id, now=now), row


def _show_change(session: Session, row: WorkshopHelp) -> None:
    session.flush()
    events.change_own_screen(session, workshop_id=row.workshop_id, participant_id=row.participant_id)
