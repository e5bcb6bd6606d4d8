"""Proofreading: faulty lines are put right, right lines are left alone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable

import pytest

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.cv.model import phrases
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.paths import ROOT
from clicnjob.proofreading import grammalecte, grammar, proofread, spelling
from tests.for_each import for_each

CASES = ROOT / "tests" / "proofreading_cases.yaml"
PUT_RIGHT = 0.94  # share of the faulty lines that first suggestions alone put right; measured 0.96
SEEN = 0.96  # share of the faulty lines with a remark at all; measured 0.98


class Cases(ContentModel):
    """tests/proofreading_cases.yaml."""

    fautes: list[list[str]]
    justes: list[str]


CASE = content.read_content(Cases, CASES)


def put_right(line: str) -> str:
    """The line after taking the first suggestion of the first remark, again and again."""
    for _ in range(12):
        found = next((r for r in proofread.proofreading_remarks(line) if r.suggestions), None)
        if found is None:
            return line
        line = proofread.corrected_text(line, found, found.suggestions[0])
    return line


def suggested(line: str, *, known: Iterable[str] = ()) -> list[tuple[str, str]]:
    return [
        (r.text, r.suggestions[0] if r.suggestions else "")
        for r in proofread.proofreading_remarks(line, known=set(known))
    ]


def straight(line: str) -> str:
    return line.replace("’", "'")


def test_there_are_enough_cases_to_judge_by() -> None:
    assert len(CASE.fautes) >= 120
    assert len(CASE.justes) >= 150


@for_each("line", CASE.justes)
def test_a_right_line_gets_no_remark(line: str) -> None:
    assert suggested(line) == []


@for_each("line", sorted({meant for _, meant in CASE.fautes}))
def test_a_corrected_line_gets_no_remark(line: str) -> None:
    still_faulty = {"Relation client", "college jean moulin"}
    assert line in still_faulty or suggested(line) == []


def test_first_suggestions_put_most_faulty_lines_right() -> None:
    wrong = [(typed, put_right(typed)) for typed, meant in CASE.fautes if straight(put_right(typed)) != straight(meant)]
    assert 1 - len(wrong) / len(CASE.fautes) >= PUT_RIGHT, wrong


def test_nearly_every_faulty_line_gets_a_remark() -> None:
    missed = [typed for typed, _ in CASE.fautes if not proofread.proofreading_remarks(typed)]
    assert 1 - len(missed) / len(CASE.fautes) >= SEEN, missed


@pytest.mark.long
def test_no_phrase_of_the_catalogue_gets_a_remark() -> None:
    offered = cv_prompts()
    ready = [t for words in (*offered.activities.values(), *offered.kinds.values()) for t in words.phrases]
    lines = [phrases.phrase_text(t, number) for t in ready for number in (None, phrases.example_number(t))]
    assert [(line, suggested(line)) for line in dict.fromkeys(lines) if proofread.proofreading_remarks(line)] == []


@for_each("rule", grammar.grammar_rules())
def test_a_rule_puts_its_own_examples_right_and_leaves_the_right_ones(rule: grammar.GrammarRule) -> None:
    for example in rule.words.exemple:
        typed, meant = example.split(" → ")
        found = next(f for f in grammar.grammar_findings(typed) if f.rule.cle == rule.words.cle)
        assert typed[: found.start] + found.proposals[0] + typed[found.end :] == meant
        assert list(grammar.grammar_findings(meant)) == []
    for line in rule.words.juste:
        assert list(grammar.grammar_findings(line)) == []


def test_there_are_at_least_forty_grammar_rules_with_distinct_keys() -> None:
    keys = [rule.words.cle for rule in grammar.grammar_rules()]
    assert len(keys) == len(set(keys)) >= 40


def test_reasons_are_short_and_typographic() -> None:
    reasons = [rule.words.pourquoi for rule in grammar.grammar_rules()]
    assert [why for why in reasons if len(re.findall(r"\w+", why)) > 16 or "'" in why or not why.endswith(".")] == []


def test_remarks_are_in_order_and_never_overlap() -> None:
    text = "\n".join(typed for typed, _ in CASE.fautes)
    found = proofread.proofreading_remarks(text)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    assert all(text[r.start : r.end] == r.text for r in found)


def test_at_most_three_suggestions_are_given() -> None:
    found = [r for typed, _ in CASE.fautes for r in proofread.proofreading_remarks(typed)]
    assert max(len(r.suggestions) for r in found) <= 3


def test_a_suggestion_never_repeats_what_was_typed() -> None:
    found = [r for typed, _ in CASE.fautes for r in proofread.proofreading_remarks(typed)]
    assert [r for r in found if r.text in r.suggestions] == []


def test_straight_and_typographic_apostrophes_are_read_alike() -> None:
    assert suggested("J'ai aider ma mère") == suggested("J’ai aider ma mère") == [("aider", "aidé")]


def test_words_of_the_person_are_left_alone() -> None:
    assert suggested("Stage au restorant", known=["restorant"]) == []


def test_a_known_name_of_several_words_covers_each_of_them() -> None:
    assert suggested("Vendeuse à la boutik kreol", known=["Boutik Kreol, Fort-de-France"]) == []


def test_addresses_links_and_quoted_names_are_no_prose() -> None:
    assert suggested("jaime.bcp@exemple.fr www.telephone-mobil.fr « Chez Restorant »") == []


def test_a_line_in_capitals_is_offered_calm_with_its_acronyms_kept() -> None:
    found = proofread.proofreading_remarks("CAP CUISINE ET STAGE DANS UN RESTAURANT EHPAD")
    assert found[0].kind == "capitals"
    assert found[0].suggestions == ("CAP cuisine et stage dans un restaurant EHPAD",)


def test_acronyms_and_names_in_capitals_are_left_alone() -> None:
    assert suggested("CACES R489, SSIAP, MOHAMED TRAORÉ") == []


def test_a_capital_at_the_start_is_kept_in_the_suggestion() -> None:
    assert suggested("Preparer les colis") == [("Preparer", "Préparer")]


def test_chat_words_are_written_in_full() -> None:
    found = proofread.proofreading_remarks("bcp de clients le soir")
    assert [(r.kind, r.suggestions) for r in found] == [("sms", ("beaucoup",))]


def test_a_text_of_several_lines_is_read_line_by_line() -> None:
    found = proofread.proofreading_remarks("Ranger les rayons\nNetoyer les tables")
    assert [(r.start, r.text) for r in found] == [(18, "Netoyer")]


def test_a_remark_that_no_longer_fits_changes_nothing() -> None:
    remark = proofread.proofreading_remarks("Netoyer les tables")[0]
    assert proofread.corrected_text("Laver les tables", remark, "Nettoyer") == "Laver les tables"


def test_remarks_can_be_written_as_json() -> None:
    told = proofread.remarks_as_json(proofread.proofreading_remarks("Netoyer les tables"))
    assert json.loads(json.dumps(told)) == told
    assert set(told[0]) == {"start", "end", "text", "suggestions", "why", "kind"}


@for_each("text", ["", " ", "\n\n", "🔥🔥", "¤", "-’-", "a" * 4000, "é’" * 500, "محمد", "x\u0301" * 50])
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert all(text[r.start : r.end] == r.text for r in proofread.proofreading_remarks(text))


@for_each(
    ("wrong", "meant"),
    [("restorant", "restaurant"), ("experiance", "expérience"), ("travaillier", "travailler"),
     ("telephone", "téléphone"), ("lécole", "l’école"), ("chevals", "chevaux"), ("courier", "courrier")],
)  # fmt: skip
def test_the_word_that_was_meant_comes_first(wrong: str, meant: str) -> None:
    assert spelling.spelling_suggestions(wrong)[0] == meant


@for_each("word", ["cariste", "caristes", "réassort", "rapidement", "prioritairement", "savoir-faire", "œuvrer"])
def test_words_of_trade_and_words_built_regularly_are_known(word: str) -> None:
    assert spelling.is_known(word)


@for_each("word", ["etre", "aprés", "frere", "restorant", "menage"])
def test_faults_that_the_dictionary_holds_by_mistake_are_wrong(word: str) -> None:
    assert not spelling.is_known(word)


def test_every_word_file_is_read_without_a_mistake() -> None:
    proofread.load_word_files()


def test_no_usual_word_is_also_listed_as_a_fault() -> None:
    assert not spelling.word_list("usuels") & (spelling.word_list("intrus") | set(spelling.wrong_words()))


@pytest.mark.skipif(not shutil.which(grammalecte.COMMAND), reason="grammalecte-cli n’est pas installé ici")
def test_grammalecte_adds_what_our_rules_do_not_see() -> None:
    text = "Ranger les rayons\nJe suis partis tôt"
    ours, deeper = proofread.proofreading_remarks(text), proofread.proofreading_remarks(text, deeper=True)
    assert [r.text for r in ours] == []
    assert [(r.text, r.suggestions) for r in deeper] == [("partis", ("parti",))]


def test_without_grammalecte_a_deeper_reading_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert proofread.proofreading_remarks("Netoyer les tables", deeper=True) == proofread.proofreading_remarks(
        "Netoyer les tables"
    )


def test_a_grammalecte_that_talks_nonsense_is_left_out(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = tmp_path / grammalecte.COMMAND
    command.write_text('#!/bin/sh\necho \'{"data": [{"iParagraph": 99}]}\'\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert grammalecte.grammalecte_alerts("Je suis partis") == ()


def test_remarks_on_several_texts_come_back_with_their_own_text() -> None:
    found = proofread.of_texts(["Servir les clients", "j’ai travailler", "", "dans un restorant"])
    assert [(text, remark.text) for text, remark in found] == [
        ("j’ai travailler", "travailler"),
        ("dans un restorant", "restorant"),
    ]


def test_a_hostile_text_costs_no_more_than_a_long_page() -> None:
    import random
    import time

    chance = random.Random(7)
    unknown = [" ".join("".join(chance.choices("bcdfghjkl", k=9)) for _ in range(400)) for _ in range(50)]
    begun = time.process_time()
    proofread.of_texts(unknown)
    proofread.of_texts(["Accueillir les cliens avec le sourire et tenir la caise. " * 3_500])
    assert time.process_time() - begun < 6


def test_the_faults_of_a_long_page_are_all_seen() -> None:
    lines = [f"J’ai aidé {number} cliens avec le sourire." for number in range(60)]
    assert len(proofread.of_texts(lines)) == 60
