"""The versions that screens follow, and the append-only events from which attendance and minutes are read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from clicnjob import workshop_policy
from clicnjob.models import Workshop, WorkshopEvent, WorkshopParticipant

KINDS = frozenset(
    {
        "opened",
        "asked",
        "admitted",
        "removed",
        "brought back",
        "left",
        "returned",
        "seated",
        "stepped aside",
        "place given back",
        "pushed",
        "timer started",
        "timer stopped",
        "hint sent",
        "opened activity",
        "finished activity",
        "help asked",
        "help seen",
        "help done",
        "question opened",
        "paused",
        "resumed",
        "closed",
    }
)
_AT_WILL = ("stepped aside", "returned", "left", "help asked")  # what a participant can do again and again


def change_screens(session: Session, *, workshop_id: str) -> None:
    """Raise both versions, in the transaction of the change itself: every screen of the session is drawn again."""
    raised = {"version": Workshop.version + 1, "board_version": Workshop.board_version + 1}
    session.exec(update(Workshop).where(col(Workshop.id) == workshop_id).values(raised))


def change_own_screen(session: Session, *, workshop_id: str, participant_id: str) -> None:
    """Raise the version of one participant and of the boards: what one person gets redraws no other person's screen."""
    row = WorkshopParticipant
    session.exec(update(row).where(col(row.id) == participant_id).values(version=row.version + 1))
    change_board(session, workshop_id=workshop_id)


def change_board(session: Session, *, workshop_id: str) -> None:
    """Raise the version of the trainers' boards only: one person's step redraws no other person's screen."""
    raised = {"board_version": Workshop.board_version + 1}
    session.exec(update(Workshop).where(col(Workshop.id) == workshop_id).values(raised))


def note_event(
    session: Session,
    *,
    workshop_id: str,
    kind: str,
    participant_id: str | None = None,
    detail: str = "",
    operation: str | None = None,
    now: datetime,
) -> bool:
    """Append an event; return False when the command `operation` has already been carried out.

    What a participant does at will is noted `workshop_policy.WORKSHOP_TURNS_NOTED` times, so that no loop fills the table.
    A command that a browser sends twice must look here first and do nothing the second time.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of event: {kind}")
    if operation is not None and _is_done(session, operation):
        return False
    if (
        kind in _AT_WILL
        and participant_id
        and _noted_turns(session, participant_id) >= workshop_policy.WORKSHOP_TURNS_NOTED
    ):
        return True
    event = WorkshopEvent(
        workshop_id=workshop_id,
        participant_id=participant_id,
        kind=kind,
        detail=detail[:200],
        operation=operation,
        at=now,
    )
    try:
        with session.begin_nested():
            session.add(event)
    except IntegrityError:
        if operation is None:
            raise
        return False
    return True


def pushed_detail(activity: str, title: str) -> str:
    """Return the detail of a « pushed » event, which `pushed_activity` reads again."""
    return f"{activity}|{title}"


def pushed_activity(event: WorkshopEvent) -> tuple[str, str]:
    """Return the key and the title of what a « pushed » event sent."""
    key, _, title = event.detail.partition("|")
    return key, title


def _noted_turns(session: Session, participant_id: str) -> int:
    at_will = (WorkshopEvent.participant_id == participant_id, col(WorkshopEvent.kind).in_(_AT_WILL))
    return session.exec(select(func.count()).select_from(WorkshopEvent).where(*at_will)).one()


def _is_done(session: Session, operation: str) -> bool:
    return session.exec(select(WorkshopEvent.id).where(WorkshopEvent.operation == operation)).first() is not None
