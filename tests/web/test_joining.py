"""/rejoindre: a right code leads to the waiting room, a wrong one nowhere, and nobody gets another's place by name."""

from __future__ import annotations

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from clicnjob import db, models, workshop_policy
from clicnjob.models import Account, ParticipantState, Role, Workshop, WorkshopParticipant
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import entrance

pytest_plugins = ["tests.sign_in_pages"]
WRONG = "222222"


@pytest.fixture
def door(browser: TestClient, chief: Account) -> Workshop:
    """An open session of the served structure."""
    with db.write_transaction() as session:
        trainer = Account(organisation_id=chief.organisation_id, role=Role.TRAINER, first_name="Lina")
        session.add(trainer)
        session.flush()
        session.add(models.RoleHeld(account_id=trainer.id, role=Role.TRAINER))
        session.flush()
        now = models.utc_now()
        made = lifecycle.begin_workshop(session, by=trainer, kind="cv", now=now)
        entrance.open_joining(session, by=trainer, workshop_id=made, now=now)
        return session.get_one(Workshop, made)


def knock(browser: TestClient, code: str, name: str = "Sami") -> int:
    return browser.post("/rejoindre", data={"code": code, "prenom": name}).status_code


def people_of(door: Workshop) -> list[WorkshopParticipant]:
    with db.read_transaction() as session:
        rows = select(WorkshopParticipant).where(WorkshopParticipant.workshop_id == door.id)
        return list(session.exec(rows.order_by(col(WorkshopParticipant.asked_at))))


def guest_count() -> int:
    with db.read_transaction() as session:
        return len(session.exec(select(Account.id).where(Account.role == Role.GUEST)).all())


def test_the_sign_in_page_leads_to_the_door(browser: TestClient) -> None:
    assert 'href="/rejoindre"' in browser.get("/connexion").text


def test_a_guest_with_the_code_waits_to_be_let_in(browser: TestClient, door: Workshop) -> None:
    answer = browser.post("/rejoindre", data={"code": door.code.lower(), "prenom": "Sami"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/seance-en-cours")
    assert [(row.first_name, row.guest, row.state) for row in people_of(door)] == [
        ("Sami", True, ParticipantState.WAITING)
    ]


def test_a_name_typed_again_never_gives_a_place_back(browser: TestClient, door: Workshop) -> None:
    knock(browser, door.code)
    with db.write_transaction() as session:
        session.get_one(WorkshopParticipant, people_of(door)[0].id).state = ParticipantState.ADMITTED
    browser.cookies.clear()
    knock(browser, door.code)
    first, second = people_of(door)
    assert (first.state, second.state) == (ParticipantState.ADMITTED, ParticipantState.WAITING)
    assert first.account_id != second.account_id


def test_a_second_tab_keeps_the_one_place(browser: TestClient, door: Workshop) -> None:
    knock(browser, door.code)
    assert knock(browser, door.code) == 303
    assert len(people_of(door)) == 1


def test_who_was_removed_does_not_come_back_with_the_code(browser: TestClient, door: Workshop) -> None:
    knock(browser, door.code)
    with db.write_transaction() as session:
        session.get_one(WorkshopParticipant, people_of(door)[0].id).state = ParticipantState.REMOVED
    assert knock(browser, door.code) == 400
    assert [row.state for row in people_of(door)] == [ParticipantState.REMOVED]


def test_a_wrong_code_or_no_name_leaves_nothing(browser: TestClient, door: Workshop) -> None:
    before = guest_count()
    assert (knock(browser, WRONG), knock(browser, door.code, " ")) == (403, 400)
    assert (guest_count(), people_of(door)) == (before, [])


def test_after_ten_wrong_codes_a_right_one_waits_too(browser: TestClient, door: Workshop) -> None:
    browser.get("/rejoindre")
    assert {knock(browser, WRONG) for _ in range(workshop_policy.WRONG_CODES_A_MINUTE)} == {403}
    assert knock(browser, door.code) == 429


def test_a_dropped_cookie_does_not_free_an_address(browser: TestClient, door: Workshop) -> None:
    for _ in range(workshop_policy.WRONG_CODES_OF_AN_ADDRESS):
        browser.cookies.clear()
        knock(browser, WRONG)
    browser.cookies.clear()
    assert knock(browser, door.code) == 429
