"""The trainer's board: a tile for each seat with who sits there and how far they are, and the calls for help first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import case, exists
from sqlmodel import Session, col, select

from clicnjob import workshop_policy
from clicnjob.models import (
    Actor,
    GroupAnswer,
    GroupQuestion,
    ParticipantState,
    Workshop,
    WorkshopParticipant,
    WorkshopSeat,
    WorkshopTrainer,
)
from clicnjob.workshops import permissions
from clicnjob.workshops.live import progress, projection, pushing
from clicnjob.workshops.live.progress import PersonProgress


class TileState(StrEnum):
    """What the board says first about a person. It says how they can be helped, never how good they are."""

    HELP = "help"
    STUCK = "stuck"
    AWAY = "away"
    TURN = "turn"  # somebody else at the same seat has the keyboard
    DONE = "done"
    ANSWERED = "answered"  # they answered the question that the group was asked since the last push
    WORKING = "working"
    READY = "ready"  # nothing was sent to them yet, or they have not opened it


@dataclass(frozen=True, slots=True)
class BoardPerson:
    """One admitted participant: the state to show, how far they are, and their group of the last draw (0 without).

    `at_screen`: they share a seat, and it is their turn.
    """

    state: TileState
    at: PersonProgress
    group_number: int
    at_screen: bool = False

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
class PlannedQuestion:
    """The question that comes with a step of the plan, ready to be asked. `kind` is one of `questions.KINDS`."""

    kind: str
    question: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board. `calls` are oldest first; those that a trainer has seen come after the others.

    `step` is the plan's current step (-1 before the first) and `steps` their titles; `hints` and `planned_question` are
    those of that step, as are `words`, what the trainer says, and `fewer_screens` and `offline`, what to do with fewer
    computers than people or without internet. `minutes` is how long what was sent to everybody is planned to last (0 for
    what is in no plan).
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
    words: str
    fewer_screens: str
    offline: str
    minutes: int
    planned_question: PlannedQuestion | None
    timer_ends_at: datetime | None
    look_until: datetime | None
    calls: tuple[HelpCall, ...]
    tiles: tuple[Tile, ...]
    apart: tuple[tuple[str, str], ...]
    projector_token: str
    rehearsal: bool = False

    @property
    def people(self) -> tuple[BoardPerson, ...]:
        """Everybody who was admitted and has not left, seat by seat."""
        return tuple(person for tile in self.tiles for person in tile.people)

    @property
    def first_names(self) -> dict[str, str]:
        """Their first names, by participant id."""
        return {one.id: one.at.first_name for one in self.people}


def board_shown(session: Session, *, of: Actor, workshop_id: str, now: datetime) -> Board:
    """Return the board of a running session, in at most eight queries. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=of, workshop_id=workshop_id, now=now)
    found = progress.group_progress(session, by=of, workshop_id=workshop_id, now=now)
    here = [one for one in found if one.state is ParticipantState.ADMITTED and not one.left]
    seats, places = _seats_of(session, workshop), _places_of(session, workshop)
    steps = workshop.plan.get("etapes", [])
    planned, push = pushing.planned_step(workshop, workshop.step), pushing.group_push(workshop)
    return Board(
        workshop_id=workshop.id,
        title=workshop.title,
        version=workshop.board_version,
        began_at=workshop.began_at,
        activity_title=workshop.activity_title,
        step=workshop.step,
        steps=tuple(one["titre"] for one in steps),
        hints=tuple(planned.get("indices", ())),
        words=planned.get("dire", ""),
        fewer_screens=planned.get("moins_de_postes", ""),
        offline=planned.get("sans_internet", ""),
        minutes=push.minutes if push else 0,
        planned_question=_planned_question(planned.get("question")),
        timer_ends_at=workshop.timer_ends_at,
        look_until=workshop.paused_until if workshop.paused_until and now < workshop.paused_until else None,
        calls=_help_queue(here, seats),
        tiles=_board_tiles(here, seats, places),
        apart=tuple((first, second) for first, second in workshop.keep_apart),
        projector_token=projection.lit_token(workshop),
        rehearsal=workshop.rehearsal,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """What the board says of a participant beside their progress."""

    group_number: int
    answered: bool


@dataclass(frozen=True, slots=True)
class BoardVersion:
    """What rises with each change of a board. `rehearsal`: its people are invented, and move when asked to."""

    number: int
    rehearsal: bool


def board_version(session: Session, *, of: Actor, workshop_id: str, now: datetime) -> BoardVersion:
    """Return the version of a board. One query, two for a co-trainer. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=of, workshop_id=workshop_id, now=now)
    return BoardVersion(workshop.board_version, workshop.rehearsal)


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
        col(Workshop.began_at) > now - workshop_policy.WORKSHOP_ENDS_AFTER,
        (col(Workshop.by_id) == of.id) | beside,
    )
    mine_first = case((col(Workshop.by_id) == of.id, 0), else_=1)
    return session.exec(query.order_by(mine_first, col(Workshop.began_at).desc(), Workshop.id).limit(1)).first() or ""


def _planned_question(body: dict[str, Any] | None) -> PlannedQuestion | None:
    return PlannedQuestion(body["genre"], body["question"], tuple(body["choix"])) if body else None


def _seats_of(session: Session, workshop: Workshop) -> dict[str, WorkshopSeat]:
    query = select(WorkshopSeat).where(WorkshopSeat.workshop_id == workshop.id)
    return {seat.id: seat for seat in session.exec(query.order_by(col(WorkshopSeat.number))).all()}


def _places_of(session: Session, workshop: Workshop) -> dict[str, _Place]:
    """Return the drawn group of each participant, and whether they answered the latest question since the last push."""
    row, asked = WorkshopParticipant, col(GroupQuestion.asked_at)
    latest = select(GroupQuestion.id).where(GroupQuestion.workshop_id == workshop.id)
    if workshop.activity_at is not None:
        latest = latest.where(asked >= workshop.activity_at)
    latest = latest.order_by(asked.desc(), GroupQuestion.id).limit(1)
    own_answer = (col(GroupAnswer.participant_id) == col(row.id)) & (
        col(GroupAnswer.question_id) == latest.scalar_subquery()
    )
    query = select(row.id, row.group_number, GroupAnswer.question_id).outerjoin(GroupAnswer, own_answer)
    found = session.exec(query.where(row.workshop_id == workshop.id)).all()
    return {one: _Place(group, answered is not None) for one, group, answered in found}


def _help_queue(here: Sequence[PersonProgress], seats: dict[str, WorkshopSeat]) -> tuple[HelpCall, ...]:
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


def _board_tiles(
    here: Sequence[PersonProgress], seats: dict[str, WorkshopSeat], places: dict[str, _Place]
) -> tuple[Tile, ...]:
    """Gather those who share a seat; the order is that of the seats and names, so that a tile stays where it is."""
    by_name = sorted(here, key=lambda one: (one.first_name.casefold(), one.participant_id))
    seated = [
        Tile(seat.number, seat.label, _people_of_seat(people, places))
        for seat in seats.values()
        if (people := [one for one in by_name if one.seat_id == seat.id])
    ]
    alone = [one for one in by_name if one.seat_id not in seats]
    return (*seated, *(Tile(0, "", _people_of_seat([one], places)) for one in alone))


def _people_of_seat(people: Sequence[PersonProgress], places: dict[str, _Place]) -> tuple[BoardPerson, ...]:
    """Return the people of one seat. Of those who share it, only who has the turn can be connected."""
    turn = len(people) > 1 and any(one.connected for one in people)
    return tuple(
        BoardPerson(
            state_of(one, awaits_turn=turn and not one.connected, answered=place.answered),
            one,
            place.group_number,
            at_screen=turn and one.connected,
        )
        for one in people
        if (place := places.get(one.participant_id, _Place(0, False)))
    )


def state_of(one: PersonProgress, *, awaits_turn: bool = False, answered: bool = False) -> TileState:
    """Return what to say first of a person: that they ask for help before anything else."""
    if one.help is not None:
        return TileState.HELP
    if awaits_turn:
        return TileState.DONE if one.done else TileState.ANSWERED if answered else TileState.TURN
    if not one.connected:
        return TileState.AWAY
    if one.done:
        return TileState.DONE
    if one.stuck:
        return TileState.STUCK
    if one.opened:
        return TileState.WORKING
    return TileState.ANSWERED if answered else TileState.READY
