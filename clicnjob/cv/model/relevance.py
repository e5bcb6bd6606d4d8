"""Puts the experiences that speak for the wanted job first: « Serveuse » before « Vendangeuse » for a restaurant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from clicnjob import content
from clicnjob.cv.model.profile import Experience, Gap
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.jobs.catalogue import Category
from clicnjob.jobs.finder import job_catalogue
from clicnjob.jobs.folding import SMALL_WORDS, folded_words, masculine_singular, word_family

_SAME_JOB, _SAME_WORDS, _NEAR_JOB, _OTHER = 3, 2, 1, 0
_NAMING = ("titres", "noms")  # the word files whose phrases name a job
_COMMON = frozenset(
    map(word_family, ("agent", "aide", "employe", "assistant", "stage", "stagiaire", "travail", "poste"))
)
Phrase = frozenset[str]
Item = TypeVar("Item", Experience, Experience | Gap)


@dataclass(frozen=True)
class WantedJob:
    """What a job title asks for: the activities of that job, those of near jobs, and the families of its words."""

    activities: frozenset[str]
    near: frozenset[str]
    words: frozenset[str]

    def experience_relevance(self, experience: Experience) -> int:
        """Return how much an experience speaks for the job, from 0 to 3."""
        if experience.activity and experience.activity in self.activities:
            return _SAME_JOB
        if self.words & _word_families(experience.title):
            return _SAME_WORDS
        return _NEAR_JOB if experience.activity and experience.activity in self.near else _OTHER


def wanted_job(title: str) -> WantedJob:
    """Return what a job title asks for, from the job sheets and the ready activities; a wish that names none is empty."""
    phrase = _significant_words(title)
    if not phrase:
        return WantedJob(frozenset(), frozenset(), frozenset())
    sheets = _sheets_by_phrase().get(phrase, ())
    named = {cle for cle in _activities_by_phrase().get(phrase, ())}
    own = named.union(*(sheet.activites for sheet in sheets))
    beside = [sheet for sheet in job_catalogue().categories if own.intersection(sheet.activites)]
    catalogue = job_catalogue().by_key
    near = {near for sheet in (*sheets, *beside) for near in sheet.proches}
    return WantedJob(
        frozenset(own),
        frozenset(cle for key in near for cle in catalogue[key].activites) - own,
        _word_families(title),
    )


def relevant_first(items: Iterable[Item], job: str) -> list[Item]:
    """Return experiences and gaps with those of the wanted job first; among equals, the given order stays."""
    wanted = wanted_job(job)
    return sorted(
        items, key=lambda item: -wanted.experience_relevance(item) if isinstance(item, Experience) else _OTHER
    )


def _significant_words(text: str) -> Phrase:
    return frozenset(masculine_singular(word) for word in folded_words(text) if word not in SMALL_WORDS)


def _word_families(text: str) -> frozenset[str]:
    words = (word for word in folded_words(text) if word not in SMALL_WORDS and len(word) > 2)
    return frozenset(word_family(masculine_singular(word)) for word in words) - _COMMON


@content.loaded_once
def _sheets_by_phrase() -> dict[Phrase, tuple[Category, ...]]:
    """Return the sheets that each phrase names: their own names, and those of the word files."""
    catalogue = job_catalogue()
    found: dict[Phrase, dict[str, Category]] = defaultdict(dict)
    for sheet in catalogue.categories:
        for name in (*sheet.nom_m.split(", "), *sheet.nom_f.split(", "), sheet.nom_m, sheet.nom_f):
            found[_significant_words(name)][sheet.cle] = sheet
    for file in _NAMING:
        for line in catalogue.lexicon.lines[file]:
            if line.codes[0] not in catalogue.by_code:
                continue
            meant = catalogue.by_code[line.codes[0]]
            for words in line.mots:
                found[_significant_words(words)][meant.cle] = meant
    return {phrase: tuple(sheets.values()) for phrase, sheets in found.items() if phrase}


@content.loaded_once
def _activities_by_phrase() -> dict[Phrase, frozenset[str]]:
    found: dict[Phrase, set[str]] = defaultdict(set)
    for activity in cv_prompts().activities.values():
        for title in (activity.nom, *activity.intitules):
            found[_significant_words(title)].add(activity.cle)
    return {phrase: frozenset(keys) for phrase, keys in found.items()}
