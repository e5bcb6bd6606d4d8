"""The opening lines: only what the answers prove is offered."""

from __future__ import annotations

import pytest

from clicnjob.cv.model import opening_lines
from clicnjob.cv.model.profile import Certificate, Cv, Experience, Language, Profile, Quality
from clicnjob.cv.model.prompts import cv_prompts
from tests import make


def both(profile: Profile, cv: Cv) -> tuple[str, ...]:
    return (*opening_lines.opening_lines(1, profile, cv), *opening_lines.opening_lines(2, profile, cv))


def test_lines_can_be_offered_before_anything_is_answered() -> None:
    assert len(opening_lines.opening_lines(1, Profile(), Cv())) >= 3
    assert len(opening_lines.opening_lines(2, Profile(), Cv())) >= 3


def test_no_placeholder_is_left_in_a_line() -> None:
    assert not [line for line in both(*make.whole()) if "{" in line]


def test_lines_use_the_answers_of_the_person() -> None:
    lines = " ".join(both(*make.whole()))
    assert "serveuse" in lines
    assert "ponctuelle" in lines.lower()


@pytest.mark.parametrize(
    ("job", "said"), [("serveuse", "de serveuse"), ("aide en cuisine", "d’aide en cuisine"), ("hôtesse", "d’hôtesse")]
)
def test_the_job_is_elided_as_spoken(job: str, said: str) -> None:
    assert opening_lines.of_job(job) == said


def test_a_permit_not_yet_obtained_is_not_boasted_of() -> None:
    profile = Profile(certificates=[Certificate(key="permis-b-en-cours")])
    assert "en poche" not in " ".join(both(profile, Cv(job_wanted="Livreur")))


def test_french_is_not_offered_as_a_foreign_language() -> None:
    profile = Profile(languages=[Language(key="francais", can_do=["maternelle"])])
    assert "aussi français" not in " ".join(both(profile, Cv()))


def test_helping_ones_family_is_not_said_as_employment() -> None:
    profile = Profile(experiences=[Experience(kind="aide_famille", title="Aide familiale")])
    assert "aide familiale" not in " ".join(both(profile, Cv())).lower()


def test_the_same_job_is_not_said_twice_in_a_line() -> None:
    profile = Profile(experiences=[Experience(kind="stage", title="Serveuse")], qualities=[Quality(label="Calme")])
    for line in both(profile, Cv(job_wanted="Serveuse")):
        assert line.lower().count("serveuse") <= 1, line


def test_lines_that_nothing_can_prove_exist_in_the_content() -> None:
    keys = {line.cle for line in (*cv_prompts().openings.ligne1, *cv_prompts().openings.ligne2)}
    assert keys >= opening_lines._UNPROVEN
