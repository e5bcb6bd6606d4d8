"""The trainer's board: a tile for each seat with who sits there and how far they are, and the calls for help first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.models import (
    Actor,
    ParticipantState,
    Workshop,
    WorkshopHelp,
    WorkshopParticipant,
    WorkshopProgress,
    WorkshopSeat,
)
from clicnjob.workshops import permissions
from clicnjob.workshops.live import progress as progress_rules
from clicnjob.workshops.live import pushing


class TileState(StrEnum):
    """What the board says first about a person. It says how they can be helped, never how good they are."""

    HELP = "help"
    STUCK = "stuck"
    AWAY = "away"
    DONE = "done"
    WORKING = "working"
    READY = "ready"  # nothing was pushed to them yet, or they have not opened it


@dataclass(frozen=True, slots=True)
class BoardPerson:
    """One admitted participant. `step` of `steps` (0 when unknown); `since_at` is when they came to that step.

    A person is in several states at once, so the connection is said apart from the `state`.
    """

    id: str
    first_name: str
    guest: bool
    state: TileState
    connected: bool
    activity: str
    step: int
    steps: int
    step_title: str
    since_at: datetime | None
    group_number: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A seat with who shares it; `number` is 0 for somebody who has no seat yet."""

    number: int
    label: str
    people: tuple[BoardPerson, ...]


@dataclass(frozen=True, slots=True)
class HelpCall:
    """An open call for help in the queue. `reason` is a key of data/seances/blocages.yaml."""

    id: str
    participant_id: str
    first_name: str
    seat: int
    reason: str
    asked_at: datetime
    seen: bool
    page_shown: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board. `calls` are oldest first; those that a trainer has seen come after the others."""

    workshop_id: str
    title: str
    version: int
    began_at: datetime
    activity: str
    activity_title: str
    activity_number: int
    step: int
    timer_ends_at: datetime | None
    look_until: datetime | None
    waiting: int
    calls: tuple[HelpCall, ...]
    tiles: tuple[Tile, ...]
    apart: tuple[tuple[str, str], ...]
    projector_lit: bool

    @property
    def people(self) -> tuple[BoardPerson, ...]:
        """Everybody who was admitted and has not left, seat by seat."""
        return tuple(person for tile in self.tiles for person in tile.people)


def board_shown(session: Session, *, of: Actor, workshop_id: str, now: datetime) -> Board:
    """Return the board of a running session, in at most six queries. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=of, workshop_id=workshop_id, now=now)
    rows = _admitted_rows(session, workshop)
    ids = [row.id for row, _ in rows]
    latest, calls = _latest_progress(session, ids), _open_calls(session, workshop)
    people = {row.id: _as_person(row, latest.get(row.id), calls.get(row.id), workshop, now=now) for row, _ in rows}
    return Board(
        workshop_id=workshop.id,
        title=workshop.title,
        version=workshop.board_version,
        began_at=workshop.began_at,
        activity=workshop.activity,
        activity_title=workshop.activity_title,
        activity_number=workshop.activity_number,
        step=workshop.step,
        timer_ends_at=workshop.timer_ends_at,
        look_until=workshop.paused_until if workshop.paused_until and now < workshop.paused_until else None,
        waiting=_waiting_count(session, workshop),
        calls=_queue(rows, calls),
        tiles=_tiles(rows, people),
        apart=tuple((first, second) for first, second in workshop.keep_apart),
        projector_lit=bool(workshop.projector_digest),
    )


def is_connected(row: WorkshopParticipant, *, now: datetime) -> bool:
    """Whether the person's screen has asked lately. It says that a page is open, not that somebody works on it."""
    return row.alive_at is not None and now - row.alive_at < policy.SCREEN_ALIVE


def _admitted_rows(session: Session, workshop: Workshop) -> Sequence[tuple[WorkshopParticipant, WorkshopSeat | None]]:
    query: Any = select(WorkshopParticipant, WorkshopSeat).outerjoin(
        WorkshopSeat, col(WorkshopSeat.id) == col(WorkshopParticipant.seat_id)
    )
    query = query.where(
        WorkshopParticipant.workshop_id == workshop.id,
        WorkshopParticipant.state == ParticipantState.ADMITTED,
        col(WorkshopParticipant.left_at).is_(None),
    )
    order = (col(WorkshopSeat.number).nulls_last(), WorkshopParticipant.first_name, WorkshopParticipant.id)
    return session.exec(query.order_by(*order)).all()  # type: ignore[no-any-return]


def _latest_progress(session: Session, ids: Sequence[str]) -> dict[str, WorkshopProgress]:
    query = select(WorkshopProgress).where(col(WorkshopProgress.participant_id).in_(ids))
    rows = session.exec(query.order_by(col(WorkshopProgress.activity_number))).all()
    return {row.participant_id: row for row in rows}


def _open_calls(session: Session, workshop: Workshop) -> dict[str, WorkshopHelp]:
    query = select(WorkshopHelp).where(WorkshopHelp.workshop_id == workshop.id, col(WorkshopHelp.done_at).is_(None))
    return {row.participant_id: row for row in session.exec(query).all()}


def _waiting_count(session: Session, workshop: Workshop) -> int:
    return session.exec(
        select(func.count()).where(
            col(WorkshopParticipant.workshop_id) == workshop.id,
            WorkshopParticipant.state == ParticipantState.WAITING,
            col(WorkshopParticipant.left_at).is_(None),
        )
    ).one()


def _queue(
    rows: Sequence[tuple[WorkshopParticipant, WorkshopSeat | None]], calls: dict[str, WorkshopHelp]
) -> tuple[HelpCall, ...]:
    found = [
        HelpCall(
            id=call.id,
            participant_id=row.id,
            first_name=row.first_name,
            seat=seat.number if seat else 0,
            reason=call.reason,
            asked_at=call.asked_at,
            seen=call.seen_at is not None,
            page_shown=call.page_shown,
        )
        for row, seat in rows
        if (call := calls.get(row.id)) is not None
    ]
    return tuple(sorted(found, key=lambda call: (call.seen, call.asked_at, call.id)))


def _tiles(
    rows: Sequence[tuple[WorkshopParticipant, WorkshopSeat | None]], people: dict[str, BoardPerson]
) -> tuple[Tile, ...]:
    """Gather those who share a seat; the order is that of the seats, so that a tile stays where it is."""
    seated: dict[str, tuple[int, str, list[BoardPerson]]] = {}
    for row, seat in rows:
        number, label = (seat.number, seat.label) if seat else (0, "")
        seated.setdefault(seat.id if seat else row.id, (number, label, []))[2].append(people[row.id])
    return tuple(Tile(number, label, tuple(sharing)) for number, label, sharing in seated.values())


def _as_person(
    row: WorkshopParticipant,
    progress: WorkshopProgress | None,
    call: WorkshopHelp | None,
    workshop: Workshop,
    *,
    now: datetime,
) -> BoardPerson:
    return BoardPerson(
        id=row.id,
        first_name=row.first_name,
        guest=row.guest,
        state=_state_of(row, progress, call, workshop, now=now),
        connected=is_connected(row, now=now),
        activity=progress.activity if progress else "",
        step=progress.step if progress else 0,
        steps=progress.steps if progress else 0,
        step_title=progress.step_title if progress else "",
        since_at=progress.since_at if progress and progress.opened_at else None,
        group_number=row.group_number,
    )


def _state_of(
    row: WorkshopParticipant,
    progress: WorkshopProgress | None,
    call: WorkshopHelp | None,
    workshop: Workshop,
    *,
    now: datetime,
) -> TileState:
    if call is not None:
        return TileState.HELP
    if not is_connected(row, now=now):
        return TileState.AWAY
    if progress is None or progress.opened_at is None or progress.activity_number < workshop.activity_number:
        return TileState.READY
    if progress.done_at is not None:
        return TileState.DONE
    push = pushing.current_push(workshop, participant_id=row.id)
    stuck = push is not None and progress_rules.is_stuck_told(progress, push, now=now)
    return TileState.STUCK if stuck else TileState.WORKING
