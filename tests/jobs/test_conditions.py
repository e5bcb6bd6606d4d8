"""Conditions and the own situation are read before jobs: one kind sentence, never words of a job."""

from __future__ import annotations

import re
from functools import cache

from clicnjob.jobs.catalogue import read_catalogue
from clicnjob.jobs.conditions import known_conditions, read_conditions
from clicnjob.jobs.index import Index, build_index
from clicnjob.jobs.query import read_query
from clicnjob.jobs.search import search_jobs
from tests.for_each import for_each


@cache
def index() -> Index:
    return build_index(read_catalogue())


def test_each_way_to_say_a_condition_leaves_the_job_and_adds_its_sentence() -> None:
    wrong = []
    for condition in known_conditions():
        for said in condition.mots:
            answer = search_jobs(read_query(f"je cherche maçon, {said}"), index=index())
            if answer.codes[:1] != ("F1703",) or condition.phrase not in answer.notes:
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
