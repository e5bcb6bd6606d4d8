"""Splits the printed detail of a permit into one part for each question, and joins the answers again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clicnjob import text
from clicnjob.cv.model import periods
from clicnjob.cv.model.prompts import Detail, Permit

_YEARS = ("annee", "fin")  # keys of the details that are years


def checked_detail(detail: Detail, typed: str, *, today: date) -> str:
    """Return a typed detail, cleaned: a year must be one, and only « valid until » may lie ahead.

    Raises the refusals of `periods.checked_year` and of `text`.
    """
    if detail.cle in _YEARS:
        return periods.checked_year(typed, today=today, ahead=detail.cle == "fin")
    return text.clean_line(typed)


def detail_parts(permit: Permit, detail: str) -> list[str]:
    """Split the printed detail into one part for each question.

    A year or an unknown text goes to the free text box.
    """
    left = [part for part in detail.split(", ") if part]
    found: list[str] = []
    for question in permit.details:
        own = next((part for part in left if _belongs_to(question, part)), "")
        if own:
            left.remove(own)
        found.append(own)
    return found


def _belongs_to(detail: Detail, part: str) -> bool:
    if detail.choix:
        return bool(named_values(detail, part))
    return part.startswith(detail.avant)


def detail_text(detail: Detail, values: Sequence[str]) -> str:
    """Return the values as printed: « catégories 1B et 3 »."""
    if not values:
        return ""
    before = detail.avant_pluriel if len(values) > 1 and detail.avant_pluriel else detail.avant
    joined = values[0] if len(values) == 1 else f"{' '.join(values[:-1])} et {values[-1]}"
    return f"{before}{joined}"


def named_values(detail: Detail, part: str) -> list[str]:
    """Return the choices that a printed part names."""
    bare = part.removeprefix(detail.avant_pluriel).removeprefix(detail.avant) if detail.avant else part
    return [choice for choice in detail.choix if choice == bare or (detail.plusieurs and choice in bare.split())]
