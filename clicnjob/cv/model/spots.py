"""Locates each text of a CV: the screen that asks for it and the item it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clicnjob.cv.model import naming
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Cv, Experience, Profile, Study
from clicnjob.cv.model.prompts import cv_prompts

# Screens that ask about one item; the others ask for a whole list, or about the person.
_ABOUT_ONE = ("experience_", "etude_", "permis_details", "langue_niveau", "qualite_preuve", "interet_details")


@dataclass(frozen=True, slots=True)
class TextSpot:
    """A text with the key of its screen, the id (or '') and name of its item, and whether it is prose to proofread."""

    text: str
    step: str
    item: str = ""
    name: str = ""
    prose: bool = True


def text_spots(profile: Profile, cv: Cv) -> tuple[TextSpot, ...]:
    """Return every text that this CV shows, in the order of the questions; hidden items are left out."""
    everything = (
        *_person_spots(profile, cv),
        *_experience_spots(profile),
        *_study_spots(profile),
        *_other_spots(profile),
        *_opening_spots(cv),
    )
    return tuple(spot for spot in everything if spot.text and spot.item not in cv.hidden and spot.text not in cv.hidden)


def question_place(step: str, item: str) -> GuidePlace:
    """Return the question that holds a text. Screens that ask for a whole list are not about one of its items."""
    return GuidePlace(step, item if step.startswith(_ABOUT_ONE) else "")


def experience_name(experience: Experience) -> str:
    """Return the name of an experience for a sentence: the one that the page prints."""
    return naming.title_shown(experience)


def study_name(study: Study) -> str:
    """Return the name of a study for a sentence."""
    return study.title or study.school or "Cette formation"


def _person_spots(profile: Profile, cv: Cv) -> Iterator[TextSpot]:
    for text in (profile.first_name, profile.last_name):
        yield TextSpot(text, "prenom_nom", prose=False)
    yield TextSpot(profile.phone, "telephone", prose=False)
    yield TextSpot(profile.email, "email", prose=False)
    yield TextSpot(profile.town, "ville", prose=False)
    yield TextSpot(cv.job_wanted, "metier", name=cv.job_wanted)
    yield TextSpot(profile.availability, "disponibilite", name=profile.availability)
    yield from (TextSpot(line, "mobilite", name=line) for line in profile.mobility)


def _experience_spots(profile: Profile) -> Iterator[TextSpot]:
    for each in profile.experiences:
        name = experience_name(each)
        yield TextSpot(each.title, "experience_intitule", each.id, name)
        for text in (each.place, each.town):
            yield TextSpot(text, "experience_lieu", each.id, name, prose=False)
        yield TextSpot(each.period.words, "experience_dates", each.id, name)
        yield from (TextSpot(line, "experience_phrases", each.id, name) for line in each.phrases)


def _study_spots(profile: Profile) -> Iterator[TextSpot]:
    for each in profile.studies:
        name = study_name(each)
        yield TextSpot(each.title, "etude_intitule", each.id, name)
        for text in (each.school, each.town):
            yield TextSpot(text, "etude_lieu", each.id, name, prose=False)
        yield TextSpot(each.period.words, "etude_dates", each.id, name)


def _other_spots(profile: Profile) -> Iterator[TextSpot]:
    for certificate in profile.certificates:
        permit = cv_prompts().permits.get(certificate.key)
        yield TextSpot(certificate.label, "permis", certificate.id, certificate.label)
        asked = "permis_details" if permit and permit.details else "permis"
        yield TextSpot(certificate.detail, asked, certificate.id, certificate.label or certificate.detail)
    yield from (TextSpot(each.label, "langues", each.id, each.label) for each in profile.languages)
    for quality in profile.qualities:
        yield TextSpot(quality.label, "qualites", quality.id, quality.label)
        yield TextSpot(quality.proof, "qualite_preuve", quality.id, quality.label or quality.proof)
    for interest in profile.interests:
        yield TextSpot(interest.label, "interets", interest.id, interest.label)
        yield TextSpot(interest.detail, "interet_details", interest.id, interest.label or interest.detail)
    yield from (TextSpot(skill, "competences", name=skill) for skill in profile.skills)
    yield from (TextSpot(gap.text, "trous", gap.id, gap.text) for gap in profile.gaps)


def _opening_spots(cv: Cv) -> Iterator[TextSpot]:
    for position, line in enumerate(cv.opening):
        yield TextSpot(line, "accroche_1" if position == 0 else "accroche_2", name=line)
