"""« Améliore ta page »: what is missing, most missed first, with a question that adds it."""

from __future__ import annotations

from clicnjob.cv.model import guide
from clicnjob.cv.model.improvements import LACKS_IN_EXPERIENCE, LACKS_ON_PAGE, improvement_words, page_improvements
from clicnjob.cv.model.profile import Cv, Experience, Period, Profile
from clicnjob.cv.model.prompts import cv_prompts
from tests import french_sentences as french
from tests import make


def keys(profile: Profile, cv: Cv) -> list[str]:
    return [one.key for one in page_improvements(profile, cv)]


def test_every_improvement_has_its_condition_its_question_and_short_words() -> None:
    words = improvement_words()
    assert sorted(one.cle for one in words) == sorted([*LACKS_ON_PAGE, *LACKS_IN_EXPERIENCE])
    assert [one.ecran for one in words if one.ecran not in cv_prompts().screens] == []
    for one in words:
        french.check_sentences(one.phrase, words=15)


def test_after_the_short_way_dates_and_availability_come_first() -> None:
    profile = Profile(
        first_name="Inès", last_name="Benali", phone="+33612345678",
        experiences=[Experience(id="x", title="Serveuse", phrases=["Servir"])],
    )  # fmt: skip
    cv = Cv(job_wanted="Serveuse", aim="emploi", opening=["Envie d’apprendre"])
    found = page_improvements(profile, cv)
    assert [one.key for one in found][:3] == ["dates", "disponibilite", "formation"]
    assert "Serveuse" in found[0].sentence
    assert found[0].place == guide.GuidePlace("experience_dates", "x", guide.ALONE)


def test_what_was_added_is_no_longer_proposed() -> None:
    profile = Profile(experiences=[Experience(period=Period(start="2024"), town="Lens", phrases=["Servir"])])
    assert {"dates", "lieu", "phrases", "experience"}.isdisjoint(keys(profile, Cv()))
    assert len(keys(*make.whole())) < len(keys(Profile(), Cv()))


def test_a_hidden_experience_needs_nothing() -> None:
    assert "dates" not in keys(Profile(experiences=[Experience(id="x")]), Cv(hidden=["x"]))
