"""A form that is sent twice at once, as by a double click, acts once, and what it shows once stays to be read."""

from __future__ import annotations

import pytest
import streamlit as st
from sqlmodel import func, select
from streamlit.runtime.scriptrunner import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from clicnjob import db
from clicnjob.accounts import staff
from clicnjob.models import Account, Appointment, Card, Comment, Note, Password, Role, ThreadMessage
from clicnjob.ui.shell import double_click
from tests.pages.conftest import html, texts
from tests.pages.test_cohort import SignInAs, open_at, page_of, signed_in, young

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
PASSWORD = "quatre mots assez longs"


@pytest.fixture(autouse=True)
def slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the second click be heard late."""
    monkeypatch.setattr(double_click, "_AFTER_SAVING", 600.0)


@pytest.fixture(params=["before the page is drawn anew", "after it was drawn, before the browser shows it"])
def hurried(request: pytest.FixtureRequest) -> bool:
    """When the second click comes."""
    return bool(request.param.startswith("before"))


def press_twice(page: AppTest, button: str, *, hurried: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send the same message of the browser twice, with the boxes as they were typed before the first."""
    page.button(button).click()
    sent = page._tree.get_widget_states()
    if not hurried:
        page._run(sent)
        page._run(sent)
        return
    drawn, clicks = st.navigation, [sent]

    def interrupted(*args: object, **named: object) -> object:
        if clicks:
            query = "&".join(f"{name}={value}" for name, value in st.query_params.items())
            raise RerunException(RerunData(widget_states=clicks.pop(), query_string=query))
        return drawn(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "navigation", interrupted)
    page._run(sent)
    assert not clicks


def rows(table: type) -> int:
    with db.read_transaction() as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize(
    ("part", "box", "button", "table"),
    [
        ("suivi", "note-words", "note-write", Note),
        ("echanges", "thread-words", "thread-send", ThreadMessage),
        ("cv", "comment-words", "comment-say", Comment),
    ],
)
def test_words_are_sent_once(
    sign_in: SignInAs, monkeypatch: pytest.MonkeyPatch, hurried: bool, part: str, box: str, button: str, table: type
) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    account_id = young(claire)
    page = page_of("adviser/person.py").run()
    page.session_state["person_part"] = part
    open_at(page, account_id)
    before = rows(table)
    page.text_area(f"{box}-{account_id}").input("Bonjour à toi")
    press_twice(page, button, hurried=hurried, monkeypatch=monkeypatch)
    assert not page.exception and rows(table) == before + 1
    page.text_area(f"{box}-{account_id}").input("Autre chose")
    page.button(button).click().run()
    assert rows(table) == before + 2, "what is typed next leaves at once"


def test_an_appointment_by_telephone_is_proposed_once(
    sign_in: SignInAs, monkeypatch: pytest.MonkeyPatch, hurried: bool
) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    account_id = young(claire)
    page = page_of("adviser/person.py").run()
    page.session_state["person_part"] = "echanges"
    open_at(page, account_id)
    kind = next(each for each in page.button_group if each.label == "Comment")
    kind.set_value("telephone").run()
    press_twice(page, "appointment-propose", hurried=hurried, monkeypatch=monkeypatch)
    assert not page.exception and rows(Appointment) == 1


def test_a_new_card_is_made_once_and_stays_to_be_printed(
    sign_in: SignInAs, monkeypatch: pytest.MonkeyPatch, hurried: bool
) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    with db.write_transaction() as session:
        session.add(Password(account_id=claire.id, login="claire", hash=staff.seal_password(PASSWORD)))
    account_id = young(claire)
    page = page_of("adviser/person.py").run()
    page.session_state["person_part"] = "dossier"
    open_at(page, account_id)
    page.button("new-card").click().run()
    page.text_input("proof-typed-card").input(PASSWORD)
    press_twice(page, "proof-go-card", hurried=hurried, monkeypatch=monkeypatch)
    assert rows(Card) == 2, "the first one, and the new one"
    assert any("Imprimez cette carte" in text for text in texts(page))


def test_somebody_is_invited_once_and_their_link_stays_to_be_copied(
    sign_in: SignInAs, monkeypatch: pytest.MonkeyPatch, hurried: bool
) -> None:
    signed_in(sign_in, Role.HEAD)
    page = page_of("admin/team.py").run()
    page.text_input("invite-first").input("Léa")
    page.text_input("invite-last").input("Petit")
    next(box for box in page.checkbox if box.key and box.key.startswith("invite-adviser")).check()
    press_twice(page, "invite-add", hurried=hurried, monkeypatch=monkeypatch)
    assert rows(Account) == 2 and "/invitation#" in html(page)
    page.run()
    assert "/invitation#" not in html(page)
