"""Ready phrases with and without their number."""

from __future__ import annotations

import pytest

from clicnjob.cv.model import phrases
from clicnjob.cv.model.prompts import cv_prompts
from tests.for_each import for_each

SERVE = "Servir les clients[, jusqu’à {40} par jour]"
PLAIN = "Ranger la réserve"


@pytest.mark.parametrize(
    ("template", "number", "said"),
    [
        (SERVE, 25, "Servir les clients, jusqu’à 25 par jour"),
        (SERVE, None, "Servir les clients"),
        (PLAIN, 3, PLAIN),
        ("Une ligne à moi (50 %) [ouverte", None, "Une ligne à moi (50 %) [ouverte"),
    ],
)
def test_a_phrase_is_said_with_its_number_or_without_the_bracket(template: str, number: int | None, said: str) -> None:
    assert phrases.phrase_text(template, number) == said


EVERY = [
    *(phrase for activity in cv_prompts().activities.values() for phrase in activity.phrases),
    *(phrase for kind in cv_prompts().kinds.values() for phrase in kind.phrases),
    *(proof for quality in cv_prompts().qualities.values() for proof in quality.preuves),
    *(detail for interest in cv_prompts().interests.values() for detail in interest.details),
    *(line for gap in cv_prompts().gaps.values() for line in gap.sur_le_cv),
    *(way.sur_le_cv for way in cv_prompts().job.mobilites),
]


@for_each("template", [template for template in EVERY if phrases.example_number(template)])
def test_every_phrase_takes_one_and_many(template: str) -> None:
    assert [phrases.number_in(template, phrases.phrase_text(template, number)) for number in (1, 2, 1500)] == [
        1,
        2,
        1500,
    ]


def test_one_is_followed_by_a_singular() -> None:
    assert (
        phrases.phrase_text("Garder des enfants[, {3} enfants par soir]", 1) == "Garder des enfants, 1 enfant par soir"
    )


@pytest.mark.parametrize("number", [None, 1, 2, 40, 1000])
def test_the_number_is_found_again_in_the_line(number: int | None) -> None:
    assert phrases.number_in(SERVE, phrases.phrase_text(SERVE, number)) == number
    assert phrases.is_said(SERVE, phrases.phrase_text(SERVE, number))


def test_another_line_is_not_taken_for_the_phrase() -> None:
    assert not phrases.is_said(SERVE, "Servir les clients, jusqu’à beaucoup par jour")


@pytest.mark.parametrize("wrong", ["Deux [{1}] et [{2}]", "Sans fin [{3}", "Sans nombre [beaucoup]", "{5} seul"])
def test_a_badly_written_phrase_is_told_to_its_author(wrong: str) -> None:
    with pytest.raises(ValueError, match="morceau"):
        phrases.checked_template(wrong)
