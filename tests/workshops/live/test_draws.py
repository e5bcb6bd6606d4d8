"""Draws of pairs and trios: sizes, people apart, again, and who is told."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from sqlmodel import Session

from clicnjob.errors import NotFound
from clicnjob.models import ParticipantState
from clicnjob.workshops.live import draws, participant_screen
from clicnjob.workshops.live.draws import NoSuchDraw, TooFewPeople
from tests.cohort_people import NOW, place
from tests.workshops.live.group import Group, running_group

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


@pytest.fixture
def group(session: Session) -> Group:
    return running_group(place(session), 6)


def sizes_of(count: int, size: int) -> list[int]:
    return sorted(draws.group_sizes(count, size=size))


@pytest.mark.parametrize(
    ("count", "pairs", "trios"),
    [
        (2, [2], [2]),
        (3, [3], [3]),
        (4, [2, 2], [4]),
        (5, [2, 3], [2, 3]),
        (7, [2, 2, 3], [3, 4]),
        (8, [2, 2, 2, 2], [4, 4]),
        (10, [2] * 5, [3, 3, 4]),
        (11, [2, 2, 2, 2, 3], [3, 4, 4]),
        (12, [2] * 6, [3] * 4),
    ],
)
def test_nobody_is_left_alone(count: int, pairs: list[int], trios: list[int]) -> None:
    assert (sizes_of(count, 2), sizes_of(count, 3)) == (pairs, trios)


def test_people_apart_are_never_together_and_the_last_pairs_change() -> None:
    people = tuple("abcdefghijkl")
    apart = frozenset({frozenset("ab"), frozenset("cd")})
    before = frozenset(frozenset(pair) for pair in ("ac", "bd", "ef", "gh", "ij", "kl"))
    for seed in range(20):
        groups = draws.drawn_groups(people, size=2, apart=apart, before=before, chance=Random(seed))
        together = {frozenset(pair) for one in groups for pair in combinations(one, 2)}
        assert not together & apart and not together & before
        assert sorted(one for group in groups for one in group) == sorted(people)


def test_two_people_who_must_be_apart_have_no_draw() -> None:
    apart = frozenset({frozenset("ab")})
    with pytest.raises(NoSuchDraw):
        draws.drawn_groups(("a", "b"), size=2, apart=apart, before=frozenset(), chance=Random(1))


def test_a_pair_that_cannot_change_stays() -> None:
    before = frozenset({frozenset("ab")})
    assert draws.drawn_groups(("a", "b"), size=2, apart=frozenset(), before=before, chance=Random(1))


def drawn_with(group: Group, name: str) -> tuple[str, ...]:
    screen = participant_screen.session_screen(group.place.session, of=group.accounts[name], now=NOW)
    assert screen is not None
    return screen.together


def test_each_is_told_with_whom_they_work(group: Group) -> None:
    group.join("Zoé", state=ParticipantState.WAITING)
    draws.draw_people(group.place.session, **group.led, size=3)
    for name in ("Ana", "Bilal", "Chloé", "Driss", "Emma", "Farid"):
        others = drawn_with(group, name)
        assert len(others) == 2 and name not in others and "Zoé" not in others
        for other in others:
            assert name in drawn_with(group, other)
    assert drawn_with(group, "Zoé") == ()


def test_a_draw_again_gives_other_groups(group: Group) -> None:
    draws.draw_people(group.place.session, **group.led, size=2)
    first = {name: drawn_with(group, name) for name in group.accounts}
    draws.draw_people(group.place.session, **group.led, size=2)
    second = {name: drawn_with(group, name) for name in group.accounts}
    assert not [name for name in first if first[name] == second[name]]


def test_people_kept_apart_may_be_together_again(group: Group) -> None:
    pair = (group.rows["Ana"].id, group.rows["Bilal"].id)
    draws.keep_apart(group.place.session, **group.led, participant_ids=pair, apart=True)
    for _ in range(5):
        draws.draw_people(group.place.session, **group.led, size=3)
        assert "Bilal" not in drawn_with(group, "Ana")
    draws.keep_apart(group.place.session, **group.led, participant_ids=pair[::-1], apart=False)
    assert group.workshop.keep_apart == []


def test_a_forgotten_draw_leaves_no_group(group: Group) -> None:
    draws.draw_people(group.place.session, **group.led, size=2)
    draws.forget_draw(group.place.session, **group.led)
    assert drawn_with(group, "Ana") == ()


def test_one_person_is_no_group_and_four_is_no_size(session: Session) -> None:
    group = running_group(place(session), 1)
    with pytest.raises(TooFewPeople):
        draws.draw_people(session, **group.led, size=2)
    with pytest.raises(NotFound):
        draws.draw_people(session, **group.led, size=4)
