"""Attacks by guessing at sign-in: nothing tells who exists, nobody is locked out by somebody else, and guesses stay few."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from clicnjob import db, models, policy
from clicnjob.accounts import cards, codes, staff, waits
from clicnjob.accounts.waits import TooManyTries
from clicnjob.models import Account, AuditEvent, Role, WrongTries
from clicnjob.web import COOKIE
from clicnjob.web.auth import known_device, slowing

pytest_plugins = ["tests.sign_in_pages"]
GOOD = "quatre mots assez longs"
DEVICE = known_device.NAME


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No address has failed yet, and no test waits for the time that a refusal takes."""
    slowing._failed.clear()
    slept = asyncio.sleep
    monkeypatch.setattr(slowing, "sleep", lambda _seconds: slept(0))
    yield
    slowing._failed.clear()


@pytest.fixture
def claire(browser: TestClient, chief: Account) -> str:
    """The login of a professional, anew for each test."""
    login = f"claire{models.random_id()[:8]}".lower()
    with db.write_transaction() as session:
        staff.enrol_staff(
            session, by=chief, role=Role.ADVISER, first_name="Claire", last_name="Morvan", login=login, password=GOOD
        )
    return login


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """The clock of the whole app goes forward."""
    before = models.utc_now
    monkeypatch.setattr(models, "utc_now", lambda: before() + by)


def by_password(browser: TestClient, login: str, password: str = "mauvais") -> Any:
    return browser.post("/connexion/pro", data={"identifiant": login, "mot_de_passe": password})


def by_card(browser: TestClient, number: str, pin: str = "739164") -> Any:
    return browser.post("/connexion", data={"numero": number, "code": pin})


# --- nothing tells whether a login or a card exists


@pytest.mark.long
def test_a_known_and_an_unknown_login_are_answered_alike_try_after_try(browser: TestClient, claire: str) -> None:
    unknown = f"personne{models.random_id()[:8]}"
    for number in range(9):
        known, stranger = (by_password(browser, login) for login in (claire, unknown))
        assert known.status_code == stranger.status_code, f"try {number + 1}"
        assert known.text.replace(claire, "") == stranger.text.replace(unknown, "")
        assert list(known.headers) == list(stranger.headers)
    assert known.status_code == 429


def test_a_known_and_an_unknown_card_are_answered_alike_try_after_try(browser: TestClient, card: str) -> None:
    unknown = codes.new_code()
    for number in range(9):
        known, stranger = (by_card(browser, each) for each in (card, unknown))
        assert known.status_code == stranger.status_code, f"try {number + 1}"
        assert known.text.replace(card, "") == stranger.text.replace(unknown, "")
    assert known.status_code == 429


@pytest.mark.long
@pytest.mark.slow
def test_the_waits_of_an_unknown_login_are_those_of_a_known_one(
    browser: TestClient, claire: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes back again and again meets the same answers, however long it lasts."""
    unknown, answers = f"personne{models.random_id()[:8]}", {claire: [], "": []}
    for _ in range(40):
        answers[claire].append(by_password(browser, claire).status_code)
        answers[""].append(by_password(browser, unknown).status_code)
        later(monkeypatch, timedelta(minutes=4))
    assert answers[claire] == answers[""] and set(answers[""]) == {403, 429}


# --- how many guesses a day


def guesses(session: Session, count: Any, start: datetime) -> int:
    """How many tries in a day are checked when each is sent at the first instant that a wait allows."""
    now, done = start, 0
    while now < start + timedelta(hours=24):
        try:
            count(session, now=now)
            done += 1
        except TooManyTries as wait:
            now = wait.until
    return done


def test_a_day_allows_few_guesses_at_a_password_and_at_a_card(browser: TestClient, claire: str, card: str) -> None:
    """56 the first day, 48 each day after: in a year 2 chances in 100 at six digits, none at a password."""
    with db.write_transaction() as session:
        passwords = guesses(session, lambda s, now: staff.begin_try(s, login=claire, now=now), start=models.utc_now())
        pins = guesses(session, lambda s, now: cards.begin_try(s, code=card, now=now), start=models.utc_now())
    assert passwords == pins <= 57


def test_the_longest_wait_is_half_an_hour(browser: TestClient, card: str) -> None:
    now, longest = models.utc_now(), timedelta()
    with db.write_transaction() as session:
        for _ in range(60):
            cards.begin_try(session, code=card, now=now)
            until = session.exec(select(WrongTries.wait_until).where(WrongTries.key == codes.code_digest(card))).one()
            longest = max(longest, (until or now) - now)
            now = until or now
    assert longest == timedelta(minutes=30)


def test_old_tries_are_forgotten(browser: TestClient) -> None:
    now = models.utc_now()
    with db.write_transaction() as session:
        waits.count_keyed_try(session, key="k" * 64, now=now, sentence="{wait}")
        assert waits.forget_old(session, now=now + policy.TRIES_FORGOTTEN) >= 1
        session.expire_all()
        assert session.get(WrongTries, "k" * 64) is None


# --- nobody is locked out by somebody else


def hammered(browser: TestClient, login: str) -> None:
    """Somebody elsewhere, without any cookie, tries until the door waits."""
    kept = dict(browser.cookies)
    browser.cookies.clear()
    assert [by_password(browser, login).status_code for _ in range(8)][-1] == 429
    browser.cookies.clear()
    browser.cookies.update(kept)


def test_the_owner_s_own_browser_comes_in_while_somebody_hammers_the_door(browser: TestClient, claire: str) -> None:
    assert by_password(browser, claire, GOOD).status_code == 303
    browser.get("/sortie")
    assert COOKIE not in browser.cookies and DEVICE in browser.cookies
    hammered(browser, claire)
    assert by_password(browser, claire, GOOD).status_code == 303


def test_a_remembered_browser_has_a_bound_of_its_own(browser: TestClient, claire: str) -> None:
    by_password(browser, claire, GOOD)
    browser.get("/sortie")
    assert [by_password(browser, claire).status_code for _ in range(6)] == [403] * 5 + [429]
    assert by_password(browser, claire, GOOD).status_code == 429


def test_a_remembered_browser_helps_with_its_own_login_only(browser: TestClient, chief: Account, claire: str) -> None:
    other = f"karim{models.random_id()[:8]}".lower()
    with db.write_transaction() as session:
        staff.enrol_staff(
            session, by=chief, role=Role.ADVISER, first_name="Karim", last_name="Benali", login=other, password=GOOD
        )
    by_password(browser, claire, GOOD)
    browser.get("/sortie")
    hammered(browser, other)
    assert by_password(browser, other, GOOD).status_code == 429


def test_a_signed_in_professional_is_not_hindered_by_tries_elsewhere(browser: TestClient, claire: str) -> None:
    by_password(browser, claire, GOOD)
    browser.cookies.delete(DEVICE)
    hammered(browser, claire)
    other = "encore cinq mots bien choisis"
    fields = {"actuel": GOOD, "mot_de_passe": other, "encore": other}
    assert browser.post("/compte/mot-de-passe", data=fields).headers["location"] == "/mon-compte"


@pytest.mark.parametrize("forged", ["", "forged", "gAAAAA" + "x" * 200])
def test_a_forged_device_counts_as_elsewhere(browser: TestClient, claire: str, forged: str) -> None:
    hammered(browser, claire)
    browser.cookies.set(DEVICE, forged)
    assert by_password(browser, claire, GOOD).status_code == 429


def test_a_device_is_told_by_nothing_but_a_sealed_mark(browser: TestClient, claire: str) -> None:
    answer = by_password(browser, claire, GOOD)
    cookies = [one for one in answer.headers.get_list("set-cookie") if one.startswith(DEVICE)]
    assert len(cookies) == 1 and "HttpOnly" in cookies[0] and "SameSite=strict" in cookies[0]
    assert claire not in cookies[0] and f"Max-Age={90 * 24 * 3600}" in cookies[0]


def test_a_password_alone_makes_no_device_where_a_code_follows(browser: TestClient, claire: str) -> None:
    from tests.web.test_professionals import phone_of

    with db.read_transaction() as session:
        account = session.exec(select(Account).join(models.Password).where(models.Password.login == claire)).one()
    phone_of(account)
    assert by_password(browser, claire, GOOD).headers["location"] == "/connexion/pro/code"
    assert DEVICE not in browser.cookies


# --- a shared computer is nobody's device


def test_no_young_person_s_sign_in_is_remembered(browser: TestClient, card: str, new_card: str) -> None:
    by_card(browser, card, "482915")
    assert DEVICE not in browser.cookies
    browser.post("/connexion/code-secret", data={"numero": new_card, "code": "482915", "encore": "482915"})
    assert DEVICE not in browser.cookies
    browser.post("/connexion/essai")
    assert DEVICE not in browser.cookies


@pytest.mark.parametrize("who", ["card", "guest"])
def test_a_browser_where_a_young_person_came_in_is_no_longer_a_professional_s(
    browser: TestClient, claire: str, card: str, who: str
) -> None:
    by_password(browser, claire, GOOD)
    browser.get("/sortie")
    assert DEVICE in browser.cookies
    if who == "card":
        by_card(browser, card, "482915")
    else:
        browser.post("/connexion/essai")
    assert DEVICE not in browser.cookies


def test_leaving_still_takes_every_cookie_of_a_young_person(browser: TestClient, card: str, claire: str) -> None:
    by_card(browser, card, "482915")
    assert browser.get("/sortie").headers["clear-site-data"] == '"cookies", "storage"'
    by_password(browser, claire, GOOD)
    answer = browser.get("/sortie")
    assert answer.headers["clear-site-data"] == '"storage"' and COOKIE not in browser.cookies
    assert "Ce navigateur" in answer.text


def test_a_professional_may_have_the_browser_forget_them(browser: TestClient, claire: str) -> None:
    by_password(browser, claire, GOOD)
    browser.get("/sortie")
    answer = browser.post("/sortie/oublier")
    assert DEVICE not in browser.cookies and answer.headers["clear-site-data"] == '"cookies", "storage"'


# --- failures are written down


def test_failed_sign_ins_of_a_professional_are_in_the_journal(browser: TestClient, claire: str) -> None:
    for _ in range(12):
        by_password(browser, claire)
    by_password(browser, "personne d’ici")
    with db.read_transaction() as session:
        account = session.exec(select(Account).join(models.Password).where(models.Password.login == claire)).one()
        lines = session.exec(select(AuditEvent).where(AuditEvent.whom_id == account.id)).all()
        failed = [line for line in lines if line.act == "password refused"]
        strangers = select(AuditEvent).where(AuditEvent.act == "password refused", col(AuditEvent.whom_id) == "")
        assert session.exec(strangers).all() == []
    assert len(failed) == policy.WRONG_PINS_FREE + 1, "one line a try that was checked, none while the door waits"
    assert {line.organisation_id for line in failed} == {account.organisation_id}
    assert all(claire not in line.why for line in failed)
