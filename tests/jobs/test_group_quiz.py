"""The interest quiz with a group: hands are numbers, and what the group likes comes out of them."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from clicnjob.jobs import finder
from clicnjob.jobs.group_quiz import MOST_HANDS, Hands, interest_kinds, jobs_of, liked_kinds, with_hand
from clicnjob.jobs.interests import quiz_statements
from clicnjob.jobs.quiz_paper import quiz_paper
from tests.for_each import for_each


def hands(**letters: Hands) -> dict[str, Hands]:
    """The same hands for every statement of a letter."""
    return {one.cle: letters[one.lettre] for one in quiz_statements() if one.lettre in letters}


def found(**letters: Hands) -> list[str]:
    return [one.kind.lettre for one in liked_kinds(hands(**letters), catalogue=finder.job_catalogue())]


def test_each_letter_has_its_kind_once() -> None:
    assert sorted(kind.lettre for kind in interest_kinds()) == sorted({one.lettre for one in quiz_statements()})


@for_each("kind", interest_kinds())
def test_the_jobs_of_a_kind_exist_and_have_its_letter(kind) -> None:  # type: ignore[no-untyped-def]
    assert all(kind.lettre in job.riasec for job in jobs_of(kind, catalogue=finder.job_catalogue()))


def test_no_hand_says_nothing() -> None:
    assert found() == []


def test_the_most_liked_kinds_come_first() -> None:
    assert found(R=(3, 2, 5), S=(9, 1, 0), A=(6, 3, 1)) == ["S", "A", "R"]


def test_what_the_group_refuses_is_not_given() -> None:
    assert found(C=(1, 2, 7), E=(0, 10, 0)) == []


def test_at_most_three_kinds_are_given() -> None:
    assert len(found(R=(5, 0, 0), I=(5, 0, 0), A=(5, 0, 0), S=(5, 0, 0), E=(5, 0, 0), C=(5, 0, 0))) == 3


def test_a_statement_that_few_hands_answered_weighs_as_much_as_another() -> None:
    assert found(R=(12, 0, 4), I=(2, 0, 0)) == ["I", "R"]


def test_the_reasons_are_what_most_hands_liked() -> None:
    one, other = [one for one in quiz_statements() if one.lettre == "R"][:2]
    because = liked_kinds({one.cle: (8, 0, 0), other.cle: (0, 0, 8)}, catalogue=finder.job_catalogue())[0].because
    assert because == (one.parce_que,)


def test_a_hand_is_added_to_one_answer_only() -> None:
    assert with_hand((1, 2, 3), 1) == (1, 3, 3)


def test_hands_are_bounded() -> None:
    assert with_hand((MOST_HANDS, 0, 0), 0) == (MOST_HANDS, 0, 0)


@pytest.fixture(scope="module")
def paper() -> PdfReader:
    return PdfReader(BytesIO(quiz_paper(finder.job_catalogue())))


def words(paper: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def test_the_paper_is_one_sheet_tagged_and_in_french(paper: PdfReader) -> None:
    root = paper.trailer["/Root"]
    assert len(paper.pages) == 2 and root["/MarkInfo"]["/Marked"] and root["/Lang"] == "fr-FR"


@pytest.mark.long
@pytest.mark.slow
def test_the_paper_has_every_statement_of_the_screens(paper: PdfReader) -> None:
    assert [one.cle for one in quiz_statements() if one.texte not in words(paper)] == []


def test_the_paper_has_every_kind_and_its_jobs(paper: PdfReader) -> None:
    text = words(paper)
    shown = [
        kind.nom in text and all(job.nom_m in text for job in jobs_of(kind, catalogue=finder.job_catalogue()))
        for kind in interest_kinds()
    ]
    assert all(shown)
