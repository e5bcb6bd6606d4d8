"""Our ten plans: whole, of 90 minutes, short, varied, with a licence and a date."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from rapidfuzz import fuzz

from clicnjob import text
from clicnjob.paths import DATA, PACKAGE, PAGES
from clicnjob.workshops.live.activities import group_activities
from clicnjob.workshops.plans import library
from clicnjob.workshops.plans.words import Plan, PlanStep
from clicnjob.workshops.records.portfolio_words import portfolio_words
from tests.for_each import for_each

PLANS = list(library.shipped_plans().values())
STEPS = [(plan.id, step) for plan in PLANS for step in plan.etapes]
LONGEST_SENTENCE = 15  # words, of what young people hear or read
MOST_ALIKE = 88  # of 100 between two sentences of different plans

OTHER_SITES = {"Se déconnecter"}  # a button of somebody's real mail programme
ON_SCREEN = {key for key in group_activities() if key not in ("oral", "papier")}


def sentences(step: PlanStep) -> list[str]:
    said = " ".join((step.consigne, step.dire, *step.indices))
    return [one.strip() for one in re.split(r"(?<=[.!?…])\s+|(?<=[.!?…]\u00a0»)\s+", said) if one.strip()]


def test_there_are_ten_plans() -> None:
    assert len(PLANS) >= 10
    assert len({plan.titre for plan in PLANS}) == len(PLANS)


@for_each("plan", PLANS)
def test_a_plan_follows_the_common_frame(plan: Plan) -> None:
    minutes = [step.minutes for step in plan.etapes]
    assert sum(minutes) == plan.duree_min == 90
    assert (minutes[0], sum(minutes[1:-3]), minutes[-3:]) == (10, 65, [8, 4, 3])


@for_each("plan", PLANS)
def test_a_plan_says_its_licence_its_source_and_when_it_was_checked(plan: Plan) -> None:
    assert plan.licence and plan.auteur and plan.source
    assert date(2026, 1, 1) <= plan.verifie_le
    assert plan.kit and plan.emporte and sum(len(step.indices) for step in plan.etapes) >= 6


@for_each(("plan", "step"), STEPS)
def test_a_step_on_screens_goes_on_with_fewer_computers_and_without_internet(plan: str, step: PlanStep) -> None:
    if step.activite in ON_SCREEN:
        assert step.moins_de_postes and step.sans_internet
    assert (step.activite == "question") == (step.question is not None)


@for_each(("plan", "step"), STEPS)
def test_sentences_are_short(plan: str, step: PlanStep) -> None:
    assert [one for one in sentences(step) if len(one.split()) > LONGEST_SENTENCE + 3] == []


@for_each("plan", PLANS)
def test_a_sheet_that_a_step_names_is_in_the_kit(plan: Plan) -> None:
    kit = [text.fold_text(sheet.titre) for sheet in plan.kit] + [
        text.fold_text("Ce que j’aime")
    ]  # « Sur papier » has it
    said = " ".join(
        part for step in plan.etapes for part in (step.consigne, step.dire, step.moins_de_postes, step.sans_internet)
    )
    named = re.findall(r"(?:feuilles?|cartes|fiche|test) «\s([^»]+?)\s»", said)
    assert [one for one in named if not any(text.fold_text(one) in title for title in kit)] == []


@for_each(("plan", "step"), STEPS)
def test_the_wall_is_read_at_a_glance(plan: str, step: PlanStep) -> None:
    assert len(step.montrer.split("\n")) <= 3
    assert "  " not in step.montrer, "the wall draws two spaces as one, and what they part runs together"
    assert step.montrer != step.consigne


def test_no_sentence_is_another_with_its_nouns_swapped() -> None:
    said = [(plan, one) for plan, step in STEPS for one in sentences(step) if len(one.split()) >= 5]
    alike = [
        (first, second)
        for at, (plan, first) in enumerate(said)
        for other, second in said[at + 1 :]
        if plan != other and fuzz.ratio(first, second, score_cutoff=MOST_ALIKE)
    ]
    assert alike == []


@for_each(("plan", "step"), STEPS)
def test_what_a_step_says_to_touch_stands_on_a_screen(plan: str, step: PlanStep) -> None:
    said = " ".join((step.consigne, step.dire, step.montrer, *step.indices))
    touched = re.findall(
        r"(?:[Tt]ouche(?:z|r)?|l’exercice|Choisis|dans|puis|encore|à côté de|bandeau) «\s([^»]+?)\s»", said
    )
    assert [one for one in touched if one not in OTHER_SITES and one not in _app_words()] == []


@for_each("plan", PLANS)
def test_the_last_lines_are_written_and_not_only_said(plan: Plan) -> None:
    assert plan.etapes[-3].activite in ("papier", "portefeuille")


@for_each("plan", PLANS)
def test_a_sheet_for_the_last_lines_is_for_each_person(plan: Plan) -> None:
    closing = plan.etapes[-3]
    named = re.findall(r"«\s([^»]+?)\s»", closing.consigne + closing.sans_internet)
    sheets = [sheet for sheet in plan.kit if sheet.titre in named]
    assert [sheet.titre for sheet in sheets if not sheet.copies.startswith(("1 par personne", "2 par personne"))] == []


def test_each_activity_of_a_plan_has_phrases_of_its_own_on_the_portfolio_page() -> None:
    opened = {step.activite for _, step in STEPS if group_activities()[step.activite].compte}
    assert opened <= {activity for one in portfolio_words().fait for activity in one.activites}


@cache
def _app_words() -> str:
    """Everything that the app may show, with the spaces of the plans."""
    kinds = {".py", ".yaml", ".html", ".js"}
    files = (path for folder in (PACKAGE, PAGES, DATA) for path in folder.rglob("*") if path.suffix in kinds)
    return " ".join(path.read_text(encoding="utf-8") for path in files if "plans" not in path.parts)
