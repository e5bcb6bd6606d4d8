"""The experiences that speak for the wanted job come first."""

from __future__ import annotations

from clicnjob.cv.model import relevance
from clicnjob.cv.model.profile import Experience
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.jobs.finder import job_catalogue
from tests.for_each import for_each

MARKET = Experience(title="Aide au marché", activity="marche-stand")
TABLE = Experience(title="Stage de serveuse", activity="service-en-salle")
KITCHEN = Experience(title="Commis", activity="aide-de-cuisine")
CHILDREN = Experience(title="Baby-sitter", activity="baby-sitting")
OWN = Experience(title="Maçon chez mon oncle")


@for_each(
    ("job", "first"),
    [
        ("Serveuse en restauration", TABLE),
        ("Serveur", TABLE),
        ("serveuse", TABLE),
        ("Cuisinière", KITCHEN),
        ("Commis de cuisine", KITCHEN),
        ("Garde d’enfants", CHILDREN),
        ("Maçon", OWN),
    ],
)
def test_the_experience_of_the_job_comes_first(job: str, first: Experience) -> None:
    assert relevance.relevant_first([MARKET, CHILDREN, OWN, TABLE, KITCHEN], job)[0] is first


@for_each("job", ["", "…", "un truc dans les motos", "je sais pas", "🦄", "a" * 400])
def test_a_wish_that_names_no_job_changes_nothing(job: str) -> None:
    given = [MARKET, CHILDREN, TABLE]
    assert relevance.relevant_first(given, job) == given


def test_a_near_job_comes_before_another_one() -> None:
    assert relevance.relevant_first([CHILDREN, KITCHEN, TABLE], "Serveuse") == [TABLE, KITCHEN, CHILDREN]


def test_common_words_are_no_likeness() -> None:
    assert relevance.relevant_first([CHILDREN, Experience(title="Aide à domicile")], "Aide de cuisine")[0] is CHILDREN


def test_every_job_sheet_with_activities_is_found_by_its_names() -> None:
    missing = [
        name
        for sheet in job_catalogue().categories
        for name in (sheet.nom_m, sheet.nom_f)
        if not set(sheet.activites) <= relevance.wanted_job(name).activities
    ]
    assert missing == []


def test_every_title_of_an_activity_is_found() -> None:
    missing = [
        title
        for activity in cv_prompts().activities.values()
        for title in activity.intitules
        if activity.cle not in relevance.wanted_job(title).activities
    ]
    assert missing == []
