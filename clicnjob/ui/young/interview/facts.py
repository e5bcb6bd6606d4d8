"""The CV as plain facts for the interview.

`cv` and `interview` must not import each other, so the conversion lives here, above both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clicnjob.cv.document import compose
from clicnjob.cv.model.profile import Experience, Profile
from clicnjob.interview.own import Fact
from clicnjob.interview.words import Source
from clicnjob.ui.shell.open_work import Desk

_TO_FILL = re.compile(r"\s*…\s*\((prénom|ville)\)")
_SOURCES: dict[str, Source] = {
    "travail": "experience",
    "projet": "experience",
    "service_civique": "experience",
    "stage": "stage",
    "petit_boulot": "petit_boulot",
    "aide_famille": "aide_famille",
    "benevolat": "benevolat",
    "sport_asso": "sport",
    "parent": "aide_famille",
    "atelier": "experience",
    "service_national": "experience",
}


def cv_facts(now: Desk) -> tuple[Fact, ...]:
    """Return every fact that this CV shows, the job wanted first."""
    hidden = set(now.cv.hidden)
    return tuple(fact for fact in _facts_of_cv(now) if fact.item not in hidden)


def name_sentence(now: Desk, line: str) -> str:
    """Fill in « je m’appelle… (prénom) et j’habite à… (ville) » with what is known."""
    known = {"prénom": now.profile.first_name or now.me.first_name, "ville": now.profile.town}
    return _TO_FILL.sub(lambda m: f" {known[m[1]]}" if known[m[1]] else m[0], line)


def _facts_of_cv(now: Desk) -> Iterator[Fact]:
    profile = now.profile
    if now.cv.job_wanted:
        yield Fact("metier", "metier", {"metier": now.cv.job_wanted})
    for experience in profile.experiences:
        if experience.title:
            yield _experience_fact(experience)
    for quality in profile.qualities:
        if quality.label:
            yield Fact("qualite", quality.id, {"qualite": quality.label, "preuve": quality.proof})
    yield from _study_facts(profile)
    yield from _taste_facts(now)


def _taste_facts(now: Desk) -> Iterator[Fact]:
    """Return the gaps, worded positively, then languages and interests."""
    profile = now.profile
    for gap in profile.gaps:
        yield Fact("trou", gap.id, {"phrase": gap.text})
    names = {known.cle: known.nom for known in now.words.languages.langues}
    for language in profile.languages:
        if language.key != "francais" and (name := names.get(language.key, language.label)):
            yield Fact("langue", language.id, {"langue": name.split(" (")[0]})
    for interest in profile.interests:
        if interest.label:
            yield Fact("interet", interest.id, {"interet": interest.label})


def _experience_fact(one: Experience) -> Fact:
    words = {"titre": one.title, "lieu": one.place, "phrase": one.phrases[0] if one.phrases else ""}
    return Fact(_SOURCES[one.kind], one.id, words)


def _study_facts(profile: Profile) -> Iterator[Fact]:
    for study in profile.studies:
        if heading := compose.study_heading(study):
            yield Fact("formation", study.id, {"formation": heading, "lieu": study.school})
