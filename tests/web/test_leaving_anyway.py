"""« J’ai fini » empties the browser whatever the database can do, and the visit is over as soon as that can be written."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from clicnjob import db, models, policy
from clicnjob.accounts import departures, presence
from clicnjob.config import current_settings
from clicnjob.models import Account
from clicnjob.web import COOKIE, life
from tests.sign_in_pages import PIN

pytest_plugins = ["tests.sign_in_pages"]


@contextmanager
def locked() -> Iterator[None]:
    """Another program holds the database."""
    other = sqlite3.connect(current_settings().home / "clicnjob.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def full() -> Iterator[None]:
    """The disk is full: what is read is told, nothing is written."""
    with _refusing("database or disk is full"):
        yield


@contextmanager
def read_only() -> Iterator[None]:
    """The database may be read only."""
    with _every_connection("PRAGMA query_only=ON"):
        yield


@contextmanager
def gone() -> Iterator[None]:
    """Nothing answers, neither reading nor writing."""
    with _refusing("unable to open database file", reading=True):
        yield


@contextmanager
def _every_connection(pragma: str) -> Iterator[None]:
    db.shared_engine().dispose()

    def also(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(pragma)

    event.listen(db.shared_engine(), "connect", also)
    yield
    event.remove(db.shared_engine(), "connect", also)
    db.shared_engine().dispose()


@contextmanager
def _refusing(words: str, *, reading: bool = False) -> Iterator[None]:
    def refused(*_args: object, **_named: object) -> None:
        raise OperationalError("…", {}, sqlite3.OperationalError(words))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(db, "write_transaction", refused)
        if reading:
            patched.setattr(db, "read_transaction", refused)
        yield


WAYS = pytest.mark.parametrize(
    "broken", [locked, full, read_only, gone], ids=lambda way: way.__name__.replace("_", "-")
)


@pytest.fixture(autouse=True)
def nobody_left(browser: TestClient) -> Iterator[None]:
    yield
    departures.forget_departures(departures.unwritten_departures())


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "LEAVING_WAITS", 0.3)


@WAYS
def test_the_browser_is_emptied(browser: TestClient, card: str, broken: Callable[[], Iterator[None]]) -> None:
    browser.post("/connexion", data={"numero": card, "code": PIN})
    begun = time.monotonic()
    with broken():  # type: ignore[attr-defined]
        answer = browser.get("/sortie")
    assert answer.status_code == 200 and "À bientôt" in answer.text
    assert time.monotonic() - begun < 5
    assert answer.headers["clear-site-data"] == '"cookies", "storage"'
    assert COOKIE not in browser.cookies


@WAYS
def test_whoever_kept_the_token_is_out_at_once_and_for_good(
    browser: TestClient, card: str, broken: Callable[[], Iterator[None]]
) -> None:
    browser.post("/connexion", data={"numero": card, "code": PIN})
    token = browser.cookies[COOKIE]
    with broken():  # type: ignore[attr-defined]
        browser.get("/sortie")
    browser.cookies.set(COOKIE, token)
    assert browser.get("/mes-cv").headers["location"] == "/connexion?retour=/mes-cv"
    life.watch_visits()
    assert not departures.unwritten_departures() and not _kept().exists()
    browser.cookies.set(COOKIE, token)
    assert browser.get("/mes-cv").headers["location"] == "/connexion?retour=/mes-cv"


@WAYS
def test_a_restart_meanwhile_does_not_bring_the_visit_back(
    browser: TestClient, card: str, broken: Callable[[], Iterator[None]]
) -> None:
    browser.post("/connexion", data={"numero": card, "code": PIN})
    token = browser.cookies[COOKIE]
    with broken():  # type: ignore[attr-defined]
        browser.get("/sortie")
        time.sleep(0.5)
    if not _kept().exists():
        pytest.skip("the database could be told after all")
    assert token not in _kept().read_text(encoding="ascii") and _kept().stat().st_mode & 0o077 == 0
    departures._OVER.clear()  # the process ended
    departures.recall_departures()
    with db.read_transaction() as session:
        assert presence.recognised_person(session, token, now=models.utc_now()) is None


def test_a_guest_is_erased_as_soon_as_it_can_be(browser: TestClient) -> None:
    browser.post("/connexion/essai")
    with db.read_transaction() as session:
        me = presence.present_person(session, browser.cookies[COOKIE], now=models.utc_now())
    with gone():
        browser.get("/sortie")
    assert me is not None
    with db.read_transaction() as session:
        assert session.get(Account, me.id) is not None
    life.watch_visits()
    with db.read_transaction() as session:
        assert session.get(Account, me.id) is None


def test_the_sweep_tries_again_until_it_can(browser: TestClient, card: str) -> None:
    browser.post("/connexion", data={"numero": card, "code": PIN})
    with gone():
        browser.get("/sortie")
        for _ in range(2):
            with pytest.raises(OperationalError):
                life.watch_visits()
            assert len(departures.unwritten_departures()) == 1
    life.watch_visits()
    assert not departures.unwritten_departures()


def test_a_disk_that_refuses_even_that_leaves_it_in_memory(
    browser: TestClient, card: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post("/connexion", data={"numero": card, "code": PIN})
    token = browser.cookies[COOKIE]
    monkeypatch.setattr(departures, "_departures_file", lambda: Path("/proc/none/none"))
    with gone():
        assert browser.get("/sortie").status_code == 200
    browser.cookies.set(COOKIE, token)
    assert browser.get("/").headers["location"] == "/connexion"


def _kept() -> Path:
    return current_settings().home / "sorties-en-attente"
