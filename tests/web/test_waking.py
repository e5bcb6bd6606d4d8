"""A visit that sleeps opens nothing, and wakes for the secret of its person only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from clicnjob import db, models
from clicnjob.accounts import presence, staff, tabs
from clicnjob.models import Account, Role, SignIn
from clicnjob.web import COOKIE, PAGE_ADDRESSES, life
from tests.sign_in_pages import PIN
from tests.tabs import tab

pytest_plugins = ["tests.sign_in_pages"]

MINUTE = timedelta(minutes=1)
WAKING = "/c-est-moi"
IN_PLACE = {"accept": "application/json"}
PASSWORD = "quatre mots assez longs"
NEAR_WRONG = "739164"


def make_older(browser: TestClient, **times: timedelta) -> None:
    """The visit of this browser becomes this much older, and its tabs are as if they had gone."""
    with db.write_transaction() as session:
        row = session.exec(
            select(SignIn).where(SignIn.token_digest == presence.token_digest(browser.cookies[COOKIE]))
        ).one()
        for name, by in times.items():
            setattr(row, name, getattr(row, name) - by)
        tabs._SEEN.pop(row.id, None)


def _tabs_gone(browser: TestClient) -> None:
    make_older(browser, tab_at=2 * MINUTE)


def _idle(browser: TestClient) -> None:
    make_older(browser, seen_at=10 * MINUTE)


BOTH = pytest.mark.parametrize("fall_asleep", [_tabs_gone, _idle], ids=["its tabs have gone", "nobody acts"])


@pytest.fixture
def young(browser: TestClient, card: str) -> TestClient:
    """Somebody with a card, signed in."""
    assert browser.post("/connexion", data={"numero": card, "code": PIN}).status_code == 303
    return browser


@pytest.fixture
def adviser(browser: TestClient, chief: Account) -> TestClient:
    """A professional, signed in."""
    login = f"claire.{models.utc_now().timestamp()}"
    with db.write_transaction() as session:
        fields = {"first_name": "Canari", "last_name": "M", "password": PASSWORD}
        staff.enrol_staff(session, by=chief, role=Role.ADVISER, login=login, **fields)
    assert browser.post("/connexion/pro", data={"identifiant": login, "mot_de_passe": PASSWORD}).status_code == 303
    return browser


@BOTH
def test_every_page_of_a_sleeping_visit_leads_to_the_question(
    young: TestClient, fall_asleep: Callable[[TestClient], None]
) -> None:
    fall_asleep(young)
    for address in ("/", *sorted(PAGE_ADDRESSES)):
        back = f"?retour={address}" if address != "/" else ""
        assert young.get(address).headers["location"] == f"{WAKING}{back}", address
    assert COOKIE in young.cookies


@BOTH
def test_a_sleeping_visit_has_no_socket_and_no_document(
    young: TestClient, fall_asleep: Callable[[TestClient], None]
) -> None:
    fall_asleep(young)
    with pytest.raises(WebSocketDisconnect), tab(young, young.cookies[COOKIE]):
        pass
    assert young.get("/document/x").status_code == 403


@BOTH
def test_a_socket_that_stayed_open_shows_nothing(young: TestClient, fall_asleep: Callable[[TestClient], None]) -> None:
    with tab(young, young.cookies[COOKIE]) as open_still:
        assert b"Canari" in open_still.visit("mes-cv")
        fall_asleep(young)
        came = open_still.visit("mes-cv")
    assert "C’est bien toi".encode() in came and b"Canari" not in came


@BOTH
def test_neither_a_poll_nor_an_act_wakes_a_visit(young: TestClient, fall_asleep: Callable[[TestClient], None]) -> None:
    fall_asleep(young)
    for _ in range(2):
        for answer in (young.get("/present"), young.post("/present", data={"age": "0", "tab": "x"})):
            assert (answer.status_code, answer.json()["asleep"]) == (423, "pin")
    assert young.get("/").headers["location"] == WAKING


def test_the_question_shows_nothing_of_the_person(young: TestClient) -> None:
    _tabs_gone(young)
    asked = young.get(WAKING)
    assert asked.status_code == 200 and "C’est bien toi" in asked.text and "Ce n’est pas moi" in asked.text
    assert "Canari" not in asked.text


@BOTH
def test_the_pin_wakes_the_visit_and_one_lands_where_one_was(
    young: TestClient, fall_asleep: Callable[[TestClient], None]
) -> None:
    fall_asleep(young)
    wrong = young.post(WAKING, data={"code": NEAR_WRONG, "retour": "/mes-cv"})
    assert wrong.status_code == 403 and "Ce n’est pas ton code secret" in wrong.text and NEAR_WRONG not in wrong.text
    right = young.post(WAKING, data={"code": PIN, "retour": "/mes-cv"})
    assert (right.status_code, right.headers["location"]) == (303, "/mes-cv")
    assert young.get("/mes-cv").status_code == 200


def test_the_veil_of_an_open_page_wakes_it_in_place(young: TestClient) -> None:
    _idle(young)
    wrong = young.post(WAKING, data={"code": NEAR_WRONG}, headers=IN_PLACE)
    assert wrong.status_code == 403 and "code secret" in wrong.json()["mistake"]
    right = young.post(WAKING, data={"code": PIN}, headers=IN_PLACE)
    assert (right.status_code, right.json()["asleep"]) == (200, "") and right.json()["idle"] > 890


@BOTH
def test_a_professional_gives_the_password(adviser: TestClient, fall_asleep: Callable[[TestClient], None]) -> None:
    fall_asleep(adviser)
    assert "Votre mot de passe" in adviser.get(WAKING).text
    assert adviser.post(WAKING, data={"code": "autre chose de long"}).status_code == 403
    assert adviser.post(WAKING, data={"code": PASSWORD}).status_code == 303
    assert adviser.get("/").status_code == 200


def test_wrong_ones_are_counted_together_with_those_of_the_sign_in(young: TestClient, card: str) -> None:
    _tabs_gone(young)
    for _ in range(3):
        assert young.post(WAKING, data={"code": NEAR_WRONG}).status_code == 403
    for _ in range(2):
        young.post("/connexion", data={"numero": card, "code": NEAR_WRONG})
    refused = young.post(WAKING, data={"code": PIN})
    assert refused.status_code == 429 and "Attends 1 minute" in refused.text


def test_it_is_not_me_ends_the_visit(young: TestClient) -> None:
    _tabs_gone(young)
    token = young.cookies[COOKIE]
    assert "À bientôt" in young.get("/sortie").text
    young.cookies.set(COOKIE, token)
    assert young.get("/").headers["location"] == "/connexion"


def test_the_next_person_signs_in_over_a_sleeping_visit(young: TestClient) -> None:
    _tabs_gone(young)
    assert "Une personne est déjà connectée" in young.get("/connexion").text
    earlier = young.cookies[COOKIE]
    young.post("/connexion/essai")
    assert young.get("/").status_code == 200
    with db.read_transaction() as session:
        assert presence.recognised_person(session, earlier, now=models.utc_now()) is None


def test_a_visit_asleep_ends_when_idle_ones_do_and_the_pin_is_too_late(young: TestClient) -> None:
    make_older(young, seen_at=15 * MINUTE)
    assert young.post(WAKING, data={"code": PIN}).headers["location"] == "/connexion"
    assert young.post(WAKING, data={"code": PIN}, headers=IN_PLACE).status_code == 401
    assert young.get("/present").status_code == 403


@pytest.mark.parametrize("address", ["/compte/mot-de-passe", "/compte/double"])
def test_the_pages_of_ones_own_account_sleep_too(adviser: TestClient, address: str) -> None:
    _idle(adviser)
    assert adviser.get(address).headers["location"].startswith(WAKING)


def test_who_is_awake_or_nobody_is_not_asked(browser: TestClient, young: TestClient) -> None:
    assert young.get(f"{WAKING}?retour=/mes-cv").headers["location"] == "/mes-cv"
    browser.cookies.clear()
    assert browser.get(WAKING).headers["location"] == "/connexion"


# --- guests, who have no secret


def test_a_guest_whose_tabs_went_is_erased_when_somebody_comes(browser: TestClient) -> None:
    browser.post("/connexion/essai")
    with db.read_transaction() as session:
        me = presence.present_person(session, browser.cookies[COOKIE], now=models.utc_now())
    _tabs_gone(browser)
    assert browser.get("/mes-cv").headers["location"].startswith(WAKING)
    assert browser.get(WAKING).headers["location"] == "/sortie"
    browser.get("/sortie")
    with db.read_transaction() as session:
        assert me is not None and session.get(Account, me.id) is None


def test_the_tab_that_a_guest_left_open_goes_on(browser: TestClient) -> None:
    """The computer slept: the page that was open all the time holds what no restored browser has."""
    browser.post("/connexion/essai")
    proof = browser.get("/present").json()["tab"]
    browser.post("/connexion/essai", headers={"cookie": ""})
    other = browser.get("/present").json()["tab"]
    _tabs_gone(browser)
    assert browser.get("/present").json()["asleep"] == "tab"
    for kept, status in (("", 423), (proof, 423), (other, 200)):
        assert browser.post("/present", data={"tab": kept}).status_code == status
    assert browser.get("/").status_code == 200


# --- acts and polls


def test_only_an_act_counts_as_being_there(young: TestClient) -> None:
    """Pages ask by themselves, draw themselves anew after a cut, and are loaded by restored browsers."""
    make_older(young, seen_at=4 * MINUTE)
    with tab(young, young.cookies[COOKIE]) as one:
        one.visit("mes-cv")
        one.press(one.widgets["notice-read"])
    young.get("/mes-cv")
    life.watch_visits()
    assert 655 < young.get("/present").json()["idle"] <= 660
    assert 840 < young.post("/present", data={"age": "50"}).json()["idle"] <= 850
    assert young.post("/present", data={"age": "999999"}).json()["idle"] > 840
    assert young.post("/present", data={"age": "x"}).json()["idle"] > 895


def test_an_open_socket_is_an_open_tab(young: TestClient) -> None:
    with tab(young, young.cookies[COOKIE]) as one:
        one.visit()
        for _ in range(3):
            make_older(young, tab_at=1.5 * MINUTE)
            life.watch_visits()
        assert young.get("/").status_code == 200
    make_older(young, tab_at=1.5 * MINUTE)
    life.watch_visits()
    make_older(young, tab_at=MINUTE)
    assert young.get("/").status_code == 303
