"""Signing young people up, and the names they have."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from clicnjob import models, policy
from clicnjob.accounts import card_holders, cards, codes, people, presence
from clicnjob.accounts.names import EmptyName
from clicnjob.accounts.people import MayNotEnrolYoung
from clicnjob.accounts.reauthentication import Proof
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import SUPPORT_ROLES, Account, AuditEvent, Organisation, Role
from tests.conftest import person
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")


def proof(by: Account) -> Proof:
    return Proof(by.id, models.utc_now())


@pytest.mark.parametrize("role", sorted(SUPPORT_ROLES))
def test_professionals_sign_young_people_up(session: Session, role: Role) -> None:
    account, code = people.enrol_young(
        session, by=person(session, role), first_name="Zoé", last_name="Bâ", now=models.utc_now()
    )
    assert (account.role, account.first_name, len(code)) == (Role.YOUNG, "Zoé", 11)


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST, Role.ADMIN])
def test_others_sign_nobody_up(session: Session, role: Role) -> None:
    with pytest.raises(MayNotEnrolYoung):
        people.enrol_young(session, by=person(session, role), first_name="Zoé", last_name="Bâ", now=models.utc_now())


@pytest.mark.parametrize("name", ["O'Brien & <b>Zoé</b>", "محمد عبد الله", "Robert'); DROP TABLE jeunes;--", "Na"])
def test_a_name_is_kept_to_the_letter(session: Session, name: str) -> None:
    account, _ = people.enrol_young(
        session, by=person(session, Role.ADVISER), first_name=name, last_name="B", now=models.utc_now()
    )
    assert account.first_name == name


@for_each("name", ["", "   ", "\u00a0", "\u3164", "\u200b"])
def test_a_name_is_not_empty(session: Session, name: str) -> None:
    with pytest.raises(EmptyName):
        people.enrol_young(
            session, by=person(session, Role.ADVISER), first_name=name, last_name="B", now=models.utc_now()
        )


@pytest.mark.parametrize("name", ["\ud83d", "a" + "\u0301" * 50, "x" * 101])
def test_a_name_that_no_database_holds_is_refused(session: Session, name: str) -> None:
    with pytest.raises(Refusal):
        people.enrol_young(
            session, by=person(session, Role.ADVISER), first_name=name, last_name="B", now=models.utc_now()
        )


@pytest.fixture
def chief(session: Session) -> Account:
    """An adviser of a structure."""
    return adviser(session, "Ici")


def adviser(session: Session, place: str) -> Account:
    organisation = Organisation(name=place)
    session.add(organisation)
    session.flush()
    return person(session, Role.ADVISER, organisation_id=organisation.id)


def test_professionals_see_the_young_people_of_their_structure_only(session: Session, chief: Account) -> None:
    mine, _ = people.enrol_young(session, by=chief, first_name="Moussa", last_name="Diarra", now=models.utc_now())
    other = adviser(session, "Ailleurs")
    people.enrol_young(session, by=other, first_name="Léa", last_name="Petit", now=models.utc_now())
    assert [found.id for found in card_holders.young_people(session, of=chief, now=models.utc_now())] == [mine.id]


def test_a_new_card_ends_every_sign_in_and_kills_the_old_card(session: Session, chief: Account) -> None:
    account, old = people.enrol_young(session, by=chief, first_name="Moussa", last_name="Diarra", now=models.utc_now())
    token = presence.begin_sign_in(session, account=account, now=models.utc_now())
    new = people.renew_card(session, by=chief, account_id=account.id, proof=proof(chief), now=models.utc_now())
    assert presence.present_person(session, token, now=models.utc_now()) is None
    assert (cards.first_use(session, code=new, now=models.utc_now()), new != old) == (True, True)


def test_a_card_is_not_renewed_by_another_structure_nor_by_a_young_person(session: Session, chief: Account) -> None:
    account, _ = people.enrol_young(session, by=chief, first_name="Moussa", last_name="Diarra", now=models.utc_now())
    other = adviser(session, "Ailleurs")
    for account_id in (account.id, "unknown"):
        with pytest.raises(NotFound):
            people.renew_card(session, by=other, account_id=account_id, proof=proof(other), now=models.utc_now())
    with pytest.raises(people.MayNotEnrolYoung):
        people.renew_card(session, by=account, account_id=account.id, proof=proof(account), now=models.utc_now())


def test_a_locked_card_is_unlocked_with_its_number_and_code(session: Session, chief: Account) -> None:
    account, code = people.enrol_young(session, by=chief, first_name="Moussa", last_name="Diarra", now=models.utc_now())
    cards.choose_pin(session, code=code, pin="482915", now=models.utc_now())
    for _ in range(policy.WRONG_PINS_FREE + 1):
        cards.begin_try(session, code=code, now=models.utc_now())
    assert [one.locked for one in card_holders.young_people(session, of=chief, now=models.utc_now())] == [True]
    people.unlock_card(session, by=chief, account_id=account.id, now=models.utc_now())
    assert [one.locked for one in card_holders.young_people(session, of=chief, now=models.utc_now())] == [False]
    assert cards.begin_try(session, code=code, now=models.utc_now()).secret_fits("482915")
    people.unlock_card(session, by=chief, account_id=account.id, now=models.utc_now())
    people.renew_card(session, by=chief, account_id=account.id, proof=proof(chief), now=models.utc_now())
    assert session.exec(select(AuditEvent.act).order_by(AuditEvent.id)).all() == [
        "young person signed up", "card unlocked", "card unlocked", "card renewed",
    ]  # fmt: skip


def test_a_card_is_not_unlocked_by_another_structure(session: Session, chief: Account) -> None:
    account, _ = people.enrol_young(session, by=chief, first_name="Moussa", last_name="Diarra", now=models.utc_now())
    with pytest.raises(NotFound):
        people.unlock_card(session, by=adviser(session, "Ailleurs"), account_id=account.id, now=models.utc_now())


def test_the_square_of_a_card_keeps_its_number_out_of_every_request() -> None:
    assert (
        codes.qr_code_text("K7QM2XHP9DC", address="https://ici.example/") == "https://ici.example/connexion#K7QM2XHP9DC"
    )
