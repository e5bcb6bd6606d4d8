"""Every line of every word file: some of its words find its first job among the first three; none calls for help."""

from __future__ import annotations

from functools import cache

import pytest

from clicnjob.jobs.catalogue import LINES, Brand, Catalogue, CatalogueLine, entry_lines, read_catalogue, spoken_forms
from clicnjob.jobs.index import Index, build_index
from clicnjob.jobs.query import read_query
from clicnjob.jobs.refusals import GOES_ON
from clicnjob.jobs.search import search_jobs
from clicnjob.paths import DATA, ROOT
from tests.for_each import for_each

WORDS = DATA / "jobs" / "mots"
SHARED = ROOT.parent / "shared"


@cache
def catalogue() -> Catalogue:
    return read_catalogue()


@cache
def index() -> Index:
    return build_index(catalogue())


def _lines() -> list[tuple[str, int, CatalogueLine | Brand]]:
    lexicon = catalogue().lexicon
    files: dict[str, tuple[CatalogueLine | Brand, ...]] = {**lexicon.lines, "marques": lexicon.brands}
    return [
        (name, number, line)
        for name, lines in files.items()
        for number, line in zip(entry_lines(WORDS / f"{name}.yaml"), lines, strict=True)
    ]


@pytest.mark.long
@pytest.mark.slow
@for_each(("name", "number", "line"), _lines())
def test_the_words_of_a_line_find_its_first_job_among_the_first_three(
    name: str, number: int, line: CatalogueLine | Brand
) -> None:
    forms = spoken_forms(line)
    tried = {forms[0], forms[len(forms) // 2], forms[-1]}  # each of ten thousand words would take half a minute
    answers = {word: search_jobs(read_query(word), index=index()) for word in tried}

    assert not [word for word, answer in answers.items() if line.codes[0] not in answer.codes[:3]], (
        f"{name}.yaml:{number}"
    )
    assert not [word for word, answer in answers.items() if answer.support], "taken for distress"


@pytest.mark.long
@for_each(("number", "line"), list(zip(entry_lines(WORDS / "refus.yaml"), catalogue().lexicon.unanswered, strict=True)))
def test_the_words_of_a_refusal_give_no_job_and_its_sentence(number: int, line) -> None:  # type: ignore[no-untyped-def]
    answers = [search_jobs(read_query(word.replace(GOES_ON, "zorglub")), index=index()) for word in line.mots]

    assert all(not answer.codes and answer.said for answer in answers), f"refus.yaml:{number}"


@pytest.mark.long
@pytest.mark.slow
@for_each(
    ("number", "line"), list(zip(entry_lines(WORDS / "hors_sujet.yaml"), catalogue().lexicon.off_topic, strict=True))
)
def test_a_word_beside_the_subject_gives_no_job_unless_a_job_has_it_word_for_word(number: int, line) -> None:  # type: ignore[no-untyped-def]
    answered = [word for word in line.mots if search_jobs(read_query(word), index=index()).codes]

    assert all(search_jobs(read_query(word), index=index()).matches[0].score == 1.0 for word in answered), (
        f"hors_sujet.yaml:{number}"
    )


def test_a_job_is_not_its_own_neighbour() -> None:
    near = catalogue().lexicon.near

    assert not [code for code, others in near.items() if code in others or len(set(others)) < len(others)]


def test_every_code_has_everyday_titles() -> None:
    titled = {code for line in catalogue().lexicon.lines["titres"] for code in line.codes}

    assert set(catalogue().by_code) - titled == set()


def test_every_code_of_the_directory_stands_under_one_job() -> None:
    table = SHARED / "rome" / "rome532_categories.tsv"
    if not table.exists():
        pytest.skip("le répertoire ROME n’est pas là")
    codes = {row.split("\t")[0] for row in table.read_text(encoding="utf-8").splitlines()[1:]}

    assert set(catalogue().by_code) == codes


def test_the_word_files_are_as_rich_as_the_search_needs() -> None:
    lines = catalogue().lexicon.lines
    brands = sum(len(brand.marques) for brand in catalogue().lexicon.brands)

    assert all(len(lines[name]) >= least for name, least in _LEAST.items()) and brands >= 300


_LEAST = dict(zip(LINES, (532, 100, 150, 200, 100, 120, 60, 50), strict=True))
