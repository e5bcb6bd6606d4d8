"""« J’ai fini » of a guest: one question when work would be lost, a file or a card on the spot, and never a way into a cohort."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select, update
from starlette.testclient import TestClient

from clicnjob import db, models, policy, works
from clicnjob.accounts import card_holders, own_cards, people, presence
from clicnjob.accounts.own_cards import NewCard, NoOwnCard, TooManyOwnCards
from clicnjob.accounts.people import MayNotEnrolYoung
from clicnjob.accounts.presence import Present
from clicnjob.apply import applications
from clicnjob.cohort import permissions
from clicnjob.cohort.support import help_requests
from clicnjob.config import current_settings
from clicnjob.cv.model import bag
from clicnjob.demo.people import fill_bag
from clicnjob.errors import NotFound
from clicnjob.models import (
    Account,
    Card,
    Organisation,
    ParticipantState,
    PortfolioLine,
    Role,
    Work,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.web import COOKIE
from clicnjob.web.auth import guest_leaving
from tests import make
from tests.conftest import person

pytest_plugins = ["tests.sign_in_pages"]
PIN = "482915"
QUESTION = "Prendre mon CV d’abord"


@pytest.fixture
def guest(browser: TestClient) -> Account:
    """A guest with a CV, signed in at the browser."""
    account = arrived(browser)
    with db.write_transaction() as session:
        fill_bag(session, account, *make.whole())
    return account


def arrived(browser: TestClient) -> Account:
    assert browser.post("/connexion/essai").status_code == 303
    with db.read_transaction() as session:
        return session.exec(select(Account).where(Account.id == here(browser, session).id)).one()


def here(browser: TestClient, session: Session) -> Present:
    found = presence.recognised_person(session, browser.cookies[COOKIE], now=models.utc_now())
    assert found is not None
    return found


def visit_of(browser: TestClient) -> str:
    with db.read_transaction() as session:
        return here(browser, session).visit


def account_of(known: Account) -> Account | None:
    with db.read_transaction() as session:
        return session.get(Account, known.id)


def make_own_card(browser: TestClient, pin: str = PIN, again: str = "") -> str:
    """Choose a PIN; returns the text of the page."""
    return browser.post("/sortie/carte", data={"code": pin, "encore": again or pin}).text


def number_in(page: str) -> str:
    return page.split('class="card-number"')[1].split(">")[1].split("<")[0].strip()


def test_a_guest_with_a_cv_is_asked_and_keeps_everything_meanwhile(browser: TestClient, guest: Account) -> None:
    answer = browser.get("/sortie")
    assert QUESTION in answer.text and COOKIE in browser.cookies
    assert "Téléchargements" not in answer.text and account_of(guest) is not None
    assert answer.headers["cache-control"] == "no-store"


def test_one_more_click_erases_and_leaves(browser: TestClient, guest: Account) -> None:
    way_out = f"/sortie?visite={visit_of(browser)}"
    assert f'href="{way_out}"' in browser.get("/sortie").text
    assert "À bientôt" in browser.get(way_out).text
    assert COOKIE not in browser.cookies and account_of(guest) is None


def test_a_guest_who_wrote_nothing_is_not_asked(browser: TestClient) -> None:
    account = arrived(browser)
    with db.write_transaction() as session:
        bag.open_bag(session, by=account, operation=works.new_operation())
    assert "À bientôt" in browser.get("/sortie").text
    assert account_of(account) is None


def test_a_guest_with_applications_and_no_cv_is_asked_about_their_work(browser: TestClient) -> None:
    account = arrived(browser)
    with db.write_transaction() as session:
        applications.add_application(
            session, by=account, title="Maçon", operation=works.new_operation(), today=date.today()
        )
    assert "Garder mon travail d’abord" in browser.get("/sortie").text
    taken = browser.post("/sortie/emporter", follow_redirects=True)
    assert b"Ma" in taken.content and "json" in taken.headers["content-type"]
    assert "À bientôt" in browser.get("/sortie").text


def test_the_cv_is_downloaded_on_the_spot_and_then_nothing_is_asked(browser: TestClient, guest: Account) -> None:
    taken = browser.post("/sortie/emporter", follow_redirects=True)
    assert taken.content.startswith(b"%PDF") and "attachment" in taken.headers["content-disposition"]
    answer = browser.get("/sortie")
    assert "À bientôt" in answer.text and "Téléchargements" in answer.text
    assert account_of(guest) is None


def test_what_changes_after_the_download_is_asked_about_again(browser: TestClient, guest: Account) -> None:
    browser.post("/sortie/emporter", follow_redirects=True)
    with db.write_transaction() as session:
        kept = bag.own_bag(session, of=guest)
        assert kept is not None
        bag.save_answer(
            session,
            by=guest,
            cv_id=kept.cvs[0].id,
            alter=lambda profile, cv: setattr(profile, "town", "Lens"),
            bases=kept.versions,
            operation=works.new_operation(),
        )
    assert QUESTION in browser.get("/sortie").text


def test_who_only_wrote_the_page_of_a_session_is_asked_about_it(browser: TestClient) -> None:
    account = arrived(browser)
    with db.write_transaction() as session:
        structure = Organisation(name="École d’essai")
        session.add(structure)
        session.flush()
        trainer = person(session, Role.TRAINER, organisation_id=structure.id)
        workshop = Workshop(organisation_id=structure.id, by_id=trainer.id, kind="cv", title="Mon premier CV")
        session.add(workshop)
        session.flush()
        row = WorkshopParticipant(
            workshop_id=workshop.id,
            account_id=account.id,
            first_name="Lou",
            guest=True,
            state=ParticipantState.ADMITTED,
        )
        session.add(row)
        session.flush()
        session.add(PortfolioLine(participant_id=row.id))
    with db.read_transaction() as session:
        me = here(browser, session)
    assert not guest_leaving.may_lose_work(me), "nothing is written on the page yet"
    with db.write_transaction() as session:
        session.exec(update(PortfolioLine).values(did="J’ai écrit un CV"))
    assert "Prendre ma page d’abord" in browser.get("/sortie").text
    taken = browser.post("/sortie/emporter", follow_redirects=True)
    assert taken.content.startswith(b"%PDF")


def test_somebody_with_a_card_is_not_asked(browser: TestClient, card: str) -> None:
    browser.post("/connexion", data={"numero": card, "code": PIN})
    assert "À bientôt" in browser.get("/sortie").text


def test_an_idle_end_and_a_sleeping_visit_ask_nobody(browser: TestClient, guest: Account) -> None:
    with db.write_transaction() as session:
        session.get_one(models.SignIn, here(browser, session).sign_in_id).slept_at = models.utc_now()
    assert "À bientôt" in browser.get("/sortie").text
    assert account_of(guest) is None


def test_the_card_keeps_the_work_and_opens_it_again(browser: TestClient, guest: Account) -> None:
    before = browser.cookies[COOKIE]
    number = number_in(make_own_card(browser))
    kept = account_of(guest)
    assert kept is not None and (kept.role, kept.organisation_id, kept.adviser_id) == (Role.YOUNG, None, None)
    assert kept.first_name == make.whole()[0].first_name
    with db.read_transaction() as session:
        assert presence.recognised_person(session, before, now=models.utc_now()) is None  # the guest's token is void
        assert session.exec(select(Work).where(Work.account_id == guest.id)).all()
    assert "À bientôt" in browser.get("/sortie").text
    browser.cookies.clear()
    assert browser.post("/connexion", data={"numero": number, "code": PIN}).status_code == 303
    with db.read_transaction() as session:
        assert here(browser, session).id == guest.id


@pytest.mark.parametrize(
    ("pin", "again", "sentence"),
    [
        ("123456", "", "trop facile"),
        ("482915", "482916", "pas pareils"),
        ("48", "", "6 chiffres"),
        ("", "", "6 chiffres"),
    ],
)
def test_a_pin_that_is_refused_makes_no_card(
    browser: TestClient, guest: Account, pin: str, again: str, sentence: str
) -> None:
    assert sentence in make_own_card(browser, pin, again)
    kept = account_of(guest)
    assert kept is not None and kept.role is Role.GUEST and QUESTION in browser.get("/sortie").text


def test_the_form_sent_twice_makes_one_card(browser: TestClient, guest: Account) -> None:
    make_own_card(browser)
    assert browser.post("/sortie/carte", data={"code": PIN, "encore": PIN}).headers["location"] == "/"
    with db.read_transaction() as session:
        assert len(session.exec(select(Card).where(Card.account_id == guest.id)).all()) == 1


def test_a_second_tab_that_was_slower_is_refused(browser: TestClient, guest: Account) -> None:
    with db.write_transaction() as session:
        known = here(browser, session)
        own_cards.keep_with_card(
            session, by=known, card=NewCard("A", "x"), first_name="", last_name="", now=models.utc_now()
        )
        with pytest.raises(NoOwnCard):
            own_cards.keep_with_card(
                session, by=known, card=NewCard("B", "x"), first_name="", last_name="", now=models.utc_now()
            )
        session.rollback()


@pytest.mark.parametrize("address", ["/sortie/carte", "/sortie/emporter"])
def test_nobody_else_gets_a_card_or_a_file(browser: TestClient, address: str) -> None:
    answer = browser.post(address, data={"code": PIN, "encore": PIN})
    assert answer.status_code == 303 and "document" not in answer.headers["location"]
    assert not browser.cookies


def test_another_site_cannot_make_a_card(browser: TestClient, guest: Account) -> None:
    foreign = {"origin": "https://ailleurs.example", "sec-fetch-site": "cross-site"}
    answer = browser.post("/sortie/carte", data={"code": PIN, "encore": PIN}, headers=foreign)
    assert answer.status_code == 403
    kept = account_of(guest)
    assert kept is not None and kept.role is Role.GUEST


def test_an_own_card_enters_no_cohort(browser: TestClient, guest: Account, chief: Account) -> None:
    make_own_card(browser)
    today = date.today()
    with db.write_transaction() as session:
        nowhere = [person(session, role) for role in (Role.ADVISER, Role.HEAD, Role.TRAINER)]
        there = [person(session, role, organisation_id=chief.organisation_id) for role in (Role.ADVISER, Role.HEAD)]
        alone = here(browser, session)
        assert not help_requests.may_ask(alone)
        for by in (*nowhere, *there):
            seen = select(Account.id).where(permissions.young_here(by))
            assert guest.id not in session.exec(seen).all()
            with pytest.raises(NotFound):
                permissions.followed_person(session, by=by, account_id=guest.id, today=today)
            with pytest.raises(NotFound):
                permissions.take_person(session, by=by, account_id=guest.id, now=models.utc_now())
            assert guest.id not in [one.id for one in card_holders.young_people(session, of=by, now=models.utc_now())]
        with pytest.raises(MayNotEnrolYoung):
            people.enrol_young(session, by=alone, first_name="A", last_name="B", now=models.utc_now())
        session.rollback()


def test_only_so_many_own_cards_exist(browser: TestClient, guest: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "OWN_CARDS_AT_MOST", 0)
    assert TooManyOwnCards.sentence in make_own_card(browser)
    kept = account_of(guest)
    assert kept is not None and kept.role is Role.GUEST


def test_a_structure_may_offer_no_own_cards(
    browser: TestClient, guest: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICNJOB_OWN_CARDS", "false")
    current_settings.cache_clear()
    try:
        page = browser.get("/sortie").text
        assert QUESTION in page and "avec une carte" not in page
        assert browser.get("/sortie/carte").headers["location"] == "/"
        assert NoOwnCard.sentence in make_own_card(browser)
    finally:
        monkeypatch.undo()
        current_settings.cache_clear()


def test_the_sweep_of_guests_leaves_who_made_a_card(browser: TestClient, guest: Account) -> None:
    make_own_card(browser)
    with db.write_transaction() as session:
        people.sweep_guests(session, now=models.utc_now() + timedelta(days=1))
    assert account_of(guest) is not None
    with db.read_transaction() as session:
        assert session.exec(select(Card).where(col(Card.account_id) == guest.id)).one().pin_chosen_at is not None
