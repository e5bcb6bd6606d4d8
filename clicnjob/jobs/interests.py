"""Scores the interest quiz: everyday statements on the six RIASEC types, and the jobs that match the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from pydantic import Field

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.jobs.catalogue import JOBS, Catalogue, Category
from clicnjob.jobs.choices import Liking

_WEIGHTS: dict[Liking, int] = {"j_aime": 2, "bof": 0, "non": -1}
_RANKS = (1.0, 0.6, 0.35)  # weights of the first, second and third RIASEC letter of a job
LEAST_ANSWERS = 8


class Statement(ContentModel):
    """One statement (« Je répare ce qui est cassé »), its RIASEC letter, and its wording as a reason."""

    cle: str
    icone: str
    texte: str = Field(max_length=60)
    lettre: Literal["R", "I", "A", "S", "E", "C"]
    parce_que: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A job that matches the answers, and the reasons: what the person likes that leads to it."""

    category: Category
    because: tuple[str, ...]


@content.loaded_once
def quiz_statements() -> tuple[Statement, ...]:
    """Return the statements in display order. Raises content.ContentMistakes."""
    return tuple(content.read_content(list[Statement], JOBS / "interets.yaml"))


def suggested_jobs(answers: Mapping[str, Liking], *, catalogue: Catalogue, most: int = 6) -> tuple[Suggestion, ...]:
    """Return the jobs that match best, at most `most` and two per family.

    It is empty before `LEAST_ANSWERS` answers or if nothing is liked. Ties are broken by the number of everyday
    activities, then by a hash of the key, so that the order is stable but not alphabetical.
    """
    liked = [s for s in quiz_statements() if answers.get(s.cle) == "j_aime"]
    if len(answers) < LEAST_ANSWERS or not liked:
        return ()
    letters: Counter[str] = Counter()
    for statement in quiz_statements():
        if liking := answers.get(statement.cle):
            letters[statement.lettre] += _WEIGHTS[liking]
    ranked = sorted(
        catalogue.categories, key=lambda job: (-_job_fit(job, letters), -len(job.activites), crc32(job.cle.encode()))
    )
    return tuple(
        Suggestion(job, _job_reasons(job, liked)) for job in _spread_jobs(ranked, most) if _job_fit(job, letters) > 0
    )


def _job_fit(job: Category, letters: Mapping[str, int]) -> float:
    return sum(rank * letters.get(letter, 0) for rank, letter in zip(_RANKS, job.riasec, strict=False))


def _job_reasons(job: Category, liked: list[Statement]) -> tuple[str, ...]:
    own = [s.parce_que for letter in job.riasec for s in liked if s.lettre == letter]
    return tuple(own[:2])


def _spread_jobs(ranked: list[Category], most: int) -> list[Category]:
    """Take the first jobs, at most two per family, so that the list shows different kinds of work."""
    chosen: list[Category] = []
    families: Counter[str] = Counter()
    for job in ranked:
        family = job.rome[0][0]
        if families[family] < 2:
            families[family] += 1
            chosen.append(job)
        if len(chosen) == most:
            break
    return chosen
