"""Conditions and the own situation are read before jobs: one kind sentence, never words of a job."""

from __future__ import annotations

import re
from functools import cache

import pytest

from clicnjob.jobs.catalogue import read_catalogue
from clicnjob.jobs.conditions import known_conditions, read_conditions
from clicnjob.jobs.index import Index, build_index
from clicnjob.jobs.query import read_query
from clicnjob.jobs.search import search_jobs
from tests.for_each import for_each


@cache
def index() -> Index:
    return build_index(read_catalogue())


@pytest.mark.long
def test_each_way_to_say_a_condition_leaves_the_job_and_adds_its_sentence() -> None:
    wrong = []
    for condition in known_conditions():
        ruled_out = "F1703" in condition.ecarte
        for said in condition.mots:
            answer = search_jobs(read_query(f"je cherche maçon, {said}"), index=index())
            told = condition.phrase in (*answer.notes, answer.said, answer.support and answer.support.phrase)
            if not told or "F1703" not in answer.codes or not ruled_out and answer.codes[0] != "F1703":
                wrong.append((said, answer.codes[:2], answer.notes))

    assert len(known_conditions()) >= 12 and not wrong


def test_a_condition_alone_gets_a_kind_sentence_and_a_question() -> None:
    wrong = []
    for condition in known_conditions():
        for said in condition.mots:
            answer = search_jobs(read_query(said), index=index())
            if not answer.support and not answer.notes and condition.phrase not in answer.said:
                wrong.append((said, answer.tier, answer.said))

    assert not wrong


def test_no_sentence_is_long() -> None:
    said = [one for condition in known_conditions() for one in re.split(r"(?<=[.!?])\s", condition.phrase)]

    assert [one for one in said if len(one.split()) > 15] == []


def test_a_job_whose_name_holds_a_condition_stays_whole() -> None:
    assert read_conditions(read_query("gardien de nuit")).conditions == ()


@for_each(
    ("wish", "key", "code"),
    [
        ("je suis autiste, je cherche un travail dans les trains", "handicap", "N4301"),
        ("je suis autiste j’aime les animaux", "handicap", "A1503"),
        ("en fauteuil je voudrais être comptable", "handicap", "M1203"),
    ],
)
def test_whoever_tells_of_a_handicap_and_names_a_job_is_answered(wish: str, key: str, code: str) -> None:
    answer = search_jobs(read_query(wish), index=index())

    assert answer.support and answer.support.cle == key and code in answer.codes


@for_each(
    ("wish", "first", "never"),
    [
        ("au chaud pas sous la pluie", {"M1602", "M1607"}, {"A1203", "F1702"}),
        ("un taf d’été, j’ai 16 ans", {"A1401", "K1303", "G1603"}, {"G1801", "K2503", "N4105"}),
        ("avec un casier je peux bosser où", {"F1704", "N1105", "N1103"}, {"K2503", "K2104"}),
        ("enceinte de 4 mois, un travail calme", {"M1601", "M1602", "M1606"}, {"N1105", "F1703"}),
        ("à l’hôpital mais sans voir de sang", {"J1301"}, {"J1506"}),
        ("que le week-end", {"G1603", "G1803", "D1505"}, set()),
        ("livreur mais sans permis", {"N4104"}, set()),
        ("grutier mais j’ai le vertige", set(), set()),
    ],
)
def test_what_fits_comes_first_and_what_is_ruled_out_does_not(wish: str, first: set[str], never: set[str]) -> None:
    answer = search_jobs(read_query(wish), index=index())

    assert answer.tier == "found" and (not first or answer.codes[0] in first), answer.codes
    assert not never.intersection(answer.codes[:5]), answer.codes


def test_a_condition_beside_something_said_does_not_take_its_place() -> None:
    asked = search_jobs(read_query("mécanicien sur tracteurs, le matin"), index=index())

    assert asked.codes[0] == "I1603"


def test_the_reason_names_the_words_of_the_condition() -> None:
    answer = search_jobs(read_query("en restant assise"), index=index())

    assert {match.because for match in answer.matches} == {"parce que tu as écrit « en restant assise »"}


def test_someone_helped_is_no_situation_of_ones_own() -> None:
    assert read_conditions(read_query("traduire pour un sourd")).conditions == ()
    assert [one.cle for one in read_conditions(read_query("sourd, je cherche un atelier")).conditions] == ["sourd"]


def test_every_code_of_a_condition_is_on_a_sheet_and_on_one_side() -> None:
    known = read_catalogue().by_code
    wrong = [
        (one.cle, code)
        for one in known_conditions()
        for code in (*one.convient, *one.ecarte)
        if code not in known or code in one.convient and code in one.ecarte
    ]

    assert wrong == []


def test_pas_does_not_deny_what_is_no_trouble() -> None:
    answer = search_jobs(read_query("ça me dérange pas de m’occuper des morts"), index=index())

    assert answer.codes[:1] and answer.codes[0].startswith("K26")


@for_each(
    ("wish", "key", "code"),
    [
        ("je suis sourde et je fais de la couture depuis toute petite", "handicap", "B1803"),
        ("j’ai le bracelet électronique, je dois être rentré à 19 h, le nettoyage ça me va", "justice", "K2204"),
    ],
)
def test_a_situation_beside_which_more_is_told_gets_its_door_and_jobs(wish: str, key: str, code: str) -> None:
    answer = search_jobs(read_query(wish), index=index())

    assert answer.support and answer.support.cle == key and code in answer.codes[:5]


def test_an_employer_who_takes_somebody_is_no_distress() -> None:
    answer = search_jobs(read_query("avec mon casier qui va me prendre, je veux être maçon"), index=index())

    assert answer.support and answer.support.cle == "justice" and answer.codes[0] == "F1703"


def test_a_denied_condition_is_not_wished() -> None:
    answer = search_jobs(read_query("je déteste rester assis, j’aime grimper aux arbres"), index=index())

    assert "rester assis" not in " ".join(match.because for match in answer.matches)
    assert read_conditions(read_query("je déteste rester assis")).conditions == ()
