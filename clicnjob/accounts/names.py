"""The name of a person or a structure: never empty, stored as typed unless a keyboard left out its usual capitals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import regex

from clicnjob import text
from clicnjob.errors import Refusal

_LETTERS = regex.compile(r"\p{L}[\p{L}\p{M} .'’-]*")  # what looks otherwise is kept to the letter
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_PARTICLE = regex.compile(r"\b(?:de la|de|du|des|d(?=['’]))(?=\s+\p{L}|['’]\p{L})", regex.IGNORECASE)


class EmptyName(Refusal):
    """The name has no visible character."""

    sentence = "Écris un prénom et un nom."


def person_name(typed: str) -> str:
    """Return the name on one line, without invisible characters. Raises EmptyName and what `text.clean_name` raises."""
    name = text.clean_name(typed)
    if not name:
        raise EmptyName
    return name


def usual_capitals(name: str) -> str:
    """Return a name typed all in small letters or all in capitals with its usual ones; a mixed form is kept as typed."""
    if not _LETTERS.fullmatch(name) or name not in (name.lower(), name.upper()):
        return name
    capital = _WORD.sub(lambda word: _capitalised_word(word[0]), name)
    return _PARTICLE.sub(lambda particle: particle[0].lower(), capital)


def name_on_screen(first_name: str, last_name: str, *, projected: bool) -> str:
    """Return a name as a professional's screen shows it: « Zoé Bâ », or « Z. B. » if it is projected."""
    if projected:
        return f"{text.short_name('', first_name)} {text.short_name('', last_name)}".strip()
    return f"{first_name} {last_name}".strip()


def names_in_group(first_names: Mapping[str, str], *, projected: bool) -> dict[str, str]:
    """Return how a screen calls each person of a group, by id: two who would look the same are numbered, « M. 2 ».

    The numbers follow the ids, so that they stay when people change places; « ? » for a name without a letter.
    """
    called = {one: name_on_screen(first_names[one], "", projected=projected) or "?" for one in sorted(first_names)}
    alike = Counter(text.fold_text(name) for name in called.values())
    numbers: Counter[str] = Counter()
    for one, name in called.items():
        folded = text.fold_text(name)
        numbers[folded] += 1
        if alike[folded] > 1:
            called[one] = f"{name}\u00a0{numbers[folded]}"
    return {one: called[one] for one in first_names}


def _capitalised_word(word: str) -> str:
    """Return « Diallo », « McDonald »; letters without capitals are kept."""
    said = word[0].upper() + word[1:].lower()
    return f"Mc{said[2].upper()}{said[3:]}" if said.startswith("Mc") and len(said) > 3 else said
