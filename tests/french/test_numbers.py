"""Whole numbers as people type them."""

from __future__ import annotations

import pytest

from clicnjob.french import numbers
from clicnjob.french.numbers import NotANumber
from tests.for_each import for_each


@for_each(("typed", "number"), [("12", 12), (" 1 200 ", 1200), ("1\u202f200", 1200), ("١٢", 12), ("２", 2), ("007", 7)])
def test_a_number_is_read(typed: str, number: int) -> None:
    assert numbers.typed_number(typed, (2, 100_000)) == number


@for_each("typed", ["", "1", "100001", "12,5", "1.5", "-3", "²", "douze", "1e3", "9" * 40])
def test_anything_else_says_which_numbers_are_possible(typed: str) -> None:
    with pytest.raises(NotANumber, match="de 2 à 100\u202f000"):
        numbers.typed_number(typed, (2, 100_000))
