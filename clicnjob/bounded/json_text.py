"""Parses JSON that people bring. Its values are counted first, since a few megabytes can become gigabytes of objects."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from clicnjob import policy

_NOT_A_BRACKET = re.compile(r"[^\[\]{}]+")
_ESCAPE = 5  # \u00e9 stands for one character, with five more
_LONG_NUMBER = re.compile(rf"[0-9.eE+-]{{{policy.JSON_NUMBER_LENGTH}}}")


class BrokenJson(ValueError):
    """The text is not JSON, repeats a key, or contains NaN or an infinite number."""


class TooMuchJson(ValueError):
    """The JSON has more values, levels or text than any file of a person."""


def parse_json(written: str) -> Any:
    """Parse a JSON text within the limits of policy (JSON_…). Raises BrokenJson, TooMuchJson.

    The longest string does not count towards the length of the texts: it may be a picture, which has its own limit.
    """
    _refuse_excess(written)
    try:
        return json.loads(
            written, parse_constant=_refuse_number, parse_float=_finite_number, object_pairs_hook=_without_repetition
        )
    except (ValueError, RecursionError) as broken:
        raise BrokenJson from broken


def _refuse_excess(written: str) -> None:
    """Check the limits in linear time by counting the punctuation outside strings. Raises TooMuchJson."""
    unescaped = written.replace("\\\\", "").replace('\\"', "")
    if unescaped.count('"') > 2 * policy.JSON_VALUES + 2:
        raise TooMuchJson
    parts = unescaped.split('"')
    lengths = [len(text) - _ESCAPE * text.count("\\u") for text in parts[1::2]]
    marks = "".join(parts[::2])
    if sum(lengths) - max(lengths, default=0) > policy.JSON_TEXT_LENGTH:
        raise TooMuchJson
    if sum(marks.count(mark) for mark in ",:[{") > policy.JSON_VALUES or _LONG_NUMBER.search(marks):
        raise TooMuchJson
    if _deepest_level(_NOT_A_BRACKET.sub("", marks)) > policy.JSON_DEPTH:
        raise TooMuchJson


def _deepest_level(brackets: str) -> int:
    deepest = level = 0
    for bracket in brackets:
        level += 1 if bracket in "[{" else -1
        deepest = max(deepest, level)
    return deepest


def _refuse_number(_name: str) -> NoReturn:
    raise BrokenJson


def _finite_number(written: str) -> float:
    if not math.isfinite(number := float(written)):
        raise BrokenJson
    return number


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object. Raises BrokenJson for a repeated key, of which one value would be lost."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise BrokenJson
    return made
