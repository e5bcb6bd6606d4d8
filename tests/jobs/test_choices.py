"""Favourites and the quiz: a young person's own, saved like the CV."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from clicnjob import policy, works
from clicnjob.jobs import choices, finder, interests
from clicnjob.models import STAFF_ROLES, Account, Role
from tests.conftest import person
from tests.for_each import for_each

JOBS = [job.cle for job in finder.job_catalogue().categories]


def keep(session: Session, by: Account, key: str) -> None:
    choices.keep_favourite(session, by=by, key=key, operation=works.new_operation())


def test_nothing_is_chosen_at_first(session: Session, young: Account) -> None:
    assert choices.own_choices(session, of=young) == choices.JobChoices()


def test_a_job_is_kept_once_with_its_reason(session: Session, young: Account) -> None:
    for _ in range(2):
        keep(session, young, JOBS[0])
    choices.say_why(session, by=young, key=JOBS[0], why="J’aime bouger.", operation="why")
    kept = choices.own_choices(session, of=young).favourites
    assert [(one.key, one.why) for one in kept] == [(JOBS[0], "J’aime bouger.")]


def test_a_job_can_be_let_go(session: Session, young: Account) -> None:
    keep(session, young, JOBS[0])
    choices.drop_favourite(session, by=young, key=JOBS[0], operation="drop")
    assert choices.own_choices(session, of=young).favourites == []


def test_there_is_a_bound_to_favourites(session: Session, young: Account) -> None:
    for key in JOBS[: policy.FAVOURITES_AT_MOST]:
        keep(session, young, key)
    with pytest.raises(choices.TooManyFavourites):
        keep(session, young, JOBS[policy.FAVOURITES_AT_MOST])


def test_anothers_choices_are_not_seen(session: Session, young: Account) -> None:
    keep(session, person(session, Role.YOUNG), JOBS[0])
    assert choices.own_choices(session, of=young).favourites == []


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_professionals_keep_no_jobs(session: Session, role: Role) -> None:
    with pytest.raises(choices.FavouritesNotForStaff):
        choices.own_choices(session, of=person(session, role))


def test_quiz_answers_are_kept_taken_back_and_forgotten(session: Session, young: Account) -> None:
    first, second = (one.cle for one in interests.quiz_statements()[:2])
    choices.answer_statement(session, by=young, statement=first, liking="j_aime", operation="a")
    choices.answer_statement(session, by=young, statement=second, liking="non", operation="b")
    choices.answer_statement(session, by=young, statement=second, liking=None, operation="c")
    assert choices.own_choices(session, of=young).answers == {first: "j_aime"}
    choices.forget_answers(session, by=young, operation="d")
    assert choices.own_choices(session, of=young).answers == {}


def test_there_are_four_statements_for_each_type() -> None:
    letters = [one.lettre for one in interests.quiz_statements()]
    assert {letter: letters.count(letter) for letter in "RIASEC"} == dict.fromkeys("RIASEC", 4)


@for_each("letter", "RIASEC")
def test_liking_one_type_leads_to_its_jobs_with_the_reason(letter: str) -> None:
    answers = {one.cle: "j_aime" if one.lettre == letter else "non" for one in interests.quiz_statements()}
    found = interests.suggested_jobs(answers, catalogue=finder.job_catalogue())  # type: ignore[arg-type]
    assert 4 <= len(found) <= 6
    for one in found:
        assert letter in one.category.riasec
        assert one.because


def test_suggestions_are_not_all_of_one_family() -> None:
    answers = {one.cle: "j_aime" for one in interests.quiz_statements()}
    found = interests.suggested_jobs(answers, catalogue=finder.job_catalogue())  # type: ignore[arg-type]
    assert len({one.category.rome[0][0] for one in found}) >= 3


@pytest.mark.parametrize("liking", ["bof", "non"])
def test_nothing_is_suggested_to_who_liked_nothing(liking: str) -> None:
    answers = {one.cle: liking for one in interests.quiz_statements()}
    assert interests.suggested_jobs(answers, catalogue=finder.job_catalogue()) == ()  # type: ignore[arg-type]
