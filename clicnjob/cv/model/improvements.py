"""Lists what a page still lacks, in the order in which an employer misses it, each with the one gesture that adds it.

The order and the words are in data/prompts/ameliorations.yaml. What is wrong on a page is told by the final check; the
rest of the advice comes after what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from pydantic import Field

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.cv.model.advice import Advice
from clicnjob.cv.model.guide import ALONE, GuidePlace
from clicnjob.cv.model.profile import Cv, Experience, Profile
from clicnjob.cv.model.spots import experience_name, question_place
from clicnjob.paths import DATA

_ENOUGH_EXPERIENCES = 2
_SAID_HERE = frozenset(("sans_experience", "experience_sans_phrase", "experience_sans_date", "experience_sans_lieu"))
_ADVICE_ICON = "💡"


class ImprovementWords(ContentModel):
    """One improvement as written in the content file."""

    cle: str
    icone: str
    phrase: str = Field(max_length=80)
    geste: str = Field(max_length=30)
    ecran: str


@dataclass(frozen=True, slots=True)
class Improvement:
    """Something to add: its picture, one sentence, the label of its button, and the question that the button opens."""

    key: str
    icon: str
    sentence: str
    gesture: str
    place: GuidePlace


@content.loaded_once
def improvement_words() -> tuple[ImprovementWords, ...]:
    """Return the improvements in the order of the content file, read once. Raises content.ContentMistakes."""
    return tuple(content.read_content(list[ImprovementWords], DATA / "prompts" / "ameliorations.yaml"))


def page_improvements(profile: Profile, cv: Cv, *, told: Collection[Advice] = ()) -> tuple[Improvement, ...]:
    """Return what this page still lacks, what an employer misses most first. Hidden experiences need nothing.

    `told` is the advice on the page: what is to be checked is left out here, and other advice follows.
    """
    checked = {one.key for one in told if one.to_check}
    lacking = [one for words in improvement_words() for one in _improvements_of(words, profile, cv)]
    advised = [_improvement_advised(one) for one in told if not one.to_check and one.key not in _SAID_HERE]
    return (*(one for one in lacking if one.key not in checked), *advised)


def _improvement_advised(one: Advice) -> Improvement:
    place = question_place(one.step, one.item)
    return Improvement(one.key, _ADVICE_ICON, one.sentence, one.gesture, replace(place, way=ALONE))


def _improvements_of(words: ImprovementWords, profile: Profile, cv: Cv) -> Iterator[Improvement]:
    if lacks := LACKS_ON_PAGE.get(words.cle):
        if lacks(profile, cv):
            yield _improvement_of(words)
        return
    for item in _shown_experiences(profile, cv):
        if LACKS_IN_EXPERIENCE[words.cle](item):
            yield _improvement_of(words, item)


def _improvement_of(words: ImprovementWords, item: Experience | None = None) -> Improvement:
    sentence = words.phrase.replace("{texte}", experience_name(item) if item else "")
    place = GuidePlace(words.ecran, item.id if item else "", ALONE)
    return Improvement(words.cle, words.icone, sentence, words.geste, place)


def _shown_experiences(profile: Profile, cv: Cv) -> list[Experience]:
    return [item for item in profile.experiences if item.id not in cv.hidden]


def _lines_of_opening(cv: Cv) -> int:
    return sum(bool(line) for line in cv.opening)


# What the page lacks, by key of the content file.
LACKS_ON_PAGE: dict[str, Callable[[Profile, Cv], bool]] = {
    "nom": lambda profile, cv: not (profile.first_name and profile.last_name),
    "telephone": lambda profile, cv: not profile.phone,
    "metier": lambda profile, cv: not cv.job_wanted,
    "experience": lambda profile, cv: not _shown_experiences(profile, cv),
    "but": lambda profile, cv: not cv.aim,
    "disponibilite": lambda profile, cv: not profile.availability,
    "formation": lambda profile, cv: not profile.studies,
    "ville": lambda profile, cv: not profile.town,
    "accroche": lambda profile, cv: _lines_of_opening(cv) == 0,
    "autre_experience": lambda profile, cv: 0 < len(_shown_experiences(profile, cv)) < _ENOUGH_EXPERIENCES,
    "competences": lambda profile, cv: bool(profile.experiences) and not profile.skills,
    "mobilite": lambda profile, cv: not profile.mobility,
    "langues": lambda profile, cv: not profile.languages,
    "permis": lambda profile, cv: not profile.certificates,
    "qualites": lambda profile, cv: not profile.qualities,
    "email": lambda profile, cv: not profile.email,
    "deuxieme_phrase": lambda profile, cv: _lines_of_opening(cv) == 1,
    "interets": lambda profile, cv: not profile.interests,
}
# What each experience lacks.
LACKS_IN_EXPERIENCE: dict[str, Callable[[Experience], bool]] = {
    "phrases": lambda item: not item.phrases,
    "dates": lambda item: not (item.period.start or item.period.end or item.period.words or item.period.ongoing),
    "lieu": lambda item: not (item.place or item.town),
}
