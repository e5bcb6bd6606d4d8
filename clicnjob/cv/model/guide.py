"""Orders the questions of the guided CV: which comes next and which came before, given a person's answers.

A place is a screen (data/prompts/ecrans.yaml) and, for questions about one item, the id of that item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clicnjob.cv.model import periods
from clicnjob.cv.model.profile import Cv, Experience, Gap, Period, Profile, Study
from clicnjob.cv.model.prompts import Prompts, Screen, cv_prompts

STAGES: dict[str, str] = {
    "identite": "Moi",
    "metier": "Le métier",
    "experiences": "Mes expériences",
    "etudes": "Mes études",
    "permis": "Mes permis",
    "langues": "Mes langues",
    "qualites": "Mes qualités",
    "interets": "Ce que j’aime",
    "accroche": "Ma présentation",
    "fin": "Ma page",
}

# The questions about one item; after the last one, the person returns to the screen that lists the items.
EXPERIENCE = (
    "experience_activite",
    "experience_phrases",
    "experience_intitule",
    "experience_lieu",
    "experience_dates",
)
STUDY = ("etude_niveau", "etude_intitule", "etude_lieu", "etude_dates", "etude_fin")


@dataclass(frozen=True, slots=True)
class GuidePlace:
    """A position in the guide: a screen, and the id of the item it is about, or ''."""

    screen: str
    item: str = ""

    def __str__(self) -> str:
        return f"{self.screen}/{self.item}" if self.item else self.screen


START = GuidePlace("prenom_nom")
END = GuidePlace("fin")


def kept_place(written: str, profile: Profile, *, today: date) -> GuidePlace:
    """Parse a stored place; it falls back to the list or to the start if the place no longer exists."""
    screen, _, item = written.partition("/")
    wanted = GuidePlace(screen, item)
    if screen in EXPERIENCE or screen in STUDY:
        return wanted if _thing_with_id(profile, item) else _hub_of(screen)
    return wanted if wanted in _main_way(profile, today) else START


def next_place(at: GuidePlace, profile: Profile, *, today: date) -> GuidePlace:
    """Return the next question."""
    if chain := _screen_chain(at, profile):
        position = chain.index(at.screen) + 1
        return GuidePlace(chain[position], at.item) if position < len(chain) else _hub_of(at.screen)
    way = _main_way(profile, today)
    return way[min(way.index(at) + 1, len(way) - 1)]


def previous_place(at: GuidePlace, profile: Profile, *, today: date) -> GuidePlace | None:
    """Return the previous question, or None at the start."""
    if chain := _screen_chain(at, profile):
        position = chain.index(at.screen)
        return GuidePlace(chain[position - 1], at.item) if position else _hub_of(at.screen)
    way = _main_way(profile, today)
    position = way.index(at)
    return way[position - 1] if position else None


def first_of(stage: str) -> GuidePlace:
    """Return the first question of a stage, where a click on the path leads."""
    return next(GuidePlace(screen.cle) for screen in cv_prompts().screens.values() if screen.etape == stage)


def screen_at(at: GuidePlace, profile: Profile, words: Prompts | None = None) -> Screen:
    """Return the texts of this place; a list that already has an item asks for another one instead."""
    offered = (words or cv_prompts()).screens
    if at.screen == "experiences" and profile.experiences:
        return offered["experiences_suite"]
    if at.screen == "etudes" and profile.studies:
        return offered["etudes_suite"]
    return offered[at.screen]


def answered_stages(profile: Profile, cv: Cv) -> dict[str, bool]:
    """Return for each stage whether it has an answer; the path shows those as done."""
    return {
        "identite": bool(profile.first_name and (profile.phone or profile.email)),
        "metier": bool(cv.job_wanted),
        "experiences": bool(profile.experiences),
        "etudes": bool(profile.studies),
        "permis": bool(profile.certificates),
        "langues": bool(profile.languages),
        "qualites": bool(profile.qualities),
        "interets": bool(profile.interests),
        "accroche": bool(cv.opening or profile.skills),
        "fin": False,
    }


def uncovered_gaps(profile: Profile, *, today: date) -> tuple[Period, ...]:
    """Return the periods of six months or more that nothing covers yet."""
    dated: Sequence[Experience | Gap | Study] = [*profile.experiences, *profile.gaps, *profile.studies]
    return periods.uncovered_periods([thing.period for thing in dated], today=today)


def _screen_chain(at: GuidePlace, profile: Profile) -> tuple[str, ...]:
    if at.screen in EXPERIENCE:
        return EXPERIENCE
    if at.screen not in STUDY:
        return ()
    thing = _thing_with_id(profile, at.item)
    level = next(
        (lv for lv in cv_prompts().studies.niveaux if isinstance(thing, Study) and lv.cle == thing.level), None
    )
    needless = {
        "etude_intitule" if level and not level.specialite else "",
        "etude_fin" if level and not level.etats else "",
    }
    return tuple(key for key in STUDY if key not in needless or key == at.screen)


def _hub_of(screen_key: str) -> GuidePlace:
    return GuidePlace("experiences" if screen_key in EXPERIENCE else "etudes")


def _thing_with_id(profile: Profile, item: str) -> Experience | Study | None:
    things: tuple[Experience | Study, ...] = (*profile.experiences, *profile.studies)
    return next((thing for thing in things if thing.id == item), None)


def _main_way(profile: Profile, today: date) -> tuple[GuidePlace, ...]:
    words = cv_prompts()
    with_details = [c.id for c in profile.certificates if (p := words.permits.get(c.key)) and p.details]
    gap = [GuidePlace("trous")] if uncovered_gaps(profile, today=today) or profile.gaps else []
    return (
        *map(GuidePlace, ("prenom_nom", "telephone", "email", "ville", "metier", "disponibilite", "mobilite")),
        *map(GuidePlace, ("experiences", "etudes")),
        *gap,
        GuidePlace("permis"),
        *(GuidePlace("permis_details", item) for item in with_details),
        GuidePlace("langues"),
        *(GuidePlace("langue_niveau", language.id) for language in profile.languages),
        GuidePlace("qualites"),
        *(GuidePlace("qualite_preuve", quality.id) for quality in profile.qualities),
        GuidePlace("interets"),
        *(GuidePlace("interet_details", interest.id) for interest in profile.interests),
        *map(GuidePlace, ("competences", "accroche_1", "accroche_2", "fin")),
    )
