"""Runs the interest quiz with a group: counts raised hands per statement and finds the kinds of jobs the group likes.

No person is stored: hands are numbers, and they are gone when the screen is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.jobs.catalogue import JOBS, Catalogue, Category, Key
from clicnjob.jobs.interests import Statement, quiz_statements

MOST_HANDS = 99  # per answer; no group is larger
_MOST_LIKED = 3

Hands = tuple[int, int, int]  # « j’aime », « bof », « non »
NO_HANDS: Hands = (0, 0, 0)


class InterestKind(ContentModel):
    """One of the six RIASEC kinds of work, in everyday words."""

    lettre: Literal["R", "I", "A", "S", "E", "C"]
    icone: str
    nom: str = Field(max_length=30)
    phrase: str = Field(max_length=70)
    metiers: tuple[Key, ...] = Field(min_length=6, max_length=6)


@dataclass(frozen=True, slots=True)
class LikedKind:
    """A kind of work that the group likes, the best-liked statements for it, and jobs of that kind."""

    kind: InterestKind
    because: tuple[str, ...]
    jobs: tuple[Category, ...]


@content.loaded_once
def interest_kinds() -> tuple[InterestKind, ...]:
    """Return the six kinds in RIASEC order. Raises content.ContentMistakes; a test checks that their jobs exist."""
    return tuple(content.read_content(list[InterestKind], JOBS / "lettres.yaml"))


def with_hand(hands: Hands, answer: int) -> Hands:
    """Return the counts with one more hand for an answer (0 to 2)."""
    more = [min(MOST_HANDS, count + (place == answer)) for place, count in enumerate(hands)]
    return more[0], more[1], more[2]


def liked_kinds(hands: Mapping[str, Hands], *, catalogue: Catalogue) -> tuple[LikedKind, ...]:
    """Return at most three kinds that more hands liked than refused, the best-liked first.

    It is empty while no hand has been counted.
    """
    scored = [
        (sum(_average_liking(hands.get(one.cle, NO_HANDS)) for one in _statements_of(kind.lettre)), kind)
        for kind in interest_kinds()
    ]
    ordered = sorted((one for one in scored if one[0] > 0), key=lambda one: -one[0])
    return tuple(
        LikedKind(kind, _liking_reasons(kind.lettre, hands), jobs_of(kind, catalogue=catalogue))
        for _, kind in ordered[:_MOST_LIKED]
    )


def jobs_of(kind: InterestKind, *, catalogue: Catalogue) -> tuple[Category, ...]:
    """Return the jobs shown for a kind, in the order of its content file."""
    return tuple(catalogue.by_key[key] for key in kind.metiers)


def _statements_of(letter: str) -> list[Statement]:
    return [one for one in quiz_statements() if one.lettre == letter]


def _average_liking(hands: Hands) -> float:
    """Return a score from -1 (all refuse) to 2 (all like).

    It is an average, so a statement that few answered weighs as much as another.
    """
    likes, _, refusals = hands
    return (2 * likes - refusals) / sum(hands) if sum(hands) else 0.0


def _liking_reasons(letter: str, hands: Mapping[str, Hands]) -> tuple[str, ...]:
    found = sorted(_statements_of(letter), key=lambda one: -_average_liking(hands.get(one.cle, NO_HANDS)))
    return tuple(one.parce_que for one in found if _average_liking(hands.get(one.cle, NO_HANDS)) > 0)[:2]
