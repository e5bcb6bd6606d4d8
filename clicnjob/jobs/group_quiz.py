"""The interest quiz with a group: hands counted for each statement, and the kinds of jobs that the group likes.

No person is in it: a hand is a number, and the numbers live as long as the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from clicnjob import content
from clicnjob.content import Words
from clicnjob.jobs.catalogue import JOBS, Catalogue, Category, Key
from clicnjob.jobs.interests import Statement, statements

MOST_HANDS = 99  # of one answer: more than any group has
_MOST_LIKED = 3

Hands = tuple[int, int, int]  # « j’aime », « bof », « non »
NO_HANDS: Hands = (0, 0, 0)


class Kind(Words):
    """One of the six kinds of work behind a RIASEC letter, in everyday words."""

    lettre: Literal["R", "I", "A", "S", "E", "C"]
    icone: str
    nom: str = Field(max_length=30)
    phrase: str = Field(max_length=70)
    metiers: tuple[Key, ...] = Field(min_length=6, max_length=6)


@dataclass(frozen=True, slots=True)
class Liked:
    """A kind of work that the group likes, the statements that most hands liked, and jobs of that kind."""

    kind: Kind
    because: tuple[str, ...]
    jobs: tuple[Category, ...]


@cache
def kinds() -> tuple[Kind, ...]:
    """The six kinds, in the order of the letters. Raises content.ContentMistakes; a test says that their jobs exist."""
    return tuple(content.read(list[Kind], JOBS / "lettres.yaml"))


def with_hand(hands: Hands, answer: int) -> Hands:
    """One hand more for an answer (0 to 2)."""
    more = [min(MOST_HANDS, count + (place == answer)) for place, count in enumerate(hands)]
    return more[0], more[1], more[2]


def liked(hands: Mapping[str, Hands], *, catalogue: Catalogue) -> tuple[Liked, ...]:
    """The kinds that more hands liked than refused, at most three, the most liked first; none when no hand was counted."""
    scored = [(sum(_liking(hands.get(one.cle, NO_HANDS)) for one in _of(kind.lettre)), kind) for kind in kinds()]
    ordered = sorted((one for one in scored if one[0] > 0), key=lambda one: -one[0])
    return tuple(
        Liked(kind, _reasons(kind.lettre, hands), jobs_of(kind, catalogue=catalogue))
        for _, kind in ordered[:_MOST_LIKED]
    )


def jobs_of(kind: Kind, *, catalogue: Catalogue) -> tuple[Category, ...]:
    """The jobs shown for a kind, as its line gives them."""
    return tuple(catalogue.by_key[key] for key in kind.metiers)


def _of(letter: str) -> list[Statement]:
    return [one for one in statements() if one.lettre == letter]


def _liking(hands: Hands) -> float:
    """Between -1 (all refuse) and 2 (all like): a statement that few hands answered weighs as much as another."""
    likes, _, refusals = hands
    return (2 * likes - refusals) / sum(hands) if sum(hands) else 0.0


def _reasons(letter: str, hands: Mapping[str, Hands]) -> tuple[str, ...]:
    found = sorted(_of(letter), key=lambda one: -_liking(hands.get(one.cle, NO_HANDS)))
    return tuple(one.parce_que for one in found if _liking(hands.get(one.cle, NO_HANDS)) > 0)[:2]
