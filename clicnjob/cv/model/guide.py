"""Orders the questions of the guided CV: which comes next and which came before, given a person's answers.

A place is a screen (data/prompts/ecrans.yaml), the id of the item that it is about, and the way on which the person is:
the whole way, the short way to a first page, or one question alone, which leads back to the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from clicnjob.cv.model import periods
from clicnjob.cv.model.profile import Cv, Experience, Gap, Period, Profile, Study
from clicnjob.cv.model.prompts import Prompts, Screen, cv_prompts
from clicnjob.text import fold_text

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
EXPERIENCE = ("experience_activite", "experience_phrases", "experience_intitule", "experience_lieu")
STUDY = ("etude_niveau", "etude_intitule", "etude_lieu", "etude_fin")

Way = Literal["", "court", "seul"]
WHOLE: Way = ""
SHORT: Way = "court"  # a first page in ten minutes
ALONE: Way = "seul"  # one question, opened from the page, and back to it

_SHORT_SCREENS = ("prenom_nom", "telephone", "metier", "experiences", "accroche_1")
_CAN_WAIT = ("email", "ville")
_SHORT_STAGES = ("identite", "metier", "experiences", "accroche", "fin")
# The details of all chosen items are asked on one screen, after the screen where they are chosen.
_DETAILS = {"permis": "permis_details", "qualites": "qualite_preuve", "interets": "interet_details"}


@dataclass(frozen=True, slots=True)
class GuidePlace:
    """A position in the guide: a screen, the id of the item it is about or '', and the way that leads on from it."""

    screen: str
    item: str = ""
    way: Way = WHOLE

    def __str__(self) -> str:
        where = f"{self.screen}/{self.item}" if self.item else self.screen
        return f"{self.way}:{where}" if self.way else where


START = GuidePlace("prenom_nom")
SHORT_START = GuidePlace("prenom_nom", way=SHORT)
END = GuidePlace("fin")


def kept_place(written: str, profile: Profile, *, today: date) -> GuidePlace:
    """Parse a stored place; it falls back to the list or to the start if the place no longer exists.

    A question that another screen asks leads to that screen.
    """
    named, _, where = written.rpartition(":")
    way = next((known for known in (SHORT, ALONE) if known == named), WHOLE)
    screen, _, item = where.partition("/")
    screen = cv_prompts().asked_on(screen)
    if screen in EXPERIENCE or screen in STUDY:
        return GuidePlace(screen, item, way) if _thing_with_id(profile, item) else GuidePlace(_hub_of(screen), way=way)
    wanted = GuidePlace(screen, "" if screen in _DETAILS.values() else item)
    return replace(wanted if wanted in _main_way(profile, today) else START, way=way)


def next_place(at: GuidePlace, profile: Profile, *, today: date) -> GuidePlace:
    """Return the next question, or END."""
    if chain := _screen_chain(at, profile):
        position = chain.index(at.screen) + 1
        if position < len(chain):
            return replace(at, screen=chain[position])
        hub = GuidePlace(_hub_of(at.screen), way=at.way)
        return hub if at.way == WHOLE else next_place(hub, profile, today=today)
    if at.way == ALONE:
        return _place_of_details(at, profile, today)
    way = _way_of(at, profile, today)
    position = way.index(at) + 1
    return way[position] if position < len(way) else END


def previous_place(at: GuidePlace, profile: Profile, *, today: date) -> GuidePlace | None:
    """Return the question before this one in the order of the way, or None at the start.

    Before a list come the questions about its items, so that going back leaves none out.
    """
    places = [place for listed in _way_of(at, profile, today) for place in (*_item_places(listed, profile), listed)]
    position = places.index(at) if at in places else 0
    return places[position - 1] if position else None


def first_of(stage: str, *, way: Way = WHOLE) -> GuidePlace:
    """Return the first question of a stage, where a click on the path leads."""
    if stage == END.screen:
        return END
    asked = (screen for screen in cv_prompts().screens.values() if screen.etape == stage and not screen.avec)
    keys = [screen.cle for screen in asked]
    return GuidePlace(
        next((key for key in keys if key in _SHORT_SCREENS), keys[0]) if way == SHORT else keys[0], way=way
    )


def companions_of(at: GuidePlace) -> tuple[str, ...]:
    """Return the other questions that the screen of this place asks; the short way leaves out what can wait."""
    asked = cv_prompts().asked_with(at.screen)
    return tuple(key for key in asked if at.way != SHORT or key not in _CAN_WAIT)


def stages_of(way: Way) -> tuple[str, ...]:
    """Return the stages that this way goes through, in order."""
    return _SHORT_STAGES if way == SHORT else tuple(STAGES)


def stage_of(at: GuidePlace) -> str:
    """Return the stage that a place belongs to. A gap is asked about after the studies."""
    return "etudes" if at.screen == "trous" else cv_prompts().screens[at.screen].etape


def resumed_place(profile: Profile, cv: Cv) -> GuidePlace:
    """Return where to go on when somebody comes back from the page: the first stage without an answer."""
    return first_of(next((stage for stage, begun in answered_stages(profile, cv).items() if not begun), "identite"))


def awaits_choice(at: GuidePlace, profile: Profile, *, today: date) -> bool:
    """Tell whether the answer is one of the tiles of the screen and none was chosen: nothing can be continued yet."""
    thing = _thing_with_id(profile, at.item)
    match at.screen:
        case "experiences":
            return not profile.experiences
        case "etudes":
            return not profile.studies
        case "experience_activite":
            return isinstance(thing, Experience) and not thing.activity
        case "etude_niveau":
            return isinstance(thing, Study) and not thing.level
        case "trous":
            return bool(uncovered_gaps(profile, today=today))
    return False


def lacks_answer(at: GuidePlace, profile: Profile, cv: Cv) -> bool:
    """Tell whether this question is one that the page needs and has no answer yet."""
    thing = _thing_with_id(profile, at.item)
    match at.screen:
        case "prenom_nom":
            return not (profile.first_name or profile.last_name)
        case "telephone":
            return not (profile.phone or profile.email)
        case "metier":
            return not cv.job_wanted or has_open_wish(cv)
        case "experience_phrases":
            return isinstance(thing, Experience) and not thing.phrases
    return False


def has_open_wish(cv: Cv) -> bool:
    """Tell whether words were typed for a job and none was chosen for them."""
    return bool(cv.wish) and fold_text(cv.wish) != fold_text(cv.job_wanted)


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


def has_first_page(profile: Profile, cv: Cv) -> bool:
    """Tell whether the page says enough to be sent: a name, how to call, the job wanted, and one thing done."""
    done = answered_stages(profile, cv)
    return all(done[stage] for stage in ("identite", "metier", "experiences")) and any(
        e.phrases for e in profile.experiences
    )


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


def _hub_of(screen_key: str) -> str:
    return "experiences" if screen_key in EXPERIENCE else "etudes"


def _thing_with_id(profile: Profile, item: str) -> Experience | Study | None:
    things: tuple[Experience | Study, ...] = (*profile.experiences, *profile.studies)
    return next((thing for thing in things if thing.id == item), None)


def _item_places(hub: GuidePlace, profile: Profile) -> tuple[GuidePlace, ...]:
    """Return the questions about the items of a list; none for another screen."""
    things: dict[str, Sequence[Experience | Study]] = {"experiences": profile.experiences, "etudes": profile.studies}
    first = {"experiences": EXPERIENCE[0], "etudes": STUDY[0]}
    starts = [GuidePlace(first[hub.screen], thing.id, hub.way) for thing in things.get(hub.screen, ())]
    return tuple(replace(at, screen=screen) for at in starts for screen in _screen_chain(at, profile))


def _place_of_details(at: GuidePlace, profile: Profile, today: date) -> GuidePlace:
    """Return the question about the details of what this one chose, or END."""
    way = _main_way(profile, today)
    here = replace(at, way=WHOLE)
    after = way[min(way.index(here) + 1, len(way) - 1)] if here in way else END
    detailed = after.screen in (_DETAILS.get(at.screen), "langue_niveau")
    return replace(after, way=ALONE) if detailed else END


def _way_of(at: GuidePlace, profile: Profile, today: date) -> tuple[GuidePlace, ...]:
    """Return the questions of the way on which this place is; a place that it skips comes where the order puts it."""
    whole = _main_way(profile, today)
    if at.way == WHOLE:
        return whole
    if at.way == ALONE:
        return (at,)
    needless = "experiences" if profile.experiences and at.screen != "experiences" else ""
    kept = [
        one for one in whole if one.screen in _SHORT_SCREENS and one.screen != needless or one == replace(at, way=WHOLE)
    ]
    return tuple(replace(one, way=SHORT) for one in kept)


def _main_way(profile: Profile, today: date) -> tuple[GuidePlace, ...]:
    words = cv_prompts()
    gap = [GuidePlace("trous")] if uncovered_gaps(profile, today=today) or profile.gaps else []
    permits = [words.permits[one.key] for one in profile.certificates if one.key in words.permits]
    detailed = {
        "permis": any(permit.details for permit in permits),
        "qualites": bool(profile.qualities),
        "interets": bool(profile.interests),
    }
    details = {chosen: [GuidePlace(_DETAILS[chosen])] if asked else [] for chosen, asked in detailed.items()}
    return (
        *map(GuidePlace, ("prenom_nom", "telephone", "metier", "disponibilite", "mobilite", "experiences", "etudes")),
        *gap,
        *(GuidePlace("permis"), *details["permis"]),
        GuidePlace("langues"),
        *(GuidePlace("langue_niveau", language.id) for language in profile.languages),
        *(GuidePlace("qualites"), *details["qualites"]),
        *(GuidePlace("interets"), *details["interets"]),
        *map(GuidePlace, ("competences", "accroche_1", "accroche_2", "fin")),
    )
