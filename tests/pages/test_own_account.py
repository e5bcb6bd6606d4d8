"""« Mon compte »: where one is signed in, closing a sign-in elsewhere, and what was tried with one's account."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.accounts import presence, staff
from clicnjob.models import Account, Role
from tests.pages.conftest import APP, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
Seat = Callable[[Role | None], Account | None]


@pytest.fixture
def elsewhere(sign_in: Seat) -> list[str]:
    """Two other browsers of whoever is at the keyboard: their tokens."""
    account = sign_in(Role.ADVISER)
    assert account is not None
    with db.write_transaction() as session:
        staff.note_refused(session, staff.PasswordAttempt("key", account.id, None), now=models.utc_now())
        return [
            presence.begin_sign_in(session, account=account, browser="Firefox", computer=computer, now=models.utc_now())
            for computer in ("Windows", "Android")
        ]


def opened() -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    page = page.switch_page("../../pages/staff/account.py").run()
    check(page, Role.ADVISER)
    return page


def still_in(tokens: list[str]) -> list[bool]:
    with db.read_transaction() as session:
        return [presence.present_person(session, token, now=models.utc_now()) is not None for token in tokens]


def test_the_sign_ins_are_told_and_one_is_closed(elsewhere: list[str]) -> None:
    page = opened()
    said = " ".join(texts(page))
    assert "Firefox sur Windows" in said and "Navigateur inconnu sur un appareil inconnu (celui-ci)" in said
    buttons = [button.key for button in page.button if str(button.key).startswith("end-") and button.label == "Fermer"]
    assert len(buttons) == 2
    page.button(buttons[0]).click().run()
    assert "La connexion est fermée" in " ".join(texts(page))
    assert sorted(still_in(elsewhere)) == [False, True]


def test_all_others_are_closed_at_once(elsewhere: list[str]) -> None:
    page = opened()
    page.button("end-others").click().run()
    assert still_in(elsewhere) == [False, False]
    assert not [button for button in page.button if button.label.startswith("Fermer")]
    assert page.title[0].value == "Mon compte"


def test_what_was_tried_is_told_in_plain_french(elsewhere: list[str]) -> None:
    page = opened()
    assert "1 essai raté depuis l’ouverture du compte" in html(page)
    assert "Mot de passe refusé" in html(page) and "Entrée réussie" in html(page)
