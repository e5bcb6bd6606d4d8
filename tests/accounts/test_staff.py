"""Professionals: the first administrator, new accounts, passwords."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from clicnjob.accounts import staff
from clicnjob.accounts.passwords import ShortPassword
from clicnjob.accounts.staff import AlreadyStarted, LoginTaken, MayNotOpenStaff, WrongPassword
from clicnjob.accounts.waits import TooManyTries
from clicnjob.models import Account, Organisation, Password, Role
from tests.conftest import person

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOOD = "quatre mots assez longs"


def attempt(session: Session, login: str, password: str, now: datetime = NOW) -> Account:
    counted = staff.begin_try(session, login=login, now=now)
    if not counted.secret_fits(password):
        raise WrongPassword
    return staff.admit_professional(session, counted, now=now)


@pytest.fixture
def admin(session: Session) -> Account:
    staff.first_start(session, organisation_name="Mission locale")
    return session.exec(select(Account)).one()


def enrol(session: Session, by: Account, **other: str) -> Account:
    named = {"first_name": "Claire", "last_name": "Morvan", "login": "claire", "password": GOOD} | other
    return staff.enrol_staff(session, by=by, role=Role.ADVISER, **named)


def test_the_first_start_makes_a_structure_and_its_administrator(session: Session) -> None:
    password = staff.first_start(session, organisation_name="  École de la 2e chance ")
    admin = attempt(session, "ADMIN", password)
    assert admin.role is Role.ADMIN
    assert session.get(Organisation, admin.organisation_id).name == "École de la 2e chance"  # type: ignore[union-attr]


def test_there_is_one_first_start(session: Session, admin: Account) -> None:
    with pytest.raises(AlreadyStarted):
        staff.first_start(session, organisation_name="Autre")


def test_an_administrator_opens_accounts_in_their_structure(session: Session, admin: Account) -> None:
    assert enrol(session, admin).organisation_id == admin.organisation_id
    assert attempt(session, " Claire ", GOOD).first_name == "Claire"


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST, Role.ADVISER, Role.TRAINER])
def test_nobody_else_opens_staff_accounts(session: Session, role: Role) -> None:
    with pytest.raises(MayNotOpenStaff):
        enrol(session, person(session, role))


def test_a_young_role_is_not_staff(session: Session, admin: Account) -> None:
    with pytest.raises(MayNotOpenStaff):
        staff.enrol_staff(session, by=admin, role=Role.YOUNG, first_name="a", last_name="b", login="c", password=GOOD)


def test_a_login_belongs_to_one_person_whatever_its_case(session: Session, admin: Account) -> None:
    enrol(session, admin)
    with pytest.raises(LoginTaken):
        enrol(session, admin, login="CLAIRE ")


@pytest.mark.parametrize("password", ["", "onze lettre", "x" * 201])
def test_a_password_has_twelve_characters_or_more(session: Session, admin: Account, password: str) -> None:
    with pytest.raises(ShortPassword):
        enrol(session, admin, password=password)


def test_accents_typed_on_another_keyboard_are_the_same_password(session: Session, admin: Account) -> None:
    enrol(session, admin, password="été à la forêt")
    assert attempt(session, "claire", "été à la forêt")


def test_an_unknown_login_and_a_wrong_password_are_told_alike(session: Session, admin: Account) -> None:
    for login in ("admin", "personne"):
        with pytest.raises(WrongPassword):
            attempt(session, login, GOOD)


def test_wrong_passwords_wait_like_wrong_codes(session: Session, admin: Account) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassword):
            attempt(session, "admin", GOOD)
    with pytest.raises(TooManyTries, match="Attendez 1 minute"):
        attempt(session, "admin", GOOD)
    with pytest.raises(WrongPassword):
        attempt(session, "admin", GOOD, NOW + timedelta(minutes=2))


def test_the_password_itself_is_not_kept(session: Session, admin: Account) -> None:
    enrol(session, admin)
    assert all(row.hash.startswith("$argon2id$") for row in session.exec(select(Password)))
