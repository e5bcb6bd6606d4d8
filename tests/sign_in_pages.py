"""The real server in this process, started once: Streamlit allows one runtime a process."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlmodel import select
from starlette.testclient import TestClient
from streamlit.runtime import Runtime

from clicnjob import db, models
from clicnjob.accounts import cards, people, staff
from clicnjob.config import current_settings
from clicnjob.models import Account, WrongTries
from clicnjob.web import life, polling_screens
from clicnjob.web.auth import guests, wrong_codes
from tests.static_files import share_compressed_files

PIN = "482915"
_RUNNING: list[Runtime] = []


@pytest.fixture
def peppered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A secret of the test's own, so that no file is made."""
    monkeypatch.setenv("CLICNJOB_PEPPER", "poivre des essais")
    current_settings.cache_clear()
    yield
    monkeypatch.undo()
    current_settings.cache_clear()


async def _no_sweeping() -> None:
    """What the tests call themselves, in their own time."""


@cache
def served() -> TestClient:
    """A browser in front of the whole application, on an empty database of its own."""
    home = tempfile.mkdtemp(prefix="clicnjob-")
    share_compressed_files(Path(home))
    os.environ["CLICNJOB_HOME"] = home
    current_settings.cache_clear()
    db.shared_engine.cache_clear()
    db.migrate_database()
    from clicnjob.server import asgi_app

    # They would work on whatever database a test uses just then.
    life._lead_on = life._sweep_on = life._watch_on = life._notify_on = _no_sweeping
    polling_screens.follow_forever = _no_sweeping
    named = current_settings().model_copy(update={"host": "testserver"})  # the name by which this client calls
    browser = TestClient(asgi_app(chosen=named), follow_redirects=False)
    browser.__enter__()
    _RUNNING.append(Runtime.instance())
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    atexit.register(browser.__exit__, None, None, None)
    with db.write_transaction() as session:
        staff.first_start(session, organisation_name="Mission locale d’essai", login="chef")
    return browser


@pytest.fixture
def browser() -> TestClient:
    """That browser without any cookie, at sign-in pages where nobody tried anything yet."""
    found = served()
    for counted in (guests._came, wrong_codes._browsers, wrong_codes._addresses):
        counted.clear()
    with db.write_transaction() as session:
        session.exec(delete(WrongTries))
    Runtime._instance = _RUNNING[0]  # AppTest leaves none behind, and the server of this process needs its own
    found.cookies.clear()
    return found


@pytest.fixture
def chief(browser: TestClient) -> Account:
    """The administrator of the served structure."""
    with db.read_transaction() as session:
        return session.exec(select(Account).where(Account.role == models.Role.ADMIN)).one()


@pytest.fixture
def new_card(chief: Account) -> str:
    """The number of a card that was never used."""
    with db.write_transaction() as session:
        adviser = Account(organisation_id=chief.organisation_id, role=models.Role.ADVISER, first_name="Claire")
        session.add(adviser)
        session.flush()
        return people.enrol_young(session, by=adviser, first_name="Canari", last_name="Essai", now=models.utc_now())[1]


@pytest.fixture
def card(new_card: str) -> str:
    """The number of a card whose code is `PIN`."""
    with db.write_transaction() as session:
        cards.choose_pin(session, code=new_card, pin=PIN, now=models.utc_now())
    return new_card
