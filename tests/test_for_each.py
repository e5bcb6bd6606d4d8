"""A check over many cases reports each case that fails, with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests.for_each import for_each


def report(check: Any, **fixtures: Any) -> str:
    with pytest.raises(AssertionError) as failed:
        check(**fixtures)
    return str(failed.value)


def test_one_case_that_fails_hides_no_other() -> None:
    seen: list[int] = []

    @for_each("number", [1, 2, 3, 4])
    def check(number: int) -> None:
        seen.append(number)
        assert number % 2, "it is even"

    said = report(check)
    assert seen == [1, 2, 3, 4]
    assert said.startswith("2 of 4 cases:\n2\n") and "\n4\n" in said and said.count("it is even") == 2


def test_a_case_that_breaks_or_does_not_raise_what_it_should_is_an_offender() -> None:
    @for_each(("text", "right"), [("x", True), ("1", True), ("2", False)])
    def check(text: str, right: bool) -> None:
        if right:
            int(text)
        else:
            with pytest.raises(ValueError):
                int(text)

    said = report(check)
    assert said.startswith("2 of 3 cases:") and "('x', True)" in said and "('2', False)" in said


def test_two_lists_are_crossed_and_fixtures_are_passed_on() -> None:
    @for_each("one", "ab")
    @for_each("other", "cd")
    def check(fixture: list[str], one: str, other: str) -> None:
        fixture.append(one + other)

    made: list[str] = []
    check(fixture=made)
    assert made == ["ac", "ad", "bc", "bd"]


def test_a_check_over_nothing_is_refused() -> None:
    with pytest.raises(AssertionError):
        for_each("nothing", [])
