"""Examples of answers come from the person's own family of jobs, where a question is about oneself and the job."""

from __future__ import annotations

from clicnjob.interview.bank import FAMILIES, question_bank
from clicnjob.interview.words import interview_words
from clicnjob.ui.young.interview import choosing


def test_every_family_has_the_same_examples_of_known_questions() -> None:
    examples = interview_words().examples
    assert list(examples) == list(FAMILIES)
    asked = {frozenset(each) for each in examples.values()}
    assert len(asked) == 1 and all(question_bank().question_with_key(key) for key in next(iter(asked)))


def test_an_aide_soignante_reads_no_plasterer_s_example() -> None:
    question = question_bank().question_with_key("trente-secondes")
    assert question is not None
    words = interview_words()
    assert "plaquiste" in words.example_of(question, family="F")
    assert "soignants" in words.example_of(question, family="J")
    assert words.example_of(question, family="") == question.exemple


def test_a_job_is_known_by_either_of_its_names() -> None:
    assert choosing.job_named("Jardinière") == choosing.job_named("jardinier, paysagiste") == "jardinier"
    assert choosing.job_named("") == choosing.job_named("un truc dans les motos") == ""
