"""The trainer's board: a tile for each seat with who sits there and how far they are, and the calls for help first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import case, exists
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.models import Actor, ParticipantState, Workshop, WorkshopParticipant, WorkshopSeat, WorkshopTrainer
from clicnjob.workshops import permissions
from clicnjob.workshops.live import progress, projection
from clicnjob.workshops.live.progress import PersonProgress


class TileState(StrEnum):
    """What the board says first about a person. It says how they can be helped, never how good they are."""

    HELP = "help"
    STUCK = "stuck"
    AWAY = "away"
    DONE = "done"
    WORKING = "working"
    READY = "ready"  # nothing was sent to them yet, or they have not opened it


@dataclass(frozen=True, slots=True)
class BoardPerson:
    """One admitted participant: the state to show, how far they are, and their group of the last draw (0 without)."""

    state: TileState
    at: PersonProgress
    group_number: int

    @property
    def id(self) -> str:
        """The participant's id."""
        return self.at.participant_id


@dataclass(frozen=True, slots=True)
class Tile:
    """A seat with who shares it; `number` is 0 for somebody who has no seat yet."""

    number: int
    label: str
    people: tuple[BoardPerson, ...]


@dataclass(frozen=True, slots=True)
class HelpCall:
    """An open call for help in the queue. `reason` is a key of data/seances/blocages.yaml, `seat` a number or 0."""

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
    """The whole board. `calls` are oldest first; those that a trainer has seen come after the others.

    `step` is the plan's current step (-1 before the first) and `steps` their titles; `hints` are those of that step.
    `projector_token` is '' while the projector is dark.
    """

    workshop_id: str
    title: str
    version: int
    began_at: datetime
    activity_title: str
    step: int
    steps: tuple[str, ...]
    hints: tuple[str, ...]
    timer_ends_at: datetime | None
    look_until: datetime | None
    calls: tuple[HelpCall, ...]
    tiles: tuple[Tile, ...]
    apart: tuple[tuple[str, str], ...]
    projector_token: str

    @property
    def people(self) -> tuple[BoardPerson, ...]:
        """Everybody who was admitted and has not left, seat by seat."""
        return tuple(person for tile in self.tiles for person in tile.people)


def board_shown(session: Session, *, of: Actor, workshop_id: str, now: datetime) -> Board:
    """Return the board of a running session, in at most eight queries. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=of, workshop_id=workshop_id, now=now)
    found = progress.group_progress(session, by=of, workshop_id=workshop_id, now=now)
    here = [one for one in found if one.state is ParticipantState.ADMITTED and not one.left]
    seats, groups = _seats_of(session, workshop), _groups_of(session, workshop)
    steps = workshop.plan.get("etapes", [])
    planned = steps[workshop.step] if 0 <= workshop.step < len(steps) else {}
    return Board(
        workshop_id=workshop.id,
        title=workshop.title,
        version=workshop.board_version,
        began_at=workshop.began_at,
        activity_title=workshop.activity_title,
        step=workshop.step,
        steps=tuple(one["titre"] for one in steps),
        hints=tuple(planned.get("indices", ())),
        timer_ends_at=workshop.timer_ends_at,
        look_until=workshop.paused_until if workshop.paused_until and now < workshop.paused_until else None,
        calls=_queue(here, seats),
        tiles=_tiles(here, seats, groups),
        apart=tuple((first, second) for first, second in workshop.keep_apart),
        projector_token=projection.lit_token(workshop),
    )


def board_version(session: Session, *, of: Actor, workshop_id: str, now: datetime) -> int:
    """Return what rises with each change of the board. One query, two for a co-trainer. Raises NotFound."""
    return permissions.running_led_workshop(session, by=of, workshop_id=workshop_id, now=now).board_version


def led_now(session: Session, *, of: Actor, now: datetime) -> str:
    """Return the id of the running session that the actor began, else of the latest that they lead with somebody; ''.

    One query. Raises RunsNone.
    """
    if not permissions.may_run(of):
        raise permissions.RunsNone
    beside = exists().where(
        col(WorkshopTrainer.workshop_id) == col(Workshop.id), col(WorkshopTrainer.account_id) == of.id
    )
    query = select(Workshop.id).where(
        Workshop.organisation_id == of.organisation_id,
        col(Workshop.ended_at).is_(None),
        col(Workshop.began_at) > now - policy.WORKSHOP_ENDS_AFTER,
        (col(Workshop.by_id) == of.id) | beside,
    )
    mine_first = case((col(Workshop.by_id) == of.id, 0), else_=1)
    return session.exec(query.order_by(mine_first, col(Workshop.began_at).desc(), Workshop.id).limit(1)).first() or ""


def _seats_of(session: Session, workshop: Workshop) -> dict[str, WorkshopSeat]:
    query = select(WorkshopSeat).where(WorkshopSeat.workshop_id == workshop.id)
    return {seat.id: seat for seat in session.exec(query.order_by(col(WorkshopSeat.number))).all()}


def _groups_of(session: Session, workshop: Workshop) -> dict[str, int]:
    row = WorkshopParticipant
    return dict(session.exec(select(row.id, row.group_number).where(row.workshop_id == workshop.id)).all())


def _queue(here: Sequence[PersonProgress], seats: dict[str, WorkshopSeat]) -> tuple[HelpCall, ...]:
    calls = [
        HelpCall(
            id=one.help.id,
            participant_id=one.participant_id,
            first_name=one.first_name,
            seat=seats[one.seat_id].number if one.seat_id in seats else 0,
            reason=one.help.reason,
            asked_at=one.help.asked_at,
            seen=one.help.seen,
            page_shown=one.help.page_shown,
        )
        for one in here
        if one.help is not None
    ]
    return tuple(sorted(calls, key=lambda call: (call.seen, call.asked_at, call.id)))


def _tiles(here: Sequence[PersonProgress], seats: dict[str, WorkshopSeat], groups: dict[str, int]) -> tuple[Tile, ...]:
    """Gather those who share a seat; the order is that of the seats and names, so that a tile stays where it is."""
    by_name = sorted(here, key=lambda one: (one.first_name.casefold(), one.participant_id))
    people = [(one.seat_id, BoardPerson(state_of(one), one, groups.get(one.participant_id, 0))) for one in by_name]
    seated = [
        Tile(seat.number, seat.label, sharing)
        for seat in seats.values()
        if (sharing := tuple(person for seat_id, person in people if seat_id == seat.id))
    ]
    return (*seated, *(Tile(0, "", (person,)) for seat_id, person in people if seat_id not in seats))


def state_of(one: PersonProgress) -> TileState:
    """Return what to say first of a person: that they ask for help before anything else."""
    if one.help is not None:
        return TileState.HELP
    if not one.connected:
        return TileState.AWAY
    if one.done:
        return TileState.DONE
    if one.stuck:
        return TileState.STUCK
    return TileState.WORKING if one.opened else TileState.READY
