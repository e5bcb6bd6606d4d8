"""Which PINs are easily guessed by who knows the person or sees the keypad: dates, keypad patterns, sequences."""

from __future__ import annotations

import calendar
import itertools

from clicnjob import policy

_KEYS = {"7": (0, 0), "8": (0, 1), "9": (0, 2), "4": (1, 0), "5": (1, 1), "6": (1, 2)} | {
    "1": (2, 0), "2": (2, 1), "3": (2, 2), "0": (3, 1)
}  # fmt: skip
_ROWS = ("789", "456", "123")  # a telephone has the rows upside down: the same rows, columns and diagonals
_LINES = {*_ROWS, *map("".join, zip(*_ROWS, strict=True)), "159", "357", "258", "580", "250", "085", "052"}
_BOTH_WAYS = {way for line in _LINES for way in (line, line[::-1])}
_FAMOUS = {"112358", "135790", "246810", "271828", "314159", "141592", "161803", "007007", "420420"}
_LAYOUTS = {4: ("dm", "md", "y"), 6: ("dmY", "mdY", "Ymd", "ym", "my", "yd", "dy"), 8: ("dmy", "mdy", "ymd", "ydm")}
_WIDTHS = {"d": 2, "m": 2, "Y": 2, "y": 4}


def is_date(digits: str) -> bool:
    """Whether the digits read as a plausible birth date: day, month and a year of `policy.PIN_YEARS`, in any order.

    A four-digit year next to any two other digits counts too: « 2007 15 ».
    """
    return any(_reads_as(digits, layout) for layout in _LAYOUTS.get(len(digits), ()))


def is_pattern(digits: str) -> bool:
    """Whether the digits are few, repeat, mirror or follow one another, or trace a path on the keypad."""
    half = len(digits) // 2
    first, second = digits[:half], digits[-half:]
    return (
        len(set(digits)) <= 2
        or first in (second, second[::-1])
        or digits in _FAMOUS
        or _has_run(digits)
        or _even_steps(digits)
        or (_even_steps(digits[0::2]) and _even_steps(digits[1::2]) and _has_close_digits(digits))
        or _is_walk(digits)
        or {first, second} <= _BOTH_WAYS
    )


def _reads_as(digits: str, layout: str) -> bool:
    said, at = {}, 0
    for part in layout:
        said[part] = int(digits[at : at + _WIDTHS[part]])
        at += _WIDTHS[part]
    year = said.get("y", _whole_year(said.get("Y")))
    if year not in policy.PIN_YEARS:
        return False
    if len(digits) == 6 and "y" in said:
        return True
    month, day = said.get("m", 1), said.get("d", 1)
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _whole_year(short: int | None) -> int:
    """Expand « 07 » to 2007; without a year, return a leap year so that 29 February is valid."""
    if short is None:
        return 2000
    return next((year for year in policy.PIN_YEARS if year % 100 == short), 0)


def _digit_steps(digits: str) -> set[int]:
    return {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(digits)}


def _even_steps(digits: str) -> bool:
    return len(_digit_steps(digits)) == 1


def _has_close_digits(digits: str) -> bool:
    """Whether the even digits, and the odd ones, each stay or move by one: 112233, 102030, 142536, 192837."""
    return all(_digit_steps(digits[start::2]) <= {0, 1, 9} for start in (0, 1))


def _has_run(digits: str) -> bool:
    """Whether four consecutive digits count up or down."""
    return any(_digit_steps(digits[at : at + 4]) in ({1}, {9}) for at in range(len(digits) - 3))


def _is_walk(digits: str) -> bool:
    """Whether each key touches the previous one."""
    places = [_KEYS[digit] for digit in digits]
    return all(
        max(abs(row - before_row), abs(column - before_column)) <= 1
        for (before_row, before_column), (row, column) in itertools.pairwise(places)
    )
