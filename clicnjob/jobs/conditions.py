"""Reads the conditions and the own situation that a wish tells (data/jobs/conditions.yaml), before jobs are searched.

« Travailler la nuit en entrepôt » wishes for a warehouse; « la nuit » is no job word, but gets one kind sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import Field

from clicnjob.content import ContentModel, read_content
from clicnjob.jobs.catalogue import Said
from clicnjob.jobs.folding import folded_words
from clicnjob.jobs.query import Query, read_query
from clicnjob.paths import DATA

FILE = DATA / "jobs" / "conditions.yaml"


class Condition(ContentModel):
    """One condition or situation: how people say it, and the sentence shown above the jobs."""

    cle: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    phrase: str = Field(min_length=10, max_length=120)
    mots: tuple[Said, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class ReadConditions:
    """The conditions of a wish, in the order of the file, and `rest`, the wish without their words."""

    conditions: tuple[Condition, ...]
    rest: Query

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each condition."""
        return tuple(one.phrase for one in self.conditions)


@cache
def known_conditions() -> tuple[Condition, ...]:
    """Return the conditions of this installation, read once. Raises ContentMistakes."""
    return tuple(read_content(list[Condition], FILE))


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], Condition], ...]:
    """Return every phrase as folded words, the longest first."""
    phrases = [(tuple(folded_words(said)), one) for one in known_conditions() for said in one.mots]
    return tuple(sorted(phrases, key=lambda phrase: -len(phrase[0])))


def read_conditions(query: Query) -> ReadConditions:
    """Take the conditions out of a wish. Words of two clauses never make one condition."""
    found: set[str] = set()
    clauses = []
    for clause in query.clauses:
        words = [(word.folded, word.typed) for word in clause]
        for phrase, condition in _phrases():
            for place in range(len(words) - len(phrase), -1, -1):
                if tuple(folded for folded, _ in words[place : place + len(phrase)]) == phrase:
                    del words[place : place + len(phrase)]
                    found.add(condition.cle)
        clauses.append(" ".join(typed for _, typed in words))
    if not found:
        return ReadConditions((), query)
    conditions = tuple(one for one in known_conditions() if one.cle in found)
    return ReadConditions(conditions, read_query(", ".join(filter(None, clauses))))
