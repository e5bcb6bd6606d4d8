"""Reads the conditions and the own situation that a wish tells (data/jobs/conditions.yaml), before jobs are searched.

« Travailler la nuit en entrepôt » wishes for a warehouse; « la nuit » is no job word, but gets one kind sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from clicnjob.content import ContentModel, loaded_once, read_content
from clicnjob.jobs.catalogue import Code, Said
from clicnjob.jobs.folding import folded_words
from clicnjob.jobs.index import DENIALS
from clicnjob.jobs.query import Query, read_query
from clicnjob.paths import DATA

FILE = DATA / "jobs" / "conditions.yaml"
_DENIED_BY = DENIALS - {"sauf"} | {"plus", "supporte"}  # « je déteste rester assis » is no wish to sit
_NEUTRAL = 0.5
_RANK_LOST = 0.93  # what each place further down a list keeps


class Condition(ContentModel):
    """One condition or situation: how people say it, and the sentence shown above the jobs.

    `debut`: said of oneself at the beginning of a wish only, since « aider un sourd » wishes for something else.
    `convient`: ROME parent codes of jobs in which it is usual, the surest first. `ecarte`: those in which it hardly ever is.
    """

    cle: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    phrase: str = Field(min_length=10, max_length=120)
    mots: tuple[Said, ...] = Field(min_length=1)
    debut: tuple[Said, ...] = ()
    convient: tuple[Code, ...] = Field(default=(), max_length=16)
    ecarte: tuple[Code, ...] = Field(default=(), max_length=20)


@dataclass(frozen=True, slots=True)
class ReadConditions:
    """The conditions of a wish, in the order of the file, and `rest`, the wish without their words.

    `typed` holds the words of the conditions as typed, each condition in one piece.
    """

    conditions: tuple[Condition, ...]
    rest: Query
    typed: frozenset[str] = frozenset()

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each condition, none twice."""
        return tuple(dict.fromkeys(one.phrase for one in self.conditions))

    def rate_code(self, code: str) -> float:
        """Return from 0 to 1 how well the job of a code fits: 0.5 where nothing is known, 0 where a condition rules it out."""
        if any(code in one.ecarte for one in self.conditions):
            return 0.0
        known = [_RANK_LOST ** one.convient.index(code) for one in self.conditions if code in one.convient]
        return _NEUTRAL + (1 - _NEUTRAL) * sum(known) / max(1, len(self.conditions))

    @property
    def fitting(self) -> tuple[str, ...]:
        """The codes of jobs that fit the conditions together, the surest first."""
        codes = dict.fromkeys(code for one in self.conditions for code in one.convient)
        return tuple(
            sorted((code for code in codes if self.rate_code(code) > _NEUTRAL), key=lambda code: -self.rate_code(code))
        )


@loaded_once
def known_conditions() -> tuple[Condition, ...]:
    """Return the conditions of this installation, read once. Raises ContentMistakes."""
    return tuple(read_content(list[Condition], FILE))


@loaded_once
def _condition_phrases() -> tuple[tuple[tuple[str, ...], bool, Condition], ...]:
    """Return every phrase as folded words, whether it only counts at the beginning, and its condition; the longest first."""
    phrases = [
        (tuple(folded_words(said)), at_beginning, one)
        for one in known_conditions()
        for at_beginning, saids in ((False, one.mots), (True, one.debut))
        for said in saids
    ]
    return tuple(sorted(phrases, key=lambda phrase: -len(phrase[0])))


def read_conditions(query: Query) -> ReadConditions:
    """Take the conditions out of a wish. Words of two clauses never make one condition."""
    found: set[str] = set()
    typed_words: set[str] = set()
    clauses = []
    for number, clause in enumerate(query.clauses):
        words = [(word.folded, word.typed) for word in clause]
        written = {word.folded for word in clause}
        for phrase, at_beginning, condition in _condition_phrases():
            if at_beginning and number or not written.issuperset(phrase):
                continue
            for place in range(0 if at_beginning else len(words) - len(phrase), -1, -1):
                same = tuple(folded for folded, _ in words[place : place + len(phrase)]) == phrase
                denied = any(folded in _DENIED_BY for folded, _ in words[max(0, place - 2) : place])
                if same and not (denied and phrase[0] not in DENIALS):
                    part = words[place : place + len(phrase)]  # « 16h30 » is two words
                    typed_words.add(" ".join(dict.fromkeys(typed for _, typed in part)))
                    del words[place : place + len(phrase)]
                    found.add(condition.cle)
        clauses.append(" ".join(typed for _, typed in words))
    if not found:
        return ReadConditions((), query)
    conditions = tuple(one for one in known_conditions() if one.cle in found)
    return ReadConditions(conditions, read_query(", ".join(filter(None, clauses))), frozenset(typed_words))
