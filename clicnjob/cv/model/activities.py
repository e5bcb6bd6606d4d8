"""Searches activities with the reading of the job search: « menage hotel » finds « Nettoyer des chambres d’hôtel »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from clicnjob import content
from clicnjob.cv.model import naming, phrases
from clicnjob.cv.model.profile import Experience, ExperienceKind
from clicnjob.cv.model.prompts import Activity, Prompts, cv_prompts
from clicnjob.jobs.finder import job_catalogue
from clicnjob.jobs.folding import folded_words, masculine_singular
from clicnjob.jobs.index import Index, Spoken, index_phrases, written_phrases
from clicnjob.jobs.query import Query, read_query
from clicnjob.jobs.reading import read_wish
from clicnjob.jobs.scoring import code_scores
from clicnjob.jobs.search import search_jobs
from clicnjob.jobs.situations import Situation
from clicnjob.jobs.support import find_support, read_plea

MOST_FOUND = 8
_NAME, _WORD, _PLACE, _SKILL, _GESTURE = 1.0, 1.0, 0.8, 0.45, 0.5  # weight of a phrase by its source
_LEAST = 0.22  # least score of an activity
_TAIL = 0.55  # least score as a share of the best, or of 1
_BY_JOB, _BY_NEXT = 0.7, 0.85  # share of a job's score that its first activity gets, and factor for each next one
_OWN_KIND = 1.15  # an activity of the kind at hand comes before an equal one of another kind


@dataclass(frozen=True, slots=True)
class FoundActivities:
    """The activities that fit a person's words, best first.

    `kind` is the kind of experience that the words name (« stage garage »), or ''. `support` is set when the words tell
    of a grave situation: it says whom to turn to, and then no activity is offered.
    """

    activities: tuple[Activity, ...]
    kind: ExperienceKind | str = ""
    support: Situation | None = None


def find_activities(text: str, *, jobs: Index, kind: str = "") -> FoundActivities:
    """Return the activities of all kinds that match `text`; those of `kind` come before equal ones.

    `jobs` is the index of the job search: a job that the words lead to brings its activities. It never raises.
    """
    query = read_query(text)
    if (plea := find_support(read_plea(query))) and not plea.situation.metiers:
        return FoundActivities((), support=plea.situation)
    offered = cv_prompts()
    named, rest = _without_kind(query, offered)
    scores = _activity_scores(rest, jobs)
    if max(scores.values(), default=0.0) < _LEAST:
        scores = _activity_scores(query, jobs)
    wanted = named or kind
    for key in scores:
        scores[key] *= _OWN_KIND if wanted in offered.activities[key].genres else 1.0
    best = min(1.0, max(scores.values(), default=0.0))
    ordered = sorted(scores, key=lambda key: (-scores[key], key))
    kept = [key for key in ordered if scores[key] >= max(_LEAST, _TAIL * best)]
    found = tuple(offered.activities[key] for key in kept) or (offered.activities_of(named) if named else ())
    return FoundActivities(found[:MOST_FOUND], named)


def kind_of_choice(activity: Activity, *, kind: str) -> ExperienceKind | None:
    """Return the kind that an experience has once this activity is chosen, or None when the person must say it.

    `kind` is the one at hand, or ''. It stays when the activity exists in it.
    """
    if kind in activity.genres:
        return next(genre for genre in activity.genres if genre == kind)
    return activity.genres[0] if len(activity.genres) == 1 else None


def offered_phrases(item: Experience) -> tuple[str, ...]:
    """Return the phrases to tick for an experience: those of its activity, then those of its kind."""
    words = cv_prompts()
    known = words.activities.get(item.activity)
    return (*(known.phrases if known else ()), *words.kinds[item.kind].phrases)


def choose_activity(item: Experience, activity: Activity, *, kind: ExperienceKind) -> tuple[str, ...]:
    """Give an experience this activity and kind; return the ready phrases that it loses because they no longer fit.

    Phrases in the person's own words stay, and so does a title of their own.
    """
    before, titles = offered_phrases(item), naming.ready_titles(item)
    if activity.cle != item.activity:
        item.detail = ""
    item.activity, item.kind = activity.cle, kind
    lost = tuple(
        line for line in item.phrases if _is_among(before, line) and not _is_among(offered_phrases(item), line)
    )
    item.phrases = [line for line in item.phrases if line not in lost]
    if item.title in titles and item.title not in naming.ready_titles(item):
        item.title = ""
    return lost


@content.loaded_once
def activity_index() -> Index:
    """Return the index of all activities, built once for the process."""
    spoken = [each for activity in cv_prompts().activities.values() for each in _spoken_phrases(activity)]
    return index_phrases(job_catalogue(), spoken)


def _is_among(templates: Sequence[str], line: str) -> bool:
    return any(phrases.is_said(template, line) for template in templates)


def _spoken_phrases(activity: Activity) -> Iterator[Spoken]:
    codes = (activity.cle,)
    yield from written_phrases((activity.nom, *map(phrases.title_text, activity.intitules)), codes, _NAME)
    yield from written_phrases(activity.mots, codes, _WORD)
    yield from written_phrases(activity.ou.split(", "), codes, _PLACE)
    yield from written_phrases(activity.competences, codes, _SKILL)
    yield from written_phrases(map(phrases.phrase_text, activity.phrases), codes, _GESTURE)


def _activity_scores(query: Query, jobs: Index) -> dict[str, float]:
    index = activity_index()
    scores = code_scores(read_wish(query, index), index=index)
    for match in search_jobs(query, index=jobs).matches:
        for place, key in enumerate(match.category.activites):
            scores[key] = max(scores.get(key, 0.0), match.score * _BY_JOB * _BY_NEXT**place)
    return scores


def _without_kind(query: Query, words: Prompts) -> tuple[str, Query]:
    """Return the kind that the words name, and the query without those words unless nothing else is left."""
    kinds = {tuple(folded_words(word)): kind for kind, said in words.kinds.items() for word in said.mots}
    named, clauses = "", []
    for clause in query.clauses:
        folded = [masculine_singular(word.folded) for word in clause]
        for key, kind in kinds.items():
            at = _place_of(key, folded)
            if at is not None and not named:
                named, clause = kind, (*clause[:at], *clause[at + len(key) :])
        clauses.append(clause)
    return named, replace(query, clauses=tuple(clauses)) if any(clauses) else query


def _place_of(key: Sequence[str], folded: Sequence[str]) -> int | None:
    single = [masculine_singular(word) for word in key]
    return next((at for at in range(len(folded)) if list(folded[at : at + len(single)]) == single), None)
