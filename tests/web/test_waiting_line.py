"""The line of newcomers while a process is full: in turn, never for whoever is inside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from starlette.testclient import TestClient

from clicnjob import db, models, policy
from clicnjob.accounts import cards, people, presence
from clicnjob.models import Account, Role
from clicnjob.privacy import notice
from clicnjob.web import COOKIE, waiting_line
from clicnjob.web.middleware import gate
from clicnjob.web.waiting_line import WaitingLine
from tests.conftest import person
from tests.tabs import tab

pytest_plugins = ["tests.sign_in_pages"]

PIN = "482915"


@dataclass
class Door:
    """A line at a process for two people, and the time of a test."""

    most: int = 2
    clock: float = 1_000
    connected: set[str] = field(default_factory=set)
    line: WaitingLine = field(default_factory=WaitingLine)

    def ask(self, one: str) -> int:
        return self.line.find_place(one, connected=self.connected, most=self.most, clock=self.clock)


def test_newcomers_wait_in_the_order_of_their_arrival_and_one_place_lets_one_in() -> None:
    door = Door(connected={"a", "b"})
    assert [door.ask(one) for one in ("c", "d", "e", "d", "c")] == [1, 2, 3, 2, 1]
    door.connected = {"a"}
    assert [door.ask(one) for one in ("d", "c", "d", "c")] == [2, 0, 1, 0], (
        "who comes first goes in, and keeps the place"
    )
    door.clock += waiting_line.ENTERS_WITHIN + 1
    assert door.ask("d") == 0, "who never came in leaves the place to the next"


def test_whoever_is_inside_comes_back_whatever_waits() -> None:
    door = Door(connected={"a", "b"})
    assert door.ask("c") == 1
    assert door.ask("a") == 0
    door.connected = {"c", "d"}
    door.clock += policy.TABS_GONE_SLEEPS.total_seconds() - 1
    assert door.ask("b") == 0
    door.clock += policy.TABS_GONE_SLEEPS.total_seconds() + 1
    assert door.ask("b") == 1


def test_who_closed_the_page_is_forgotten_and_the_line_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(connected={"a", "b"})
    assert (door.ask("c"), door.ask("d")) == (1, 2)
    door.clock += waiting_line.FORGOTTEN_AFTER - 1
    door.ask("d")
    door.clock += 2
    assert (door.ask("d"), door.line.count_waiting()) == (1, 1)
    monkeypatch.setattr(waiting_line, "LONGEST", 1)
    assert door.ask("e") == 2
    assert door.line.count_waiting() == 1


def test_without_a_limit_nobody_waits() -> None:
    assert Door(most=0, connected={"a", "b"}).ask("c") == 0


# --- at the door of the app


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that serves one person at a time."""
    monkeypatch.setattr(gate, "LINE", WaitingLine())
    chosen = gate.current_settings().model_copy(update={"people_at_once": 1})
    monkeypatch.setattr(gate, "current_settings", lambda: chosen)


def _signed_in(browser: TestClient, chief: Account, role: Role = Role.YOUNG) -> str:
    """Sign somebody new in at this browser, and return the token."""
    browser.cookies.clear()
    with db.write_transaction() as session:
        adviser = person(session, Role.ADVISER, organisation_id=chief.organisation_id)
        if role is not Role.YOUNG:
            token = presence.begin_sign_in(session, account=adviser, now=models.utc_now())
            browser.cookies.set(COOKIE, token)
            return token
        account, code = people.enrol_young(
            session, by=adviser, first_name="Sami", last_name="Essai", now=models.utc_now()
        )
        cards.choose_pin(session, code=code, pin=PIN, now=models.utc_now())
        notice.accept_notice(session, by=account, version=notice.current_notice().version)
    browser.post("/connexion", data={"numero": code, "code": PIN})
    return browser.cookies[COOKIE]


@pytest.mark.usefixtures("full")
def test_a_newcomer_is_told_the_place_and_comes_in_when_somebody_leaves(
    browser: TestClient, chief: Account, caplog: pytest.LogCaptureFixture
) -> None:
    with tab(browser, _signed_in(browser, chief)) as inside:
        inside.visit("mes-cv")
        assert browser.get("/mes-cv").status_code == 200, "who is inside may load the page again"
        _signed_in(browser, chief)
        answer = browser.get("/mes-cv")
        assert (answer.status_code, answer.headers["x-place"]) == (503, "1")
        assert "Il y a beaucoup de monde" in answer.text and "clicnjob" not in answer.headers.get("set-cookie", "")
        with caplog.at_level("INFO", logger="clicnjob.web.middleware.requests"):
            caplog.clear()
            assert browser.head("/mes-cv").headers["x-place"] == "1"
            assert not caplog.records, "asked every five seconds by everybody in the line"
    assert browser.head("/mes-cv").status_code == 200
    assert browser.get("/mes-cv").status_code == 200, "let in, while the page has not connected yet"


@pytest.mark.usefixtures("full")
def test_professionals_and_people_of_a_group_session_do_not_wait(browser: TestClient, chief: Account) -> None:
    with tab(browser, _signed_in(browser, chief)) as inside:
        inside.visit("mes-cv")
        _signed_in(browser, chief, Role.ADVISER)
        assert browser.get("/").status_code == 200
        token = _signed_in(browser, chief)
        with db.read_transaction() as session:
            alone = presence.present_person(session, token, now=models.utc_now())
        assert alone is not None and gate._waiting_page(alone) is not None
        assert gate._waiting_page(replace(alone, participant_id="somewhere")) is None
