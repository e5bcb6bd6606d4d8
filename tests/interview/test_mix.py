"""The questions of a training: the shape of an interview, and none again too soon."""

from __future__ import annotations

from random import Random

import pytest

from clicnjob.interview import mix
from clicnjob.interview.bank import question_bank
from clicnjob.interview.notebook import TrainingQuestion
from tests.for_each import for_each

BANK = question_bank()
OWN = [TrainingQuestion(key=f"cv/q{n}/{thing}", words=f"Raconte {n}.") for thing in "abcd" for n in range(3)]


def drawn(
    count: int, *, family: str = "G", own: list[TrainingQuestion] = OWN, recent: list[str] | None = None, seed: int = 1
) -> list[str]:
    return [
        one.key
        for one in mix.for_job(BANK, family=family, own=own, count=count, recent=recent or [], chance=Random(seed))
    ]


def theme(key: str) -> str:
    group = BANK.group_of(key)
    return group.key if group else "cv"


@for_each("count", [3, 6, 12])
@for_each("family", ["", "A", "N"])
@for_each("own", [OWN, []])
def test_there_are_as_many_as_asked_each_once(count: int, family: str, own: list[TrainingQuestion]) -> None:
    for seed in range(5):
        keys = drawn(count, family=family, own=own, seed=seed)
        assert len(keys) == len(set(keys)) == count


@pytest.mark.parametrize("count", [3, 6, 12])
def test_an_interview_begins_with_oneself_and_holds_the_cv_and_the_job(count: int) -> None:
    themes = [theme(key) for key in drawn(count)]
    assert themes[0] == mix.FIRST
    assert "cv" in themes and "G" in themes


def test_a_longer_one_ends_with_one_s_own_questions() -> None:
    assert theme(drawn(6)[-1]) == mix.LAST
    assert mix.LAST not in {theme(key) for key in drawn(3)}


def test_questions_asked_lately_wait_for_their_turn() -> None:
    recent: list[str] = []
    for seed in range(3):
        keys = drawn(12, recent=recent, seed=seed)
        assert not set(keys) & {key for key in recent if theme(key) not in ("cv", mix.FIRST, mix.LAST, "G")}
        recent += keys


def test_when_all_were_asked_the_oldest_comes_back_first() -> None:
    group = BANK.themes["argent"]
    recent = [one.cle for one in group.questions]
    keys = [one.key for one in mix.on_theme(group, count=2, recent=recent, chance=Random(1))]
    assert set(keys) == set(recent[:2])


def test_a_theme_goes_from_easy_to_hard() -> None:
    asked = mix.on_theme(BANK.themes["argent"], count=5, recent=[], chance=Random(3))
    levels = [question.niveau for one in asked if (question := BANK.question_with_key(one.key))]
    assert levels == sorted(levels)


def test_chance_changes_the_training() -> None:
    assert len({tuple(drawn(6, seed=seed)) for seed in range(8)}) > 4


def test_nobody_is_asked_the_telephone_by_surprise() -> None:
    themes = {theme(key) for seed in range(30) for key in drawn(12, seed=seed)}
    assert not themes & {"telephone", "visio"}


def test_the_cv_gives_one_question_a_thing_those_that_say_most_first() -> None:
    for seed in range(10):
        things = [key[-1] for key in drawn(12, seed=seed) if theme(key) == "cv"]
        assert len(things) == len(set(things)) == 3 and set(things[:2]) == {"a", "b"}


def test_a_thing_of_the_cv_asked_lately_waits_too() -> None:
    recent = ["cv/q0/a", "cv/q1/b"]
    things = [key[-1] for key in drawn(6, recent=recent) if theme(key) == "cv"]
    assert things and things[0] in ("c", "d")
