"""Prints the digital check as one tagged A4 page, with a letter for each answer, so that it can be typed in afterwards."""

from __future__ import annotations

from string import ascii_uppercase

from clicnjob import typeset
from clicnjob.learn.digital_check.questions import check_questions

NAME = "mon-point-numerique.pdf"
_SHEET = "_common/check.typ"


def check_paper() -> bytes:
    """Return the page, the same for everybody."""
    data = {
        "fallbacks": typeset.FALLBACK_FONTS,
        "questions": [
            {
                "text": one.question,
                "help": one.aide,
                "line": one.ligne,
                "writes": one.genre == "corriger",
                "choices": []
                if one.genre == "corriger"
                else [
                    {"letter": letter, "text": choice.texte}
                    for letter, choice in zip(ascii_uppercase, one.choix, strict=False)
                ],
            }
            for one in check_questions()
        ],
    }
    return typeset.sheet_pdf(_SHEET, data)
