"""Limits how much one person may store: a body that grows is measured before it is saved."""

from __future__ import annotations

import json
from typing import Any

from clicnjob import policy
from clicnjob.errors import Refusal


class SpaceFull(Refusal):
    """The works of a person together would exceed their limit."""

    sentence = (
        "Ton espace est plein. Ce que tu viens d’écrire n’est pas encore gardé. "
        "Enlève un vieux CV, une candidature ou une expérience, puis recommence."
    )


class ListFull(Refusal):
    """A list would exceed the number of rows allowed."""

    sentence = "Cette liste est pleine. Enlève une ligne, puis recommence."


def stored_size(body: Any) -> int:
    """Return the size of a body in the database, in characters."""
    return len(json.dumps(body))


def check_growth(body: Any, *, before: int, others: int) -> None:
    """Check a body before it is saved. One that shrinks always passes, so that a person can make room.

    `before` is the size of the body that it replaces (0 for a new one), `others` that of the person's other works.
    Raises SpaceFull when all works together become too long, ListFull when a list has too many rows.
    """
    size = stored_size(body)
    if size <= before:
        return
    if size + others > policy.WORK_CHARACTERS:
        raise SpaceFull
    _check_lists(body, policy.BODY_DEPTH)


def _check_lists(value: Any, levels: int) -> None:
    if not isinstance(value, list | dict):
        return
    if len(value) > policy.CARRIED_ITEMS or not levels:
        raise ListFull
    for one in value.values() if isinstance(value, dict) else value:
        _check_lists(one, levels - 1)
