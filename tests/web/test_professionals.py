"""The sign-in pages of professionals over HTTP: password, code, setting up, links, one's own account; and brute force at them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from clicnjob import config, db, models, policy
from clicnjob.accounts import cards, codes, people, presence, second_factor, staff, structure_settings, team
from clicnjob.accounts.reauthentication import Proof
from clicnjob.models import Account, Password, Role, SecondFactor
from clicnjob.web import COOKIE
from clicnjob.web.auth import slowing
from clicnjob.web.auth.arriving import FIRST_SETTINGS

pytest_plugins = ["tests.sign_in_pages"]
GOOD = "quatre mots assez longs"
OTHER = "encore cinq mots bien choisis"
SUITE = "clicnjob-suite"


@pytest.fixture(autouse=True)
def nobody_failed() -> Iterator[None]:
    slowing._failed.clear()
    yield
    slowing._failed.clear()


@pytest.fixture
def token(browser: TestClient, chief: Account) -> str:
    """The link of somebody just invited."""
    return invited(chief)[1]


def invited(chief: Account, role: Role = Role.ADVISER) -> tuple[Account, str]:
    with db.write_transaction() as session:
        by = presence.acting_person(session, chief.id, now=models.utc_now())
        return team.invite_professional(
            session, by=by, organisation_id=chief.organisation_id, first_name="Nour", last_name="Attia",
            roles={role: None}, now=models.utc_now(),
        )  # fmt: skip


@pytest.fixture
def claire(browser: TestClient, chief: Account) -> Account:
    """A professional with a password, anew for each test."""
    with db.write_transaction() as session:
        for old in session.exec(select(Password).where(Password.login == "claire")):
            session.delete(old)
        return staff.enrol_staff(
            session, by=chief, role=Role.ADVISER, first_name="Claire", last_name="Morvan", login="claire", password=GOOD
        )


def phone_of(account: Account, ago: timedelta = timedelta(minutes=5)) -> pyotp.TOTP:
    """Turn the second factor on, with a code used some time ago."""
    at = models.utc_now() - ago
    with db.write_transaction() as session:
        second_factor.begin_change(session, account=account, code="", now=at)
        made = pyotp.parse_uri(second_factor.set_up_address(session, account=account, now=at))
        assert isinstance(made, pyotp.TOTP)
        assert second_factor.confirm_change(session, account=account, code=made.at(at), now=at)
    return made


def enter(browser: TestClient, password: str = GOOD, login: str = "claire") -> object:
    return browser.post("/connexion/pro", data={"identifiant": login, "mot_de_passe": password})


def signed_in(browser: TestClient) -> bool:
    return browser.get("/").status_code == 200


# --- password, then code


def test_without_a_second_factor_the_password_lets_in(browser: TestClient, claire: Account) -> None:
    answer = enter(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert signed_in(browser)


def test_with_one_the_password_alone_lets_nobody_in(browser: TestClient, claire: Account) -> None:
    phone_of(claire)
    answer = enter(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion/pro/code")
    cookie = answer.headers["set-cookie"]
    assert re.fullmatch(rf"{SUITE}=[\w-]+; HttpOnly; Path=/; SameSite=strict", cookie)
    assert COOKIE not in browser.cookies and not signed_in(browser)


def test_the_code_lets_in_and_the_wait_is_over(browser: TestClient, claire: Account) -> None:
    phone = phone_of(claire)
    enter(browser)
    assert "Code de votre téléphone" in browser.get("/connexion/pro/code").text
    wrong = browser.post("/connexion/pro/code", data={"code": "000000"})
    assert wrong.status_code == 403 and "pas le bon" in wrong.text
    assert browser.post("/connexion/pro/code", data={"code": phone.now()}).status_code == 303
    assert signed_in(browser) and SUITE not in browser.cookies


def test_without_a_password_given_the_code_s_page_leads_back(browser: TestClient, claire: Account) -> None:
    phone = phone_of(claire)
    for answer in (browser.get("/connexion/pro/code"), browser.post("/connexion/pro/code", data={"code": phone.now()})):
        assert answer.headers["location"] == "/connexion/pro"
    browser.cookies.set(SUITE, "forged")
    assert browser.get("/connexion/pro/double").headers["location"] == "/connexion/pro"


def test_a_password_reset_ends_what_was_pending(browser: TestClient, claire: Account, chief: Account) -> None:
    phone = phone_of(claire)
    enter(browser)
    with db.write_transaction() as session:
        by = presence.acting_person(session, chief.id, now=models.utc_now())
        team.new_link(
            session, by=by, account_id=claire.id, proof=Proof(chief.id, models.utc_now()), now=models.utc_now()
        )
    answer = browser.post("/connexion/pro/code", data={"code": phone.now()})
    assert answer.headers["location"] == "/connexion/pro" and not signed_in(browser)


def test_wrong_codes_are_counted_although_they_are_refused(browser: TestClient, claire: Account) -> None:
    phone = phone_of(claire)
    enter(browser)
    for _ in range(5):
        browser.post("/connexion/pro/code", data={"code": "000000"})
    answer = browser.post("/connexion/pro/code", data={"code": phone.now()})
    assert answer.status_code == 429 and "Attendez 1 minute" in answer.text


def test_where_it_is_required_the_first_sign_in_sets_it_up(
    browser: TestClient, claire: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICNJOB_SECOND_FACTOR", "required")
    config.current_settings.cache_clear()
    assert enter(browser).headers["location"] == "/connexion/pro/double"
    page = browser.get("/connexion/pro/double").text
    assert "<svg" in page and not signed_in(browser)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret is not None
    wrong = browser.post("/connexion/pro/double", data={"code": "000000"})
    assert wrong.status_code == 403 and secret[1] in wrong.text
    done = browser.post("/connexion/pro/double", data={"code": pyotp.TOTP(secret[1].replace(" ", "")).now()})
    assert len(re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", done.text)) == policy.RECOVERY_CODES
    assert signed_in(browser)
    monkeypatch.undo()
    config.current_settings.cache_clear()


# --- links


def test_a_link_opens_an_account(browser: TestClient, token: str) -> None:
    asked = browser.post("/invitation", data={"jeton": token})
    assert "Bienvenue Nour" in asked.text and "Mission locale d’essai" in asked.text
    fields = {"jeton": token, "identifiant": f"nour{token[:6]}", "mot_de_passe": OTHER, "encore": OTHER}
    assert browser.post("/invitation", data=fields).status_code == 303
    assert signed_in(browser)
    assert browser.post("/invitation", data={"jeton": token}).status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [(OTHER, GOOD, "pas pareils"), ("trop1court", "trop1court", "12 caractères"), ("NourAttia2026", "NourAttia2026", "votre nom"),
     ("azertyuiop12", "azertyuiop12", "trop facile")],
)  # fmt: skip
def test_a_password_that_does_not_do_is_asked_again(
    browser: TestClient, token: str, password: str, again: str, told: str
) -> None:
    fields = {"jeton": token, "identifiant": "quelquun", "mot_de_passe": password, "encore": again}
    answer = browser.post("/invitation", data=fields)
    assert answer.status_code == 400 and told in answer.text
    assert password not in answer.text and 'value="quelquun"' in answer.text


def test_a_whole_link_may_be_pasted(browser: TestClient, token: str) -> None:
    assert "Bienvenue" in browser.post("/invitation", data={"jeton": f" http://x/invitation#{token} "}).text


@pytest.mark.parametrize("typed", ["", "x", "é", "#", "\x00", "a" * 5000, "' OR 1=1"])
def test_what_is_no_link_is_told_so(browser: TestClient, typed: str) -> None:
    answer = browser.post("/invitation", data={"jeton": typed})
    assert answer.status_code == 404 and "ne marche plus" in answer.text


def test_what_is_typed_in_a_login_is_shown_as_text(browser: TestClient, token: str) -> None:
    fields = {"jeton": token, "identifiant": '"><script>alert(1)</script>', "mot_de_passe": "a", "encore": "b"}
    answer = browser.post("/invitation", data=fields)
    assert "<script>alert" not in answer.text and "&lt;script&gt;" in answer.text


# --- one's own account


@pytest.mark.parametrize("path", ["/compte/mot-de-passe", "/compte/double"])
def test_the_account_s_pages_are_for_signed_in_professionals(browser: TestClient, card: str, path: str) -> None:
    assert browser.get(path).headers["location"] == "/connexion/pro"
    browser.post("/connexion", data={"numero": card, "code": "482915"})
    assert browser.get(path).headers["location"] == "/connexion/pro"
    assert browser.post(path, data={"mot_de_passe": "x"}).headers["location"] == "/connexion/pro"


def test_a_password_is_changed_with_the_one_before_and_other_sign_ins_end(browser: TestClient, claire: Account) -> None:
    enter(browser)
    with db.write_transaction() as session:
        elsewhere = presence.begin_sign_in(session, account=claire, now=models.utc_now())
    wrong = browser.post("/compte/mot-de-passe", data={"actuel": "x", "mot_de_passe": OTHER, "encore": OTHER})
    assert wrong.status_code == 400 and "mot de passe actuel" in wrong.text
    done = browser.post("/compte/mot-de-passe", data={"actuel": GOOD, "mot_de_passe": OTHER, "encore": OTHER})
    assert done.headers["location"] == "/mon-compte" and signed_in(browser)
    with db.read_transaction() as session:
        assert presence.present_person(session, elsewhere, now=models.utc_now()) is None
    browser.cookies.clear()
    assert enter(browser).status_code == 403
    assert enter(browser, OTHER).status_code == 303


def test_the_second_factor_is_set_up_from_one_s_account(browser: TestClient, claire: Account) -> None:
    enter(browser)
    assert browser.post("/compte/double", data={"mot_de_passe": "x", "geste": "telephone"}).status_code == 400
    page = browser.post("/compte/double", data={"mot_de_passe": GOOD, "geste": "telephone"}).text
    secret, proof = re.search(r"<code>([A-Z2-7 ]+)</code>", page), re.search(r'name="preuve" value="([^"]+)"', page)
    assert secret and proof
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    assert browser.post("/compte/double", data={"code": code, "preuve": "forged"}).status_code == 400
    done = browser.post("/compte/double", data={"code": code, "preuve": proof[1]})
    assert "Vos codes de secours" in done.text
    with_password = {"mot_de_passe": GOOD, "geste": "codes"}
    alone = browser.post("/compte/double", data=with_password)
    assert alone.status_code == 403 and "pas le bon" in alone.text
    again = browser.post("/compte/double", data=with_password | {"code_actuel": _recovery(done.text)[0]})
    assert "Vos codes de secours" in again.text
    stop = {"mot_de_passe": GOOD, "geste": "arreter", "code_actuel": _recovery(again.text)[0]}
    assert browser.post("/compte/double", data=stop).status_code == 303
    with db.read_transaction() as session:
        assert session.get(SecondFactor, claire.id) is None


def _recovery(page: str) -> list[str]:
    return re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page)


# --- the first settings


def test_who_heads_a_structure_that_nobody_set_up_arrives_at_its_first_settings(
    browser: TestClient, chief: Account
) -> None:
    with db.write_transaction() as session:
        made = models.Organisation(name=f"Neuve {models.random_id()}")
        session.add(made)
        session.flush()
        by = presence.acting_person(session, chief.id, now=models.utc_now())
        _account, token = team.invite_professional(
            session, by=by, organisation_id=made.id, first_name="Inès", last_name="Petit", roles={Role.HEAD: None},
            now=models.utc_now(),
        )  # fmt: skip
    login = f"ines{token[:6]}"
    fields = {"jeton": token, "identifiant": login, "mot_de_passe": OTHER, "encore": OTHER}
    assert browser.post("/invitation", data=fields).headers["location"] == FIRST_SETTINGS
    with db.write_transaction() as session:
        by = presence.acting_person(session, _account.id, now=models.utc_now())
        structure_settings.change_settings(
            session, structure_settings.SettingsBody(), by=by, organisation_id=made.id, base=0, now=models.utc_now()
        )
    browser.cookies.clear()
    assert enter(browser, OTHER, login).headers["location"] == "/"


# --- brute force


@pytest.mark.long
@pytest.mark.slow
def test_ten_thousand_passwords_in_a_day_check_fifty_six(browser: TestClient, claire: Account) -> None:
    from clicnjob.accounts.waits import TooManyTries

    start, checked = models.utc_now(), 0
    with db.write_transaction() as session:
        for second in range(0, 24 * 3600, 9):
            try:
                staff.begin_try(session, login="claire", now=start + timedelta(seconds=second))
                checked += 1
            except TooManyTries:
                pass
    assert checked <= 57


@pytest.mark.long
@pytest.mark.slow
def test_sixty_honest_sign_ins_from_one_address_are_none_refused(
    browser: TestClient, chief: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve young people, five times each, one wrong code each time before the right one."""
    waited: list[float] = []

    async def counted(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(slowing, "sleep", counted)
    numbers = [new_number(chief, count) for count in range(12)]
    answers = []
    for _ in range(5):
        for number in numbers:
            browser.cookies.clear()
            browser.post("/connexion", data={"numero": number, "code": "739164"})
            answers.append(browser.post("/connexion", data={"numero": number, "code": "482915"}).status_code)
    assert answers == [303] * 60
    assert max(waited, default=0) <= policy.ADDRESS_SLOWED_AT_MOST


def new_number(chief: Account, count: int) -> str:
    with db.write_transaction() as session:
        by = presence.acting_person(session, chief.id, now=models.utc_now())
        _young, code = people.enrol_young(
            session, by=by, first_name=f"Essai {count}", last_name="Groupe", now=models.utc_now()
        )
        cards.choose_pin(session, code=code, pin="482915", now=models.utc_now())
    return code


def cost(sealed: str) -> str:
    """What checking this seal costs: its passes, memory and lanes."""
    return sealed.split("$")[3]


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_a_known_and_an_unknown_card_cost_one_hash_each(
    browser: TestClient, card: str, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clicnjob.accounts import sealing

    hashes: list[str] = []
    verify = sealing.PasswordHasher.verify
    monkeypatch.setattr(
        sealing.PasswordHasher, "verify", lambda self, kept, said: hashes.append(cost(kept)) or verify(self, kept, said)
    )
    number = card if known else codes.new_code()
    assert browser.post("/connexion", data={"numero": number, "code": "739164"}).status_code == 403
    assert hashes == [cost(sealing.sealed_secret("quelque chose"))]


@pytest.mark.parametrize("login", ["claire", "personne", ""])
def test_a_known_and_an_unknown_login_cost_one_hash_each(
    browser: TestClient, claire: Account, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clicnjob.accounts import sealing

    hashes: list[str] = []
    verify = sealing.PasswordHasher.verify
    monkeypatch.setattr(
        sealing.PasswordHasher, "verify", lambda self, kept, said: hashes.append(cost(kept)) or verify(self, kept, said)
    )
    told = enter(browser, "mauvais mot de passe", login)
    assert told.status_code == 403 and "ne vont pas ensemble" in told.text
    assert hashes == [cost(sealing.sealed_secret("quelque chose"))]


def test_an_administrator_s_long_wait_never_reaches_another(browser: TestClient, claire: Account, card: str) -> None:
    for _ in range(12):
        enter(browser, "mauvais mot de passe")
    assert enter(browser).status_code == 429
    assert browser.post("/connexion", data={"numero": card, "code": "482915"}).status_code == 303
