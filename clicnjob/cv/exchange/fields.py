"""Reads the fields of an uploaded file, each with its path, so that an error can name it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clicnjob import policy, text
from clicnjob.errors import Refusal

Object = dict[str, Any]
Check = Callable[[str], str]
_SHOWN = 80  # characters of a path shown in a sentence; its names come from the file, so they may be long


class BadFile(Refusal):
    """Raised when a file cannot be read. `where` is the path of the field (« cvs[0].model »), or '' for the file."""

    def __init__(self, reason: str, where: str = "") -> None:
        self.where = where.encode("utf-8", "replace").decode()[:_SHOWN]
        super().__init__(f"{self.where}\u00a0: {reason}" if where else reason)


def field_place(where: str, key: str | int) -> str:
    """Return the path of a field inside another: « work[2] », « work[2].name »."""
    if isinstance(key, int):
        return f"{where}[{key}]"
    return f"{where}.{key}" if where else key


def object_field(data: Object, key: str, where: str = "") -> Object:
    """Return the object under a key, or {} if absent. Raises BadFile."""
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadFile("il faut un groupe { … }.", field_place(where, key))
    return value


def row_fields(data: Object, key: str, where: str = "") -> list[tuple[str, Object]]:
    """Return the objects of a list, each with its path; [] if absent. Raises BadFile."""
    at = field_place(where, key)
    found = list(enumerate(_list_field(data, key, at)))
    for number, row in found:
        if not isinstance(row, dict):
            raise BadFile("il faut un groupe { … }.", field_place(at, number))
    return [(field_place(at, number), row) for number, row in found]


def text_field(data: Object, key: str, where: str = "", *, check: Check = text.clean_line) -> str:
    """Return the text under a key, cleaned by `check`; '' if absent or null. Raises BadFile."""
    return "" if data.get(key) is None else checked_text(data[key], field_place(where, key), check)


def text_list_field(data: Object, key: str, where: str = "", *, check: Check = text.clean_paragraph) -> list[str]:
    """Return the texts of a list, cleaned by `check`, without the empty ones. Raises BadFile."""
    at = field_place(where, key)
    found = (
        checked_text(value, field_place(at, number), check) for number, value in enumerate(_list_field(data, key, at))
    )
    return [line for line in found if line]


def checked_text(value: object, where: str, check: Check) -> str:
    """Return the text cleaned by `check`; a refusal of `check` becomes a BadFile with the path."""
    if not isinstance(value, str):
        raise BadFile("il faut un texte.", where)
    try:
        return check(value)
    except Refusal as refusal:
        raise BadFile(refusal.sentence, where) from refusal


def _list_field(data: Object, key: str, at: str) -> list[Any]:
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadFile("il faut une liste [ … ].", at)
    if len(value) > policy.CARRIED_ITEMS:
        raise BadFile(f"cette liste dépasse {policy.CARRIED_ITEMS} lignes.", at)
    return value
