"""Formats ready phrases: text with an optional part in brackets that holds one number.

« Servir les clients[, jusqu’à {40} par jour] » is printed with a number, or without the bracket if none is given.
"""

from __future__ import annotations

import re
from functools import lru_cache

from clicnjob.french.forms import after_de, singular_words

_FORM = re.compile(r"(?P<stem>[^\[\]{}]+)(?:\[(?P<before>[^\[\]{}]*)\{(?P<example>\d+)\}(?P<after>[^\[\]{}]*)\])?")

_TITLE = re.compile(
    r"(?P<stem>[^\[\]{}]+)(?:\[(?P<before>[^\[\]{}]*)\{(?P<form>de|nom)\}(?P<after>[^\[\]{}]*)\](?P<rest>[^\[\]{}]*))?"
)


def checked_template(template: str) -> str:
    """Return the template if it is well formed. Raises ValueError with a French sentence for content authors."""
    if not _FORM.fullmatch(template):
        raise ValueError(f"la phrase « {template} » doit avoir au plus un [morceau avec un {{nombre}}]")
    return template


def checked_title(title: str) -> str:
    """Return the title if it is well formed. Raises ValueError with a French sentence for content authors."""
    if not _TITLE.fullmatch(title):
        raise ValueError(f"l’intitulé « {title} » peut avoir un seul [morceau avec {{de}} ou {{nom}}]")
    return title


@lru_cache(maxsize=4096)
def title_text(title: str, detail: str = "") -> str:
    """Return a title with its detail (« Joueur[ {de}] en club » → « Joueur de football en club »), or without it."""
    found = _TITLE.fullmatch(title)
    if found is None or not found["form"]:
        return title
    said = after_de(detail) if found["form"] == "de" else detail
    return f"{found['stem']}{found['before'] + said + found['after'] if detail else ''}{found['rest']}"


@lru_cache(maxsize=4096)
def example_number(template: str) -> int | None:
    """Return the example number, or None if the phrase has no place for one."""
    found = _FORM.fullmatch(template)
    return int(found["example"]) if found and found["example"] else None


@lru_cache(maxsize=4096)
def _without_bracket(template: str) -> str:
    """Return the phrase without its bracket."""
    found = _FORM.fullmatch(template)
    return found["stem"].strip() if found else template


def phrase_text(template: str, number: int | None = None) -> str:
    """Return the phrase as it is printed, with its number or without the bracket."""
    before, after = _around_number(template)
    if number is None or not before:
        return _without_bracket(template)
    return f"{before}{number}{_after_one(after) if number == 1 else after}".strip()


@lru_cache(maxsize=4096)
def offered_phrase(template: str) -> str:
    """Return the phrase as it is offered, with « … » in place of the number."""
    found = _FORM.fullmatch(template)
    if found is None or not found["example"]:
        return template
    return f"{found['stem']}{found['before']}…{found['after']}".strip()


def number_in(template: str, line: str) -> int | None:
    """Return the number that `line` gives to this template; None if it has none or does not match."""
    before, after = _around_number(template)
    if not before or not line.startswith(before):
        return None
    if line.removeprefix(before) == f"1{_after_one(after)}":
        return 1
    number = line[len(before) : len(line) - len(after)]
    return int(number) if line.endswith(after) and number.isdecimal() else None


@lru_cache(maxsize=4096)
def _around_number(template: str) -> tuple[str, str]:
    """Return what stands before and after the number, or two empty strings if the phrase has none."""
    found = _FORM.fullmatch(template)
    return (found["stem"] + found["before"], found["after"]) if found and found["example"] else ("", "")


@lru_cache(maxsize=4096)
def _after_one(after: str) -> str:
    """Return what follows the number when it is 1: « personnes par jour » → « personne par jour »."""
    return singular_words(after)


def is_said(template: str, line: str) -> bool:
    """Tell whether `line` comes from this template, with a number or without."""
    return line == phrase_text(template) or number_in(template, line) is not None
