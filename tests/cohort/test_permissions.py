"""Who may see whom: role by role, structure by structure, during a handover and after it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from clicnjob import models
from clicnjob.cohort import permissions
from clicnjob.errors import NotFound
from clicnjob.models import Account, Handover, Role
from tests.cohort_people import TODAY, Place, place
from tests.conftest import person

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def may(here: Place, who: Account, young: Account) -> bool:
    try:
        return permissions.followed_person(here.session, by=who, account_id=young.id, today=TODAY) is young
    except NotFound:
        return False


def lent(here: Place, young: Account, *, days: int) -> Handover:
    until = TODAY + timedelta(days=days)
    made = Handover(account_id=young.id, by_id=here.claire.id, from_id=here.claire.id, to_id=here.karim.id, until=until)
    here.session.add(made)
    here.session.flush()
    return made


def test_the_adviser_and_the_head_read_a_file_and_no_other_role_does(here: Place, session: Session) -> None:
    young = here.young()
    assert [may(here, who, young) for who in (here.claire, here.head)] == [True, True]
    assert not any(may(here, who, young) for who in (here.karim, here.trainer))
    for role in (Role.YOUNG, Role.GUEST, Role.ADMIN):
        assert not may(here, person(session, role, organisation_id=here.organisation_id), young)


def test_nobody_of_another_structure_reads_a_file(here: Place, session: Session) -> None:
    other = place(session, "Ailleurs")
    young = here.young()
    assert not any(may(here, who, young) for who in (other.claire, other.head))


def test_an_adviser_who_moved_to_another_structure_no_longer_reads(here: Place, session: Session) -> None:
    young = here.young()
    here.claire.organisation_id = place(session, "Ailleurs").organisation_id
    assert not may(here, here.claire, young)


@pytest.mark.parametrize("account_id", ["", "unknown", "' OR 1=1", "\ud83d"[:0]])
def test_an_unknown_person_answers_like_a_foreign_one(here: Place, account_id: str) -> None:
    with pytest.raises(NotFound):
        permissions.followed_person(here.session, by=here.claire, account_id=account_id, today=TODAY)


@pytest.mark.parametrize("who", ["claire", "head", "karim"])
def test_a_professional_is_no_young_person(here: Place, who: str) -> None:
    with pytest.raises(NotFound):
        permissions.followed_person(here.session, by=here.head, account_id=getattr(here, who).id, today=TODAY)


@pytest.mark.parametrize(("days", "seen"), [(0, True), (10, True), (-1, False)])
def test_a_colleague_reads_the_file_to_the_last_day_of_a_loan(here: Place, days: int, seen: bool) -> None:
    young = here.young()
    lent(here, young, days=days)
    assert may(here, here.karim, young) == seen
    assert may(here, here.claire, young)


def test_a_loan_taken_back_is_over(here: Place) -> None:
    young = here.young()
    lent(here, young, days=5).ended_at = here.claire.created_at
    assert not may(here, here.karim, young)


def test_a_closed_account_is_read_by_nobody(here: Place) -> None:
    young = here.young()
    young.closed_at = young.created_at
    assert not may(here, here.claire, young)
    assert not may(here, here.head, young)


def test_who_has_no_adviser_is_listed_by_name_and_can_be_taken_once(here: Place) -> None:
    young = here.young()
    young.adviser_id = None
    here.session.flush()
    assert [one.id for one in permissions.people_without_adviser(here.session, of=here.karim)] == [young.id]
    assert not may(here, here.karim, young)
    permissions.take_person(here.session, by=here.karim, account_id=young.id, now=models.utc_now())
    assert may(here, here.karim, young)
    assert permissions.people_without_adviser(here.session, of=here.claire) == ()
    with pytest.raises(NotFound):
        permissions.take_person(here.session, by=here.claire, account_id=young.id, now=models.utc_now())


def test_nobody_is_taken_from_a_colleague_or_another_structure(here: Place, session: Session) -> None:
    other = place(session, "Ailleurs")
    mine, alone = here.young(), here.young()
    alone.adviser_id = None
    session.flush()
    for who, young in ((here.karim, mine), (other.claire, alone), (here.trainer, alone), (here.head, alone)):
        with pytest.raises(NotFound):
            permissions.take_person(session, by=who, account_id=young.id, now=models.utc_now())


def test_colleagues_are_the_advisers_of_today(here: Place, session: Session) -> None:
    from clicnjob.models import RoleHeld

    held = session.get(RoleHeld, (here.karim.id, Role.ADVISER))
    assert held is not None
    assert [one.first_name for one in permissions.adviser_colleagues(session, of=here.claire, today=TODAY)] == [
        "Claire",
        "Karim",
    ]
    held.until = TODAY - timedelta(days=1)
    session.flush()
    assert [one.first_name for one in permissions.adviser_colleagues(session, of=here.claire, today=TODAY)] == [
        "Claire"
    ]


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST, Role.TRAINER, Role.ADMIN])
def test_other_roles_ask_nothing_of_a_cohort(here: Place, session: Session, role: Role) -> None:
    other = person(session, role, organisation_id=here.organisation_id)
    for asking in (
        lambda: permissions.people_without_adviser(session, of=other),
        lambda: permissions.adviser_colleagues(session, of=other, today=TODAY),
        lambda: permissions.visible_progress(other, today=TODAY),
    ):
        with pytest.raises(permissions.FollowsNobody):
            asking()
