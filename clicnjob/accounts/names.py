"""The name of a person or of a structure: kept to the letter, and never empty."""

from __future__ import annotations

from clicnjob import text
from clicnjob.errors import Refusal


class EmptyName(Refusal):
    """Nothing that can be seen."""

    sentence = "Écris un prénom et un nom."


def person_name(typed: str) -> str:
    """The name on one line, cleaned of what nobody sees. Raises EmptyName and what `text.name` raises."""
    name = text.name(typed)
    if not name:
        raise EmptyName
    return name
