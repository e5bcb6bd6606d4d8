"""Computes the level of a language (CEFR) from the statements that the person ticked, in any order."""

from __future__ import annotations

from collections.abc import Collection

from clicnjob.cv.model.prompts import cv_prompts

MOTHER = "maternelle"
_TALKS = ("B1", "B2", "C1", "C2", MOTHER)  # from B1 on, one can hold a conversation
_TOP = "C2"
_ALONE = "B1"  # the most that a single statement can show


def reached_level(can_do: Collection[str]) -> str:
    """Return the key of the highest level reached, or '' if nothing is ticked. The mother tongue takes precedence.

    A level is reached with one of its statements, and more ticks at it or above than half of its statements: whoever
    can do what is harder need not tick what is easier. The highest level needs a statement of the one before too.
    Below all that, it is the lowest level with a tick, and at most B1.
    """
    asked = cv_prompts().languages
    ticked = [question.niveau for question in asked.questions if question.cle in can_do]
    if MOTHER in ticked:
        return MOTHER
    levels = [level.cle for level in asked.niveaux if level.cle != MOTHER]
    for place in range(len(levels) - 1, -1, -1):
        statements = sum(question.niveau == levels[place] for question in asked.questions)
        above = sum(ticked.count(level) for level in levels[place:])
        proven = levels[place] != _TOP or levels[place - 1] in ticked
        if levels[place] in ticked and above * 2 > statements and proven:
            return levels[place]
    return min((*ticked, _ALONE), key=levels.index) if ticked else ""


def can_talk(can_do: Collection[str]) -> bool:
    """Tell whether the level allows a conversation."""
    return reached_level(can_do) in _TALKS
