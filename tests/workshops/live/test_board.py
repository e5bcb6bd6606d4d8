"""The trainer's board: who is where, what it says first, the queue of help, and what it costs to read."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from clicnjob import policy
from clicnjob.errors import NotFound
from clicnjob.models import ParticipantState, WorkshopTrainer
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import board
from clicnjob.workshops.live.board import Board, TileState
from tests.cohort_people import NOW, place
from tests.conftest import count_queries
from tests.workshops.live.group import MINUTE, Group, running_group

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


@pytest.fixture
def group(session: Session) -> Group:
    return running_group(place(session))


def shown(group: Group, at: float = 0) -> Board:
    """The board so many minutes later, with every screen still connected."""
    for row in group.rows.values():
        row.alive_at = NOW + at * MINUTE
    group.place.session.flush()
    return read(group, at)


def read(group: Group, at: float = 0) -> Board:
    return board.board_shown(
        group.place.session, of=group.place.trainer, workshop_id=group.workshop_id, now=NOW + at * MINUTE
    )


def states(of: Board) -> dict[str, TileState]:
    return {person.first_name: person.state for person in of.people}


def test_what_each_person_does_is_said_by_one_state(group: Group) -> None:
    group.work("Ana", since_at=NOW + 9 * MINUTE)
    group.work("Bilal", done_at=NOW)
    group.work("Chloé")
    assert states(shown(group, 10)) == {
        "Ana": TileState.WORKING,
        "Bilal": TileState.DONE,
        "Chloé": TileState.STUCK,
        "Driss": TileState.READY,
    }


def test_a_screen_that_does_not_ask_is_not_connected(group: Group) -> None:
    group.work("Ana")
    assert states(read(group))["Ana"] is TileState.WORKING
    late = policy.SCREEN_ALIVE / MINUTE
    assert states(read(group, late))["Ana"] is TileState.AWAY


def test_help_comes_first_oldest_on_top_and_those_seen_after(group: Group) -> None:
    group.call("Ana", asked_at=NOW, seen_at=NOW)
    group.call("Bilal", asked_at=NOW + 2 * MINUTE)
    group.call("Chloé", asked_at=NOW + 1 * MINUTE)
    group.call("Driss", asked_at=NOW, done_at=NOW)
    found = shown(group, 3)
    assert [(call.first_name, call.seen) for call in found.calls] == [
        ("Chloé", False),
        ("Bilal", False),
        ("Ana", True),
    ]
    assert states(found)["Ana"] is TileState.HELP


def test_those_who_share_a_seat_share_a_tile(group: Group) -> None:
    group.join("Zoé", seat=2)
    group.join("Yann")
    found = shown(group)
    assert [(tile.number, [one.first_name for one in tile.people]) for tile in found.tiles] == [
        (1, ["Ana"]),
        (2, ["Bilal", "Zoé"]),
        (3, ["Chloé"]),
        (4, ["Driss"]),
        (0, ["Yann"]),
    ]


def test_who_waits_is_counted_and_who_left_or_was_removed_is_gone(group: Group) -> None:
    group.join("Zoé", state=ParticipantState.WAITING)
    group.rows["Ana"].left_at = NOW
    group.rows["Bilal"].state = ParticipantState.REMOVED
    found = shown(group)
    assert (found.waiting, [one.first_name for one in found.people]) == (1, ["Chloé", "Driss"])


def test_a_co_trainer_reads_the_same_board_and_a_colleague_none(group: Group) -> None:
    group.place.session.add(WorkshopTrainer(workshop_id=group.workshop_id, account_id=group.place.claire.id))
    group.place.session.flush()
    of_karim = {"of": group.place.karim, "workshop_id": group.workshop_id, "now": NOW}
    assert board.board_shown(group.place.session, **{**of_karim, "of": group.place.claire}) == read(group)
    with pytest.raises(NotFound):
        board.board_shown(group.place.session, **of_karim)


def test_a_session_that_is_over_has_no_board(group: Group) -> None:
    lifecycle.end_workshop(group.place.session, **group.led)
    with pytest.raises(NotFound):
        read(group)


def test_a_board_of_twelve_costs_as_much_as_one_of_one(engine: Engine, session: Session) -> None:
    group = running_group(place(session), 12)
    session.expunge_all()
    with count_queries(engine, 6):
        assert len(read(group).people) == 12
