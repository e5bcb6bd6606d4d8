"""« Mes rappels » and what an adviser sees of it; « Dans mon calendrier » at the end of the agenda."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import config, db, models
from clicnjob.accounts import people, staff
from clicnjob.cohort.notifications import channels, dispatch
from clicnjob.models import (
    Account,
    AuditEvent,
    CalendarFeed,
    MailState,
    NotificationAddress,
    NotificationChannel,
    NotificationReason,
    Password,
    Role,
    SentNotification,
    SignIn,
)
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
SignInAs = Callable[[Role | None], Account | None]
PASSWORD = "quatre mots assez longs"
SETTINGS = {"CLICNJOB_SMS_URL": "https://sms.exemple.fr/", "CLICNJOB_SMS_BODY": "to={numero}&text={texte}"}


@pytest.fixture
def set_up(peppered: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server whose administrator set up the gateway."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    config.current_settings.cache_clear()
    yield
    monkeypatch.undo()
    config.current_settings.cache_clear()


def page_of(file: str, role: Role) -> AppTest:
    page = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=file), default_timeout=60).run()
    check(page, role)
    return page


def said(page: AppTest) -> str:
    return f"{html(page)} {' '.join(texts(page))}"


def test_a_young_person_says_yes_to_sms_and_stops(sign_in: SignInAs, set_up: None) -> None:
    me = sign_in(Role.YOUNG)
    assert me is not None
    page = page_of("young/notifications.py", Role.YOUNG)
    assert not [box for box in page.text_input if "mail" in str(box.key)], "e-mail is not set up"
    page.text_input("notify-sms").set_value("01 42 34 56 78")
    page.button("notify-sms-yes").click().run()
    assert "portable français" in said(page)
    page.text_input("notify-sms").set_value("0612345678")
    page.button("notify-sms-yes").click().run()
    assert "06 12 34 56 78" in said(page) and "arrêter quand tu veux" in said(page)
    page.button("notify-sms-stop").click().run()
    with db.read_transaction() as session:
        assert session.exec(select(NotificationAddress)).all() == []
    assert page.text_input("notify-sms") is not None


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST])
def test_where_there_are_none_nothing_is_asked(sign_in: SignInAs, peppered: None, role: Role) -> None:
    sign_in(role)
    page = page_of("young/notifications.py", role)
    assert not page.text_input and "il n’y a pas de rappels" in said(page)
    assert "go-notifications" not in [button.key for button in page_of("young/data.py", role).button]


def test_an_adviser_reads_that_somebody_is_reached_and_what_failed(sign_in: SignInAs, set_up: None) -> None:
    claire = sign_in(Role.ADVISER)
    assert claire is not None
    now = models.utc_now()
    with db.write_transaction() as session:
        young, _ = people.enrol_young(session, by=claire, first_name="Lina", last_name="Morel", now=now)
        assert young.organisation_id is not None
        channels.agree_to_channel(
            session, by=young, channel=NotificationChannel.SMS, typed="0612345678", now=now,
            settings=config.current_settings(),
        )  # fmt: skip
        session.add(
            SentNotification(
                account_id=young.id, organisation_id=young.organisation_id, channel=NotificationChannel.SMS,
                reason=NotificationReason.MESSAGE, operation="x", address_digest="x", state=MailState.REFUSED,
                fault=dispatch.SERVER_FAULT, at=now,
            )
        )  # fmt: skip
    page = page_of("adviser/person.py", Role.ADVISER)
    page.session_state["person"] = young.id
    page.run()
    check(page, Role.ADVISER)
    assert "Joignable par SMS, pour les rappels." in said(page)
    assert "pas parti" in said(page) and "612345678" not in said(page)


def test_a_calendar_address_needs_a_proof_is_shown_once_and_stops(sign_in: SignInAs, set_up: None) -> None:
    me = sign_in(Role.ADVISER)
    assert me is not None
    with db.write_transaction() as session:
        session.add(Password(account_id=me.id, login="claire", hash=staff.seal_password(PASSWORD)))
    page = page_of("adviser/agenda.py", Role.ADVISER)
    page.text_input("proof-typed-calendar").set_value("faux")
    page.button("proof-go-calendar").click().run()
    assert "/calendrier/" not in said(page)
    page.text_input("proof-typed-calendar").set_value(PASSWORD)
    page.button("proof-go-calendar").click().run()
    shown = re.search(r"/calendrier/([\w-]{43})\.ics", said(page))
    assert shown is not None and not page.exception
    page.run()
    assert shown[1] not in said(page) and "sans nom" in said(page)
    with db.read_transaction() as session:
        assert session.exec(select(CalendarFeed.account_id)).all() == [me.id]
    with db.write_transaction() as session:
        session.exec(select(SignIn).where(SignIn.account_id == me.id)).one().projected = True
    page.run()
    assert "calendar-stop" not in [button.key for button in page.button]
    with db.write_transaction() as session:
        session.exec(select(SignIn).where(SignIn.account_id == me.id)).one().projected = False
    page.run()
    page.button("calendar-stop").click().run()
    with db.read_transaction() as session:
        assert session.exec(select(CalendarFeed)).all() == []
        acts = session.exec(select(AuditEvent.act).where(AuditEvent.act.startswith("calendar"))).all()  # type: ignore[attr-defined]
    assert acts == ["calendar address made", "calendar address stopped"]
