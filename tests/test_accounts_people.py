"""Signing young people up, and the names they have."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from clicnjob.accounts import people
from clicnjob.accounts.names import EmptyName
from clicnjob.accounts.people import MayNotEnrol
from clicnjob.errors import Refusal
from clicnjob.models import STAFF_ROLES, Role
from tests.conftest import person

pytest_plugins = ["tests.doors"]
pytestmark = pytest.mark.usefixtures("peppered")


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_professionals_sign_young_people_up(session: Session, role: Role) -> None:
    account, code = people.enrol_young(session, by=person(session, role), first_name="Zoé", last_name="Bâ")
    assert (account.role, account.first_name, len(code)) == (Role.YOUNG, "Zoé", 11)


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST])
def test_young_people_sign_nobody_up(session: Session, role: Role) -> None:
    with pytest.raises(MayNotEnrol):
        people.enrol_young(session, by=person(session, role), first_name="Zoé", last_name="Bâ")


@pytest.mark.parametrize(
    "name", ["O'Brien & <b>Zoé</b>", "محمد عبد الله", "Robert'); DROP TABLE jeunes;--", "NA"]
)
def test_a_name_is_kept_to_the_letter(session: Session, name: str) -> None:
    account, _ = people.enrol_young(session, by=person(session, Role.ADVISER), first_name=name, last_name="B")
    assert account.first_name == name


@pytest.mark.parametrize("name", ["", "   ", "\u00a0", "\u3164", "\u200b"])
def test_a_name_is_not_empty(session: Session, name: str) -> None:
    with pytest.raises(EmptyName):
        people.enrol_young(session, by=person(session, Role.ADVISER), first_name=name, last_name="B")


@pytest.mark.parametrize("name", ["\ud83d", "a" + "\u0301" * 50, "x" * 101])
def test_a_name_that_no_database_holds_is_refused(session: Session, name: str) -> None:
    with pytest.raises(Refusal):
        people.enrol_young(session, by=person(session, Role.ADVISER), first_name=name, last_name="B")
