"""Chooses the questions of a training from the themes, the family of the job and the CV, and avoids recent ones."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from clicnjob.interview.bank import Bank, QuestionGroup
from clicnjob.interview.notebook import TrainingQuestion

FIRST = "se-presenter"
LAST = "questions-a-poser"
_TURN_OF_THEMES = ("motivation", "experience", "qualites-defauts", "ponctualite-transport", "equipe", "situation")
_ALL = 1_000
_APART = frozenset({FIRST, LAST, "telephone", "visio"})  # asked at a fixed position, or only when chosen


def for_job(
    bank: Bank, *, family: str, own: Sequence[TrainingQuestion], count: int, recent: Sequence[str], chance: Random
) -> tuple[TrainingQuestion, ...]:
    """Return `count` questions in the order of an interview: oneself, the CV, themes, the job, what to ask in return.

    `family` is '' when there is no precise job. `recent` holds the keys asked before, the latest last; they are used
    only when nothing else is left.
    """
    mine = _of_cv(own, recent, max(1, count // 4), chance)
    job = _drawn_keys(_keys_of_group(bank.families.get(family)), recent, max(1, count // 3), chance)
    begin = _drawn_keys(_keys_of_group(bank.themes[FIRST]), recent, 1, chance)
    end = _drawn_keys(_keys_of_group(bank.themes[LAST]), recent, 1, chance) if count >= 5 else []
    left = count - len(mine) - len(job) - len(begin) - len(end)
    between = _of_themes(bank, recent, left, chance)
    words = {one.key: one for one in own}
    order = [*begin, *mine, *between, *job, *end]
    return tuple(words.get(key) or TrainingQuestion(key=key) for key in order[:count])


def on_theme(
    group: QuestionGroup, *, count: int, recent: Sequence[str], chance: Random
) -> tuple[TrainingQuestion, ...]:
    """Return `count` questions of one theme or family, the easy ones first."""
    levels = {one.cle: one.niveau for one in group.questions}
    drawn = _drawn_keys(list(levels), recent, count, chance)
    return tuple(TrainingQuestion(key=key) for key in sorted(drawn, key=lambda key: levels[key]))


def _of_themes(bank: Bank, recent: Sequence[str], count: int, chance: Random) -> list[str]:
    """Take one question per theme: the usual themes first, then the others in random order, then a second round."""
    others = [key for key in bank.themes if key not in _APART and key not in _TURN_OF_THEMES]
    chance.shuffle(others)
    usual = list(_TURN_OF_THEMES)
    if count < len(usual):  # otherwise a short training would always ask about the same themes
        usual = [usual[0], *chance.sample(usual[1:], len(usual) - 1)]
    return _in_turn(
        [_drawn_keys(_keys_of_group(bank.themes[key]), recent, _ALL, chance) for key in (*usual, *others)], count
    )


def _of_cv(own: Sequence[TrainingQuestion], recent: Sequence[str], count: int, chance: Random) -> list[str]:
    """Take one question per item of the CV; the key of a question ends with the id of the item.

    The first half of the items, which tell most, comes before the second, and items asked about least come first.
    """
    things: dict[str, list[str]] = {}
    for one in own:
        things.setdefault(one.key.rpartition("/")[2], []).append(one.key)
    keys = list(things)
    half = (len(keys) + 1) // 2
    order = [*chance.sample(keys[:half], half), *chance.sample(keys[half:], len(keys) - half)]
    asked = {key: sum(each in recent for each in things[key]) for key in order}
    order.sort(key=lambda key: asked[key])
    return _in_turn([_drawn_keys(things[key], recent, _ALL, chance) for key in order], count)


def _in_turn(groups: Sequence[list[str]], count: int) -> list[str]:
    """Take the first of each group, then the second of each, until there are `count`."""
    found: list[str] = []
    while len(found) < count and any(groups):
        found += [keys.pop(0) for keys in groups if keys][: count - len(found)]
    return found


def _drawn_keys(keys: Sequence[str], recent: Sequence[str], count: int, chance: Random) -> list[str]:
    """Draw at random among the keys never asked, then among those asked longest ago."""
    asked = {key: position for position, key in enumerate(recent)}
    shuffled = chance.sample(list(keys), len(keys))
    return sorted(shuffled, key=lambda key: asked.get(key, -1))[: max(count, 0)]


def _keys_of_group(group: QuestionGroup | None) -> list[str]:
    return [one.cle for one in group.questions] if group else []
