"""The cards page: search in any order and without accents, pages, namesakes told apart, no card cancelled unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from clicnjob import policy
from clicnjob.accounts import card_holders, people
from clicnjob.accounts.people import CardJustMade, MayNotEnrolYoung
from clicnjob.accounts.reauthentication import Proof
from clicnjob.models import Enrolment
from tests.cohort_people import NOW, Place, place
from tests.conftest import count_queries

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def names_found(here: Place, search: str = "", page: int = 1) -> list[str]:
    found = card_holders.card_holders(here.session, of=here.trainer, search=search, page=page, now=NOW)
    return [f"{one.first_name} {one.last_name}" for one in found.people]


def test_a_name_is_found_in_any_order_without_accents_and_sorted_as_one_reads(here: Place) -> None:
    for first, last in (("Emre", "Çelik"), ("Zoé", "Zidi"), ("Ana", "Cole")):
        here.row(here.newcomer(first, last))
    assert names_found(here) == ["Emre Çelik", "Ana Cole", "Zoé Zidi"]
    assert names_found(here, "celik em") == ["Emre Çelik"]
    assert names_found(here, "zoe") == ["Zoé Zidi"]
    assert names_found(here, "%") == []


def test_who_was_enrolled_a_moment_ago_is_found_too(here: Place) -> None:
    here.newcomer("Lina", "Morel")
    assert names_found(here, "morel lina") == ["Lina Morel"]


def test_many_people_are_read_page_by_page_in_two_queries(here: Place) -> None:
    for number in range(policy.PEOPLE_A_PAGE + 2):
        here.newcomer(f"Jeune {number:03}", "Nombre")
    with count_queries(here.session.get_bind(), 2):  # type: ignore[arg-type]
        found = card_holders.card_holders(here.session, of=here.claire, search="", page=99, now=NOW)
    assert (len(found.people), found.found, found.page, found.pages) == (2, 52, 2, 2)


def test_the_month_of_birth_comes_with_the_name(here: Place) -> None:
    here.session.add(Enrolment(account_id=here.newcomer("Lina", "Morel").id, birth_month="2006-03"))
    here.session.flush()
    found = card_holders.card_holders(here.session, of=here.claire, search="", page=1, now=NOW)
    assert [one.birth_month for one in found.people] == ["2006-03"]


def test_another_structure_is_not_listed_and_a_young_person_lists_nobody(here: Place, session: Session) -> None:
    place(session, "Ailleurs").newcomer("Sam", "Loin")
    assert names_found(here) == []
    with pytest.raises(MayNotEnrolYoung):
        card_holders.card_holders(session, of=here.newcomer(), search="", page=1, now=NOW)


def test_a_card_that_a_colleague_has_just_made_is_not_cancelled_unseen(here: Place) -> None:
    zoe, asked_at = here.newcomer(), NOW
    later = NOW + timedelta(seconds=20)
    people.renew_card(here.session, by=here.karim, account_id=zoe.id, proof=Proof(here.karim.id, later), now=later)
    again = NOW + timedelta(seconds=40)
    with pytest.raises(CardJustMade):
        people.renew_card(
            here.session, by=here.claire, account_id=zoe.id, proof=Proof(here.claire.id, again), now=again,
            shown_at=asked_at,
        )  # fmt: skip
