"""The guided way: what comes next and what came before."""

from __future__ import annotations

import pytest

from clicnjob.cv.model import guide
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Certificate, Cv, Experience, Period, Profile, Study
from tests import make

TODAY = make.TODAY


def walked(profile: Profile, start: GuidePlace = guide.START) -> list[str]:
    way = [start]
    while way[-1] != guide.END:
        way.append(guide.next_place(way[-1], profile, today=TODAY))
        assert len(way) < 80
    return [str(place) for place in way]


def test_an_empty_profile_is_asked_each_thing_once() -> None:
    way = walked(Profile())
    assert way[0] == "prenom_nom"
    assert way[-1] == "fin"
    assert len(way) == len(set(way))
    assert "trous" not in way


def test_going_back_retraces_going_forward() -> None:
    profile, _ = make.whole()
    way = walked(profile)
    for before, after in zip(way, way[1:], strict=False):
        assert str(guide.previous_place(place(after), profile, today=TODAY)) == before


def test_the_questions_of_an_experience_lead_back_to_the_list() -> None:
    profile = Profile(experiences=[Experience(id="x")])
    at = GuidePlace("experience_activite", "x")
    seen = []
    while at.item:
        seen.append(at.screen)
        at = guide.next_place(at, profile, today=TODAY)
    assert tuple(seen) == guide.EXPERIENCE
    assert at == GuidePlace("experiences")


def test_a_level_without_speciality_is_not_asked_for_one() -> None:
    profile = Profile(studies=[Study(id="s", level="college")])
    after = guide.next_place(GuidePlace("etude_niveau", "s"), profile, today=TODAY)
    assert after.screen == "etude_lieu"


def test_a_permit_with_details_is_asked_for_them() -> None:
    with_details = Certificate(key="permis-b-en-cours")
    profile = Profile(certificates=[with_details, Certificate(key="permis-a1")])
    way = walked(profile)
    assert [step for step in way if step.startswith("permis_details")] == [f"permis_details/{with_details.id}"]


def test_a_long_stretch_of_nothing_is_asked_about() -> None:
    old = Experience(period=Period(start="2023-01", end="2023-03"))
    assert "trous" in walked(Profile(experiences=[old]))


@pytest.mark.parametrize("written", ["experience_lieu/gone", "langue_niveau/gone", "rubbish", ""])
def test_a_place_that_no_longer_exists_falls_back(written: str) -> None:
    found = guide.kept_place(written, Profile(), today=TODAY)
    assert found in (guide.START, GuidePlace("experiences"))


def test_every_stage_has_a_first_question() -> None:
    for stage in guide.STAGES:
        assert guide.first_of(stage).screen


def test_nothing_is_done_before_anything_is_answered() -> None:
    assert not any(guide.answered_stages(Profile(), Cv()).values())


def place(written: str) -> GuidePlace:
    screen, _, item = written.partition("/")
    return GuidePlace(screen, item)
