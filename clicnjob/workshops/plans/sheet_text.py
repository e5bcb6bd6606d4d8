"""The parts of a sheet as a trainer types them into one box each: cards as paragraphs, a table line by line.

Cutting and pasting lines puts them in another order; what is read from a box is judged by `checks` like all the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from clicnjob.workshops.plans.words import KitCard, KitQuestion, KitTable

_EMPTY_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LINES = 2  # to write on, for a question that says none
_EMPTY_ROWS = 3  # of a new table


def cards_as_text(cards: Sequence[KitCard]) -> str:
    """Return cards as paragraphs: the title on the first line, the text below it, an empty line between two."""
    return "\n\n".join("\n".join(part for part in (card.titre, _without_gaps(card.texte)) if part) for card in cards)


def cards_of_text(typed: str) -> list[dict[str, Any]]:
    """Return the cards of a text as `cards_as_text` writes it."""
    found = []
    for paragraph in _EMPTY_LINE.split(_plain_breaks(typed).strip("\n")):
        title, _, words = paragraph.strip().partition("\n")
        if title.strip():
            found.append({"titre": title.strip(), "texte": words.strip()})
    return found


def questions_as_text(questions: Sequence[KitQuestion]) -> str:
    """Return a line for each question, with « | 4 » behind it where it is not followed by two lines to write on."""
    return "\n".join(
        one.texte if one.lignes == _LINES else f"{one.texte} | {one.lignes}" for one in questions
    )  # fmt: skip


def questions_of_text(typed: str) -> list[dict[str, Any]]:
    """Return the questions of a text as `questions_as_text` writes it."""
    found: list[dict[str, Any]] = []
    for row in _plain_breaks(typed).split("\n"):
        asked, _, lines = (part.strip() for part in row.rpartition("|"))
        if asked and lines.isascii() and lines.isdigit() and len(lines) <= 3:
            found.append({"texte": asked, "lignes": int(lines)})
        elif row.strip():
            found.append({"texte": row.strip(), "lignes": _LINES})
    return found


def table_as_text(table: KitTable | None) -> str:
    """Return the heads on the first line and the rows below, with « | » between two cells; '' for no table."""
    if table is None:
        return ""
    return "\n".join(" | ".join(row).rstrip() for row in (table.colonnes, *table.lignes))


def table_of_text(typed: str, *, kept: KitTable | None) -> dict[str, Any] | None:
    """Return the table of a text as `table_as_text` writes it, None for an empty one. Its empty rows stay as they were."""
    rows = [
        [cell.strip() for cell in row.split("|")] for row in _plain_breaks(typed).split("\n") if row.strip()
    ]  # fmt: skip
    if not rows:
        return None
    return {"colonnes": rows[0], "lignes": rows[1:], "vides": _EMPTY_ROWS if kept is None else kept.vides}


def _plain_breaks(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def _without_gaps(words: str) -> str:
    return _EMPTY_LINE.sub("\n", words.strip())
