"""Locates each text of a CV: the screen that asks for it and the item it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clicnjob.cv.model.profile import Cv, Experience, Profile, Study
from clicnjob.cv.model.prompts import prompts


@dataclass(frozen=True, slots=True)
class Spot:
    """A text with the key of its screen, the id (or '') and name of its item, and whether it is prose to proofread."""

    text: str
    step: str
    item: str = ""
    name: str = ""
    prose: bool = True


def spots(profile: Profile, cv: Cv) -> tuple[Spot, ...]:
    """Return every text that this CV shows, in the order of the questions; hidden items are left out."""
    everything = (
        *_person(profile, cv),
        *_experiences(profile),
        *_studies(profile),
        *_others(profile),
        *_opening(cv),
    )
    return tuple(spot for spot in everything if spot.text and spot.item not in cv.hidden and spot.text not in cv.hidden)


def experience_name(experience: Experience) -> str:
    """Return the name of an experience for a sentence: its title, else its activity, else its place."""
    activity = prompts().activities.get(experience.activity)
    return experience.title or (activity.nom if activity else "") or experience.place or "Cette expérience"


def study_name(study: Study) -> str:
    """Return the name of a study for a sentence."""
    return study.title or study.school or "Cette formation"


def _person(profile: Profile, cv: Cv) -> Iterator[Spot]:
    for text in (profile.first_name, profile.last_name):
        yield Spot(text, "prenom_nom", prose=False)
    yield Spot(profile.phone, "telephone", prose=False)
    yield Spot(profile.email, "email", prose=False)
    yield Spot(profile.town, "ville", prose=False)
    yield Spot(cv.job_wanted, "metier", name=cv.job_wanted)
    yield Spot(profile.availability, "disponibilite", name=profile.availability)
    yield from (Spot(line, "mobilite", name=line) for line in profile.mobility)


def _experiences(profile: Profile) -> Iterator[Spot]:
    for each in profile.experiences:
        name = experience_name(each)
        yield Spot(each.title, "experience_intitule", each.id, name)
        for text in (each.place, each.town):
            yield Spot(text, "experience_lieu", each.id, name, prose=False)
        yield Spot(each.period.words, "experience_dates", each.id, name)
        yield from (Spot(line, "experience_phrases", each.id, name) for line in each.phrases)


def _studies(profile: Profile) -> Iterator[Spot]:
    for each in profile.studies:
        name = study_name(each)
        yield Spot(each.title, "etude_intitule", each.id, name)
        for text in (each.school, each.town):
            yield Spot(text, "etude_lieu", each.id, name, prose=False)
        yield Spot(each.period.words, "etude_dates", each.id, name)


def _others(profile: Profile) -> Iterator[Spot]:
    for certificate in profile.certificates:
        for text in (certificate.label, certificate.detail):
            yield Spot(text, "permis", certificate.id, certificate.label or text)
    yield from (Spot(each.label, "langues", each.id, each.label) for each in profile.languages)
    for quality in profile.qualities:
        yield Spot(quality.label, "qualites", quality.id, quality.label)
        yield Spot(quality.proof, "qualite_preuve", quality.id, quality.label or quality.proof)
    for interest in profile.interests:
        for text in (interest.label, interest.detail):
            yield Spot(text, "interets", interest.id, interest.label or text)
    yield from (Spot(skill, "competences", name=skill) for skill in profile.skills)
    yield from (Spot(gap.text, "trous", gap.id, gap.text) for gap in profile.gaps)


def _opening(cv: Cv) -> Iterator[Spot]:
    for position, line in enumerate(cv.opening):
        yield Spot(line, "accroche_1" if position == 0 else "accroche_2", name=line)
