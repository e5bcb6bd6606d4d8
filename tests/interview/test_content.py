"""The words of the interview: enough of them, all distinct, simple, and calls in which nobody gets stuck."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz
from rapidfuzz.process import cdist
from streamlit.string_util import is_emoji

from clicnjob.interview import bank, calls, words
from clicnjob.interview.bank import FAMILIES, INTERVIEW, THEMES, QuestionGroup
from clicnjob.interview.calls import Call, walk_call
from clicnjob.interview.own import filled_sentence
from clicnjob.interview.words import FIELDS, SOURCES
from tests import french_sentences as french
from tests import interview_sample
from tests.for_each import for_each
from tests.yaml_files import read_yaml

BANK = bank.question_bank()
CALLS = list(calls.rehearsal_calls().values())
FILES = sorted(INTERVIEW.rglob("*.yaml"))
QUESTIONS = [question for group in BANK.groups.values() for question in group.questions]
ALIKE = 85  # of 100: above, two sentences say the same with other nouns
SENTENCE = 15  # words


def test_there_are_enough_questions_over_every_theme_and_family() -> None:
    general = [one for group in BANK.themes.values() for one in group.questions]
    assert len(general) >= 120
    assert tuple(BANK.themes) == THEMES
    assert "".join(BANK.families) == FAMILIES
    assert all(len(group.questions) >= 5 for group in BANK.groups.values())


def test_every_level_is_there() -> None:
    assert {question.niveau for question in QUESTIONS} == {1, 2, 3}
    assert all(any(one.niveau == 1 for one in BANK.themes[key].questions) for key in ("se-presenter", "motivation"))


@pytest.mark.parametrize("field", ["question", "exemple"])
def test_no_two_questions_and_no_two_examples_are_alike(field: str) -> None:
    texts = [getattr(question, field) for question in QUESTIONS]
    assert not _alike(texts)


def test_no_two_traps_reasons_or_answers_in_beats_are_the_same() -> None:
    for texts in (
        [one.piege for one in QUESTIONS],
        [one.pourquoi for one in QUESTIONS],
        [" ".join(one.temps) for one in QUESTIONS],
    ):
        assert not _alike(texts)


def test_questions_from_the_cv_and_pitch_lines_are_all_distinct() -> None:
    offered = [one for questions in words.interview_words().own.values() for one in questions]
    assert not _alike([one.question for one in offered if not one.sans_lieu])  # those say another one without its place
    assert not _alike([line for piece in words.interview_words().pitch for line in piece.debuts])


@for_each("file", FILES)
def test_sentences_are_short_and_typographic(file: Path) -> None:
    for text in _texts(read_yaml(file)):
        assert "'" not in text, text
        assert not re.search(r" [:;?!»]|« ", text), f"an ordinary space where it must not break: {text}"
        french.check_sentences(text, words=SENTENCE)


def test_a_beat_is_one_sentence_and_an_example_two_to_four() -> None:
    for question in QUESTIONS:
        assert all(len(french.sentences(beat)) <= 2 for beat in question.temps), question.cle
        assert 2 <= len(french.sentences(question.exemple)) <= 5, question.cle
        assert len(french.sentences(question.pourquoi)) <= 3, question.cle


def test_every_picture_is_one_emoji() -> None:
    titled: list[QuestionGroup | Call] = [*BANK.groups.values(), *CALLS]
    icons = [one.icon if isinstance(one, QuestionGroup) else one.icone for one in titled]
    assert all(is_emoji(icon) for icon in icons), [icon for icon in icons if not is_emoji(icon)]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.cle)
def test_a_call_can_be_lived_to_a_good_end_and_to_another(call: Call) -> None:
    good = walk_call(call, interview_sample.good_way(call))
    assert good.over and good.ending
    assert all(exchange.choice.bien for exchange in good.said)
    assert len(call.fins) >= 2
    assert any(not choice.bien for step in call.etapes for choice in step.choix)


def test_the_four_calls_are_there() -> None:
    assert set(calls.rehearsal_calls()) == {
        "demander-s-ils-recrutent",
        "etre-rappele",
        "laisser-un-message",
        "prevenir-d-un-retard",
    }


def test_the_day_offers_twelve_questions_and_clothes_for_every_family() -> None:
    day = words.interview_words().day
    assert len(day.questions_a_poser) == 12
    for letter in (*FAMILIES, "Z"):
        assert 2 <= len(day.clothes_for(letter)) <= 4


def test_every_sentence_from_the_cv_can_be_filled() -> None:
    everything = dict.fromkeys(FIELDS, "un mot")
    for source in SOURCES:
        for one in words.interview_words().own[source]:
            assert filled_sentence(one.question, everything) and filled_sentence(one.debut, everything), one.cle


def test_a_source_without_its_place_still_has_questions() -> None:
    placeless = {name: "un mot" for name in FIELDS if name != "lieu"}
    for source in SOURCES:
        found = [one for one in words.interview_words().own[source] if filled_sentence(one.question, placeless)]
        assert len(found) >= 2, source


def _alike(texts: list[str]) -> list[tuple[str, str]]:
    scores = cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    return [(texts[a], texts[b]) for a in range(len(texts)) for b in range(a) if scores[a][b]]


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
