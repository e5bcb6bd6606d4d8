"""Coming in through an outside provider: it tells who, our own sign-in follows; forged or foreign answers do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from sqlmodel import select
from starlette.testclient import TestClient

from clicnjob import config, db, models
from clicnjob.accounts import presence, team
from clicnjob.models import Account, OutsideIdentity, Role, SecondFactor
from clicnjob.web import COOKIE
from clicnjob.web.auth import slowing
from tests.fake_provider import CLIENT, SECRET, Provider, provider

pytest_plugins = ["tests.sign_in_pages"]
EMAIL = "claire.morvan@mission.example"
BACK = "/connexion/oidc/retour"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture
def fake(browser: TestClient, running: Provider, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The provider, named in the settings, knowing Claire."""
    for name, value in (("URL", running.url), ("CLIENT_ID", CLIENT), ("CLIENT_SECRET", SECRET)):
        monkeypatch.setenv(f"CLICNJOB_OIDC_{name}", value)
    config.current_settings.cache_clear()
    slowing._failed.clear()
    running.says = {"sub": "s-claire", "email": EMAIL, "email_verified": True}
    running.lies, running.userinfo = {}, {}
    running.signed_by, running.broken, running.userinfo_signed = None, False, False
    yield running
    monkeypatch.undo()
    config.current_settings.cache_clear()


@pytest.fixture
def claire(chief: Account) -> Iterator[Account]:
    """Somebody invited with an address for the provider, who has no password."""
    with db.write_transaction() as session:
        for old in session.exec(select(OutsideIdentity)):
            session.delete(old)
        session.flush()
        by = presence.acting_person(session, chief.id, now=models.utc_now())
        account, _token = team.invite_professional(
            session, by=by, organisation_id=chief.organisation_id, first_name="Claire", last_name="Morvan",
            roles={Role.ADVISER: None}, email=EMAIL, now=models.utc_now(),
        )  # fmt: skip
    yield account


def there(browser: TestClient, fake: Provider) -> dict[str, Any]:
    """To the provider's page and its yes; gives what comes back in the address."""
    answer = browser.get("/connexion/oidc")
    assert answer.status_code == 303 and answer.headers["location"].startswith(f"{fake.url}/authorize?")
    state, code = fake.agrees(answer.headers["location"])
    return {"state": state, "code": code}


def signed_in(browser: TestClient) -> bool:
    return browser.get("/").status_code == 200


def test_without_settings_there_is_no_such_door(browser: TestClient) -> None:
    assert browser.get("/connexion/oidc").status_code == 404
    assert browser.get(BACK, params={"state": "s", "code": "c"}).status_code == 404
    assert "/connexion/oidc" not in browser.get("/connexion/pro").text


def test_the_door_is_shown_with_its_name(browser: TestClient, fake: Provider) -> None:
    assert "Entrer avec ProConnect" in browser.get("/connexion/pro").text


def test_the_person_whom_the_head_named_comes_in_by_our_own_cookie(
    browser: TestClient, fake: Provider, claire: Account
) -> None:
    came = browser.get(BACK, params=there(browser, fake))
    assert came.status_code == 200 and 'content="0;url=/"' in came.text
    cookies = came.headers.get_list("set-cookie")
    assert any(one.startswith(f"{COOKIE}=") and "SameSite=strict" in one and "Max-Age" not in one for one in cookies)
    assert signed_in(browser)
    with db.read_transaction() as session:
        me = presence.present_person(session, browser.cookies[COOKIE], now=models.utc_now())
        kept = session.get(OutsideIdentity, claire.id)
    assert me is not None and me.id == claire.id
    assert kept is not None and (kept.issuer, kept.subject) == (fake.url, "s-claire")


def test_the_subject_is_what_counts_the_next_time(browser: TestClient, fake: Provider, claire: Account) -> None:
    browser.get(BACK, params=there(browser, fake))
    fake.says = {"sub": "s-claire", "email": "changed@elsewhere.example"}
    browser.cookies.clear()
    browser.get(BACK, params=there(browser, fake))
    assert signed_in(browser)
    fake.says = {"sub": "s-somebody-else", "email": EMAIL}
    browser.cookies.clear()
    assert "Aucun compte" in browser.get(BACK, params=there(browser, fake)).text
    assert not signed_in(browser)


@pytest.mark.parametrize("signed", [False, True], ids=["json", "jwt"])
def test_the_address_may_come_from_the_user_s_page(
    browser: TestClient, fake: Provider, claire: Account, signed: bool
) -> None:
    fake.says, fake.userinfo_signed = {"sub": "s-claire"}, signed
    fake.userinfo = {"sub": "s-claire", "email": EMAIL, "email_verified": True} | (for_us(fake) if signed else {})
    browser.get(BACK, params=there(browser, fake))
    assert signed_in(browser)


@pytest.mark.parametrize("said", [{}, {"email_verified": "true"}, {"email_verified": False}, {"email_verified": 1}])
def test_an_address_of_the_user_s_page_must_be_verified_too(
    browser: TestClient, fake: Provider, claire: Account, said: dict[str, Any]
) -> None:
    """What the token says of one address does not vouch for another."""
    fake.says = {"sub": "s-claire", "email_verified": True}
    fake.userinfo = {"sub": "s-claire", "email": EMAIL, **said}
    browser.get(BACK, params=there(browser, fake))
    assert not signed_in(browser)


@pytest.mark.parametrize(
    "lies", [{"aud": "another-app"}, {"iss": "https://evil.example"}, {"exp": 1_000_000}, {"azp": "another-app"},
             {"sub": "s-somebody-else"}, {"aud": None}],
    ids=str,
)  # fmt: skip
def test_a_signed_user_s_page_for_somebody_else_is_refused(
    browser: TestClient, fake: Provider, claire: Account, lies: dict[str, Any]
) -> None:
    fake.says, fake.userinfo_signed = {"sub": "s-claire"}, True
    fake.userinfo = {"sub": "s-claire", "email": EMAIL, "email_verified": True} | for_us(fake) | lies
    browser.get(BACK, params=there(browser, fake))
    assert not signed_in(browser)


def for_us(fake: Provider) -> dict[str, Any]:
    return {"iss": fake.url, "aud": CLIENT}


@pytest.mark.parametrize(("said", "lets_in"), [(None, True), (False, False), ("false", False), (True, True)], ids=str)
def test_a_provider_that_never_says_it_may_be_trusted_by_the_installation(
    browser: TestClient, fake: Provider, claire: Account, said: object, lets_in: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICNJOB_OIDC_EMAILS_VERIFIED", "true")
    config.current_settings.cache_clear()
    fake.lies = {"email_verified": said}
    browser.get(BACK, params=there(browser, fake))
    assert signed_in(browser) is lets_in


def test_who_is_known_by_their_subject_needs_no_address(browser: TestClient, fake: Provider, claire: Account) -> None:
    browser.get(BACK, params=there(browser, fake))
    browser.cookies.clear()
    fake.lies = {"email_verified": None}
    browser.get(BACK, params=there(browser, fake))
    assert signed_in(browser)


@pytest.mark.parametrize(
    "lies", [{"azp": CLIENT}, {"aud": [CLIENT]}, {"aud": [CLIENT, "other"], "azp": CLIENT}], ids=str
)
def test_a_token_for_us_may_say_so_in_every_way(
    browser: TestClient, fake: Provider, claire: Account, lies: dict[str, Any]
) -> None:
    fake.lies = lies
    browser.get(BACK, params=there(browser, fake))
    assert signed_in(browser)


LIES = [
    {"nonce": "another"},
    {"nonce": None},
    {"aud": "another-app"},
    {"iss": "https://evil.example"},
    {"exp": 1_000_000},
    {"exp": None},
    {"sub": None},
    {"email_verified": False},
    {"email_verified": None},
    {"email_verified": "true"},
    {"email_verified": "false"},
    {"email_verified": 1},
    {"azp": "another-app"},
    {"azp": ""},
    {"azp": [CLIENT]},
    {"aud": [CLIENT, "another-app"]},
    {"aud": ["another-app"]},
    {"aud": []},
    {"iat": None},
    {"iat": 1_000_000},
    {"iat": 9_999_999_999},
    {"iat": "now"},
    {"nbf": 9_999_999_999},
    {"iss": None},
    {"aud": None},
    {"sub": 7},
    {"sub": "s" * 256},
    {"nonce": ["a", "b"]},
]


@pytest.mark.parametrize("lies", LIES, ids=lambda lie: "-".join(map(str, lie)))
def test_a_token_that_is_not_the_answer_to_what_was_asked_opens_nothing(
    browser: TestClient, fake: Provider, claire: Account, lies: dict[str, Any]
) -> None:
    fake.lies = lies
    answer = browser.get(BACK, params=there(browser, fake))
    assert answer.status_code >= 400 and not signed_in(browser)


def test_a_token_signed_by_another_key_opens_nothing(browser: TestClient, fake: Provider, claire: Account) -> None:
    fake.signed_by = RSAKey.generate_key(2048, {"kid": "k1"})
    assert "n’a pas abouti" in browser.get(BACK, params=there(browser, fake)).text
    assert not signed_in(browser)


def test_an_answer_that_this_browser_did_not_ask_for_opens_nothing(
    browser: TestClient, fake: Provider, claire: Account
) -> None:
    coming = there(browser, fake)
    assert "n’a pas abouti" in browser.get(BACK, params=coming | {"state": "forged"}).text
    there(browser, fake)
    browser.cookies.clear()
    assert "n’a pas abouti" in browser.get(BACK, params=coming).text
    assert "n’a pas abouti" in browser.get(BACK, params={"error": "access_denied"}).text
    assert not signed_in(browser)


def test_nobody_comes_in_whom_nobody_invited(browser: TestClient, fake: Provider, claire: Account) -> None:
    fake.says = {"sub": "s-stranger", "email": "stranger@mission.example"}
    assert "Demandez une invitation" in browser.get(BACK, params=there(browser, fake)).text
    assert not signed_in(browser)


def test_a_silent_provider_leaves_the_password(browser: TestClient, fake: Provider, claire: Account) -> None:
    fake.broken = True
    answer = browser.get("/connexion/oidc")
    assert answer.status_code == 400 and "ne répond pas" in answer.text


CONSISTENT = "https://proconnect.gouv.fr/assurance/consistency-checked"
VOUCHED = [
    ({"amr": ["pwd", "mfa"]}, True),
    ({"acr": "eidas2"}, True),
    ({"acr": f"{CONSISTENT}-2fa", "amr": ["pwd"]}, True),
    ({}, False),
    ({"amr": ["pwd"]}, False),
    ({"amr": "mfa"}, False),
    ({"amr": None}, False),
    ({"acr": "eidas1"}, False),
    ({"acr": CONSISTENT}, False),
    ({"acr": ["eidas2"]}, False),
]


@pytest.mark.parametrize(("claims", "vouched"), VOUCHED, ids=str)
@pytest.mark.parametrize("factor", [True, False], ids=["telephone", "none"])
def test_our_second_step_follows_unless_the_provider_made_one(
    browser: TestClient, fake: Provider, claire: Account, monkeypatch: pytest.MonkeyPatch,
    claims: dict[str, Any], vouched: bool, factor: bool,
) -> None:  # fmt: skip
    """The code where there is a telephone, setting it up where there is none; the other one of the two is not opened."""
    monkeypatch.setenv("CLICNJOB_SECOND_FACTOR", "required")
    config.current_settings.cache_clear()
    if factor:
        with db.write_transaction() as session:
            session.add(SecondFactor(account_id=claire.id, secret="kept", confirmed_at=models.utc_now()))
    fake.says |= claims
    came = browser.get(BACK, params=there(browser, fake))
    steps = ["/connexion/pro/double", "/connexion/pro/code"]
    awaited, other = reversed(steps) if factor else steps
    assert f'content="0;url={"/" if vouched else awaited}"' in came.text
    assert signed_in(browser) is vouched
    if not vouched:
        assert browser.get(awaited).status_code == 200
        for method in ("GET", "POST"):
            assert browser.request(method, other, data={"code": "000000"}).headers["location"] == "/connexion/pro"
    with db.read_transaction() as session:
        kept = session.get(SecondFactor, claire.id)
    assert (kept.secret if kept else "") == ("kept" if factor else "")


def test_the_provider_is_asked_how_it_checked(browser: TestClient, fake: Provider, claire: Account) -> None:
    there(browser, fake)
    assert fake.asked["claims"] == '{"id_token":{"amr":{"essential":true}}}'
