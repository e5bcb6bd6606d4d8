"""The guided way: what comes next and what came before."""

from __future__ import annotations

import pytest

from clicnjob.cv.model import guide
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Certificate, Cv, Experience, Language, Period, Profile, Quality, Study
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


def test_going_back_retraces_going_forward_and_passes_by_every_item() -> None:
    profile, _ = make.whole()
    seen = walked_back(guide.GuidePlace("accroche_2"), profile)
    assert [str(at) for at in seen if not at.item or at.screen == "langue_niveau"] == walked(profile)[-2::-1]
    for item in (*profile.experiences, *profile.studies):
        assert any(at.item == item.id for at in seen)


def test_before_the_list_comes_the_last_question_of_the_last_experience() -> None:
    profile = Profile(experiences=[Experience(id="a"), Experience(id="b")])
    before = guide.previous_place(GuidePlace("experiences"), profile, today=TODAY)
    assert before == GuidePlace("experience_lieu", "b")


def test_the_short_way_asks_little_and_ends_on_the_page() -> None:
    way = walked(Profile(), guide.SHORT_START)
    assert way == [
        "court:prenom_nom",
        "court:telephone",
        "court:metier",
        "court:experiences",
        "court:accroche_1",
        "fin",
    ]


def test_on_the_short_way_one_experience_is_enough() -> None:
    profile = Profile(experiences=[Experience(id="x")])
    way = walked(profile, GuidePlace("experience_activite", "x", guide.SHORT))
    assert way == [*(f"court:{screen}/x" for screen in guide.EXPERIENCE), "court:accroche_1", "fin"]


def test_a_question_opened_alone_leads_back_to_the_page_after_its_details() -> None:
    profile = Profile(qualities=[Quality(key="calme")], languages=[Language(id="l")])
    assert walked(profile, GuidePlace("ville", way=guide.ALONE)) == ["seul:ville", "fin"]
    assert walked(profile, GuidePlace("qualites", way=guide.ALONE)) == ["seul:qualites", "seul:qualite_preuve", "fin"]
    assert walked(profile, GuidePlace("langues", way=guide.ALONE)) == ["seul:langues", "seul:langue_niveau/l", "fin"]


@pytest.mark.parametrize("way", [guide.WHOLE, guide.SHORT, guide.ALONE])
def test_a_place_is_read_again_as_it_was_written(way: guide.Way) -> None:
    profile = Profile(experiences=[Experience(id="x")])
    at = GuidePlace("experience_phrases", "x", way)
    assert guide.kept_place(str(at), profile, today=TODAY) == at


def test_a_question_that_shares_a_screen_leads_there() -> None:
    profile = Profile(experiences=[Experience(id="x")])
    assert guide.kept_place("ville", profile, today=TODAY) == GuidePlace("telephone")
    assert guide.kept_place("experience_dates/x", profile, today=TODAY) == GuidePlace("experience_lieu", "x")
    assert (
        guide.kept_place("qualite_preuve/gone", Profile(qualities=[Quality()]), today=TODAY).screen == "qualite_preuve"
    )


def test_nothing_can_be_continued_while_a_tile_must_be_chosen() -> None:
    empty = Profile(experiences=[Experience(id="x")], studies=[Study(id="s")])
    waiting = [GuidePlace("experience_activite", "x"), GuidePlace("etude_niveau", "s")]
    assert all(guide.awaits_choice(at, empty, today=TODAY) for at in waiting)
    assert guide.awaits_choice(GuidePlace("etudes"), Profile(), today=TODAY)
    assert not guide.awaits_choice(GuidePlace("etudes"), empty, today=TODAY)


def test_a_wish_that_led_to_no_job_is_no_answer() -> None:
    at = GuidePlace("metier")
    assert guide.lacks_answer(at, Profile(), Cv(wish="un truc dans les motos"))
    assert guide.lacks_answer(at, Profile(), Cv(wish="coiffer", job_wanted="Serveuse"))
    assert not guide.lacks_answer(at, Profile(), Cv(wish="serveuse", job_wanted="Serveuse"))


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


def test_permits_with_details_are_asked_for_them_on_one_screen() -> None:
    plain, detailed = Certificate(key="permis-a1"), Certificate(key="permis-b-en-cours")
    assert "permis_details" in walked(Profile(certificates=[detailed, plain]))
    assert "permis_details" not in walked(Profile(certificates=[plain]))


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


def walked_back(at: GuidePlace | None, profile: Profile) -> list[GuidePlace]:
    seen = []
    while at is not None:
        seen.append(at)
        at = guide.previous_place(at, profile, today=TODAY)
        assert len(seen) < 80
    return seen
