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


def shown(first_name: str, last_name: str, *, projected: bool, whole: bool = False) -> str:
    """A name on a professional's screen: « Zoé B. », `whole` « Zoé Bâ »; initials only, « Z. B. », when it is projected."""
    if projected:
        return f"{text.short_name('', first_name)} {text.short_name('', last_name)}".strip()
    return f"{first_name} {last_name}".strip() if whole else text.short_name(first_name, last_name)
