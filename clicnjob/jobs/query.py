"""Reads a typed wish once, so that the search, the refusals, distress and the missing words share one reading of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clicnjob.jobs.folding import LONGEST_TEXT, folded_words
from clicnjob.jobs.noise import is_address, is_one_sign, undisguised_words
from clicnjob.text import fold_text

_CLAUSES = re.compile(r"[,.;:!?\n]+(?=\s|$)")
_ELISION = re.compile(r"^(?:[ldjmtnsc]|qu)['’](?=.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedWord:
    """One word of a wish, as typed and folded."""

    typed: str
    folded: str


@dataclass(frozen=True, slots=True)
class Query:
    """A wish as read from the text alone; `reading.read_wish` adds what an index knows of its words.

    `folded` and the words come from the first `LONGEST_TEXT` characters. `clauses` are the words between two signs of
    punctuation. `undisguised` are the words behind a disguise (« c0nnard »), empty if there is none.
    """

    typed: str
    folded: str
    clauses: tuple[tuple[TypedWord, ...], ...]
    undisguised: tuple[str, ...]
    is_one_sign: bool
    is_address: bool

    @property
    def words(self) -> tuple[TypedWord, ...]:
        """Every word, function words included."""
        return tuple(word for clause in self.clauses for word in clause)


def read_query(text: str) -> Query:
    """Read a wish. It accepts any text and never raises."""
    bounded = text[:LONGEST_TEXT]
    return Query(
        typed=text,
        folded=fold_text(bounded),
        clauses=tuple(tuple(_typed_words(clause)) for clause in _CLAUSES.split(bounded)),
        undisguised=tuple(undisguised_words(bounded)),
        is_one_sign=is_one_sign(text),
        is_address=is_address(bounded),
    )


def _typed_words(clause: str) -> Iterator[TypedWord]:
    for chunk in clause.split():
        for folded in folded_words(chunk):
            yield TypedWord(_ELISION.sub("", chunk.strip("«»\"'’().,;:!? ")), folded)
