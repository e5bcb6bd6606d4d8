"""Searches activities from a person's own words: « resto » finds « Aider en cuisine »."""

from __future__ import annotations

from rapidfuzz import fuzz

from clicnjob.cv.model.prompts import Activity, Prompts, cv_prompts
from clicnjob.text import fold_text

_NEAR = 78  # out of 100; one typo in a word of five letters still matches


def matching_activities(text: str, *, kind: str, words: Prompts | None = None) -> tuple[Activity, ...]:
    """Return the activities of this kind that match `text`, best first; all of them for an empty text."""
    offered = (words or cv_prompts()).activities_of(kind)
    wanted = fold_text(text)
    if not wanted:
        return offered
    scored = [(max(_word_nearness(wanted, fold_text(word)) for word in _activity_words(a)), a) for a in offered]
    return tuple(a for score, a in sorted(scored, key=lambda pair: -pair[0]) if score >= _NEAR)


def _activity_words(activity: Activity) -> tuple[str, ...]:
    return (activity.nom, *activity.intitules, *activity.mots)


def _word_nearness(wanted: str, word: str) -> float:
    if word.startswith(wanted) or wanted in word.split():
        return 100
    return max(fuzz.ratio(wanted, word), *(fuzz.ratio(wanted, part) for part in word.split()))
