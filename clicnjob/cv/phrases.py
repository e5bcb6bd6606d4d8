"""Ready phrases: verb + object, and an optional part in brackets that holds one number.

« Servir les clients[, jusqu’à {40} par jour] » is said with a number, or without the bracket when none is given.
"""

from __future__ import annotations

import re

_FORM = re.compile(r"(?P<stem>[^\[\]{}]+)(?:\[(?P<before>[^\[\]{}]*)\{(?P<example>\d+)\}(?P<after>[^\[\]{}]*)\])?")


def check(template: str) -> str:
    """The template itself when it is well formed. Raises ValueError in French for authors."""
    if not _FORM.fullmatch(template):
        raise ValueError(f"la phrase « {template} » doit avoir au plus un [morceau avec un {{nombre}}]")
    return template


def example(template: str) -> int | None:
    """The example number, or None when the phrase has no place for one."""
    found = _FORM.fullmatch(template)
    return int(found["example"]) if found and found["example"] else None


def said(template: str, number: int | None = None) -> str:
    """The phrase as it stands on the page, with its number or without the bracket."""
    found = _FORM.fullmatch(template)
    if found is None:
        return template
    if number is None or not found["example"]:
        return found["stem"].strip()
    return f"{found['stem']}{found['before']}{number}{found['after']}".strip()


def shown(template: str) -> str:
    """The phrase as it is offered: the example number stands as « … »."""
    found = _FORM.fullmatch(template)
    if found is None or not found["example"]:
        return template
    return f"{found['stem']}{found['before']}…{found['after']}".strip()


def number_in(template: str, line: str) -> int | None:
    """The number that `line` gives to this template; None when the line is the phrase without one."""
    found = _FORM.fullmatch(template)
    if found is None or not found["example"]:
        return None
    pattern = re.escape(found["stem"] + found["before"]) + r"(\d+)" + re.escape(found["after"])
    match = re.fullmatch(pattern, line)
    return int(match[1]) if match else None


def is_said(template: str, line: str) -> bool:
    """Whether `line` comes from this template, with a number or without."""
    return line == said(template) or number_in(template, line) is not None
