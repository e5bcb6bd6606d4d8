"""Fields of a file made elsewhere: each read with its place, so that a refusal can name it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clicnjob import policy, text
from clicnjob.errors import Refusal

Object = dict[str, Any]
Check = Callable[[str], str]
_SHOWN = 80  # characters of a place that a sentence can hold: its names come from the file


class BadFile(Refusal):
    """A file that cannot be taken in. `where` names the field (« cvs[0].model »), '' for the whole file."""

    def __init__(self, reason: str, where: str = "") -> None:
        self.where = where.encode("utf-8", "replace").decode()[:_SHOWN]
        super().__init__(f"{self.where}\u00a0: {reason}" if where else reason)


def place(where: str, key: str | int) -> str:
    """The place of a field inside another: « work[2] », « work[2].name »."""
    if isinstance(key, int):
        return f"{where}[{key}]"
    return f"{where}.{key}" if where else key


def obj(data: Object, key: str, where: str = "") -> Object:
    """The group under a key; empty when absent."""
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadFile("il faut un groupe { … }.", place(where, key))
    return value


def rows(data: Object, key: str, where: str = "") -> list[tuple[str, Object]]:
    """The groups of a list, each with its place; empty when absent."""
    at = place(where, key)
    found = list(enumerate(_list(data, key, at)))
    for number, row in found:
        if not isinstance(row, dict):
            raise BadFile("il faut un groupe { … }.", place(at, number))
    return [(place(at, number), row) for number, row in found]


def words(data: Object, key: str, where: str = "", *, check: Check = text.line) -> str:
    """The text under a key, cleaned by `check`; '' when absent or null."""
    return "" if data.get(key) is None else checked(data[key], place(where, key), check)


def lines(data: Object, key: str, where: str = "", *, check: Check = text.paragraph) -> list[str]:
    """The texts of a list, cleaned, the empty ones left out."""
    at = place(where, key)
    found = (checked(value, place(at, number), check) for number, value in enumerate(_list(data, key, at)))
    return [line for line in found if line]


def checked(value: object, where: str, check: Check) -> str:
    """The text cleaned by `check`, whose refusal then names the place."""
    if not isinstance(value, str):
        raise BadFile("il faut un texte.", where)
    try:
        return check(value)
    except Refusal as refusal:
        raise BadFile(refusal.sentence, where) from refusal


def _list(data: Object, key: str, at: str) -> list[Any]:
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadFile("il faut une liste [ … ].", at)
    if len(value) > policy.CARRIED_ITEMS:
        raise BadFile(f"cette liste dépasse {policy.CARRIED_ITEMS} lignes.", at)
    return value
