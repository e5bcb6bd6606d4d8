"""The name of a person or a structure: stored as typed, and never empty."""

from __future__ import annotations

from clicnjob import text
from clicnjob.errors import Refusal


class EmptyName(Refusal):
    """The name has no visible character."""

    sentence = "Écris un prénom et un nom."


def person_name(typed: str) -> str:
    """Return the name on one line, without invisible characters. Raises EmptyName and what `text.clean_name` raises."""
    name = text.clean_name(typed)
    if not name:
        raise EmptyName
    return name


def name_on_screen(first_name: str, last_name: str, *, projected: bool, whole: bool = False) -> str:
    """Return a name as a professional's screen shows it: « Zoé B. », « Zoé Bâ » if `whole`, « Z. B. » if projected."""
    if projected:
        return f"{text.short_name('', first_name)} {text.short_name('', last_name)}".strip()
    return f"{first_name} {last_name}".strip() if whole else text.short_name(first_name, last_name)
