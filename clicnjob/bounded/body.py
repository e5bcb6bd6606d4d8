"""How much one person may keep: a body that grows is measured before it is saved."""

from __future__ import annotations

import json
from typing import Any

from clicnjob import policy
from clicnjob.errors import Refusal


class SpaceFull(Refusal):
    """All works of a person together are as long as they may be."""

    sentence = (
        "Ton espace est plein. Ce que tu viens d’écrire n’est pas encore gardé. "
        "Enlève un vieux CV, une candidature ou une expérience, puis recommence."
    )


class ListFull(Refusal):
    """One list has as many rows as it may have."""

    sentence = "Cette liste est pleine. Enlève une ligne, puis recommence."


def stored_size(body: Any) -> int:
    """The characters that a body takes in the database."""
    return len(json.dumps(body))


def check_growth(body: Any, *, before: int, others: int) -> None:
    """Refuse a body that grows beyond what is allowed. One that shrinks always passes: it is the way out.

    `before` is the size of the body that it replaces (0 for a new one), `others` that of the person's other works.
    Raises SpaceFull, ListFull.
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
