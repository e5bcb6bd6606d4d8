"""Keeps small counts out of files that leave those who may see the people: never a count of one to four.

Such a count cannot be computed by subtraction either (« non dit »). On the screens of those who see the same people by
name, and in a file that they make for themselves, nothing is withheld. Source of the threshold: CNIL, « anonymisation »
(small counts can identify people).
"""

from __future__ import annotations

from collections.abc import Sequence

from clicnjob import policy
from clicnjob.cohort.reports.spreadsheets import Cell

HIDDEN = "moins de 5"
WITHHELD = "non dit"


def publishable_count(count: int) -> Cell:
    """Return a count as it may leave: « moins de 5 » for one to four."""
    return HIDDEN if 0 < count < policy.LEAST_COUNT else count


def said_in_turn(counts: Sequence[int]) -> tuple[Cell, ...]:
    """Return nested counts, each a part of the previous one, as they may leave together.

    A count that differs by one to four from the last one shown is withheld, since the difference would be a count under
    five. Equal counts and zeros are shown.
    """
    told: list[Cell] = []
    above: int | None = None
    for count in counts:
        told.append(_said_under(above, count))
        above = count if told[-1] == count else above
    return tuple(told)


def said_apart(counts: Sequence[int], *, wholes: Sequence[int] = (), sum_is_said: bool = True) -> tuple[Cell, ...]:
    """Return counts whose sum is shown as well, as they may leave together.

    Beside a count under five the smallest other one is withheld with the same word, or the sum would give it away. A count
    that differs by one to four from the whole beside it (`wholes`, in the same order) is treated like one under five. Where
    the sum itself is withheld, the smallest count is, since the parts together would say it.
    """
    near = {at for at, (count, whole) in enumerate(zip(counts, wholes, strict=False)) if is_near(whole, count)}
    small = near | {place for place, count in enumerate(counts) if 0 < count < policy.LEAST_COUNT}
    others = sorted((count, place) for place, count in enumerate(counts) if count and place not in small)
    if (not small and sum_is_said) or (len(small) == 1 and not near and not others):
        return tuple(map(publishable_count, counts))
    withheld = {*small, *(place for _, place in others[:1])}
    return tuple(WITHHELD if place in withheld else count for place, count in enumerate(counts))


def is_near(whole: int, part: int) -> bool:
    """Whether a part of a whole leaves a count under five."""
    return 0 < whole - part < policy.LEAST_COUNT and part > 0


def said_with_few(values: Sequence[float], people: Sequence[int]) -> tuple[Cell, ...]:
    """Return measured times whose sum is shown as well; `people` is how many each is of, and one to four are withheld.

    So is the smallest other one with the same word, or the sum would give the time of these few away.
    """
    few = {place for place, count in enumerate(people) if publishable_count(count) == HIDDEN}
    others = sorted((values[place], place) for place, count in enumerate(people) if count >= policy.LEAST_COUNT)
    withheld = few | {place for _, place in others[:1] if few}
    word = WITHHELD if others else HIDDEN
    return tuple(word if place in withheld else value for place, value in enumerate(values))


def said_beside(counts: Sequence[int]) -> tuple[Cell, ...]:
    """Return counts of the same people one after the other: one that differs little from the last one shown is withheld."""
    told: list[Cell] = []
    before: int | None = None
    for count in counts:
        near = before is not None and 0 < abs(count - before) < policy.LEAST_COUNT
        told.append(WITHHELD if near else publishable_count(count))
        before = count if told[-1] == count else before
    return tuple(told)


def _said_under(above: int | None, count: int) -> Cell:
    cell = publishable_count(count)
    if above is None or count in (0, above):
        return cell
    # When `above` is under nine, no smaller count can be shown. All of them get the same word, since « non dit » under
    # six would otherwise mean five.
    none_fits = above < 2 * policy.LEAST_COUNT - 1
    return WITHHELD if none_fits or (cell == count and publishable_count(abs(above - count)) == HIDDEN) else cell
