"""Prints the interest quiz as PDF/UA-1: the statements with three boxes, how to count, and jobs for each letter."""

from __future__ import annotations

from clicnjob import typeset
from clicnjob.jobs.catalogue import Catalogue
from clicnjob.jobs.group_quiz import interest_kinds, jobs_of
from clicnjob.jobs.interests import quiz_statements

NAME = "test-ce-que-j-aime.pdf"
_SHEET = "_common/quiz.typ"


def quiz_paper(catalogue: Catalogue) -> bytes:
    """Return the quiz as one sheet of two A4 pages, the same for everybody."""
    data = {
        "fallbacks": typeset.FALLBACK_FONTS,
        "statements": [{"text": one.texte, "letter": one.lettre} for one in quiz_statements()],
        "kinds": [
            {
                "letter": kind.lettre,
                "name": kind.nom,
                "sentence": kind.phrase,
                "jobs": [job.nom_m for job in jobs_of(kind, catalogue=catalogue)],
            }
            for kind in interest_kinds()
        ],
    }
    return typeset.sheet_pdf(_SHEET, data)
