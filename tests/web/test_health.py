"""/sante says within two seconds that nothing can be kept, and the log says why in one word."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from clicnjob import config, db
from clicnjob.web import health
from clicnjob.web.logs import JsonLineFormatter
from tests.test_databases import postgres_address  # noqa: F401 - a fixture

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def fresh_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier test asked is forgotten."""
    monkeypatch.setattr(health, "_PROBE", health.WriteProbe())


def status(browser: TestClient) -> int:
    began = time.monotonic()
    answer = browser.get("/sante")
    assert time.monotonic() - began < 2
    assert answer.json()["database"] == ("ok" if answer.status_code == 200 else "down")
    return answer.status_code


def status_in_the_end(browser: TestClient, wanted: int) -> int:
    until = time.monotonic() + 15
    while (found := status(browser)) != wanted and time.monotonic() < until:
        time.sleep(0.2)
    return found


def kinds(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log says, as it is written."""
    lines = [
        json.loads(JsonLineFormatter().format(record)) for record in caplog.records if record.name == health.__name__
    ]
    return [line.get("kind", line["said"]) for line in lines]


def test_a_locked_database_is_not_well(browser: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    assert status(browser) == 200
    time.sleep(health._KEPT_FOR)
    other = sqlite3.connect(str(db.shared_engine().url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert status(browser) == 503
    time.sleep(5)  # SQLite gives up waiting
    other.execute("ROLLBACK")
    other.close()
    assert status_in_the_end(browser, 200) == 200
    assert "locked" in kinds(caplog)


def test_many_who_ask_make_one_write(browser: TestClient) -> None:
    written: list[str] = []
    sa.event.listen(db.shared_engine(), "commit", lambda _connection: written.append("one"))
    assert {status(browser) for _ in range(30)} == {200}
    assert len(written) <= 2


@pytest.fixture
def elsewhere(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database of the test's own."""
    shutil.copy(migrated, tmp_path / "clicnjob.sqlite3")
    yield from _used(f"sqlite:///{tmp_path / 'clicnjob.sqlite3'}", tmp_path, monkeypatch)


def _used(address: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CLICNJOB_DATABASE_URL", address)
    config.current_settings.cache_clear()
    engine = db.connect_engine(address, hurried=True)
    monkeypatch.setattr(db, "shared_engine", lambda: engine)
    yield folder
    engine.dispose()
    monkeypatch.undo()
    config.current_settings.cache_clear()


def tried() -> bool:
    began = time.monotonic()
    well = asyncio.run(health.WriteProbe().can_write())
    assert time.monotonic() - began < 2
    return well


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        ("UPDATE alembic_version SET version_num = '0010'; DROP TABLE installationmark", "not migrated"),
        ("CREATE TRIGGER t BEFORE INSERT ON installationmark BEGIN SELECT RAISE(FAIL, 'x'); END", "unknown"),
    ],
)
def test_the_log_says_why(elsewhere: Path, caplog: pytest.LogCaptureFixture, spoil: str, kind: str) -> None:
    assert tried()
    with sqlite3.connect(elsewhere / "clicnjob.sqlite3") as connection:
        connection.executescript(f"DELETE FROM installationmark; {spoil}")
    assert not tried()
    assert kinds(caplog) == [kind]


def test_a_database_that_is_gone_and_one_that_is_damaged(elsewhere: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = elsewhere / "clicnjob.sqlite3"
    file.write_bytes(b"SQLite format 3\0" + os.urandom(9000))
    assert not tried()
    db.shared_engine().dispose()
    file.unlink()
    file.mkdir()
    assert not tried()
    assert kinds(caplog) == ["corrupt", "absent"]


@pytest.mark.postgres
def test_a_frozen_postgresql_is_not_well(
    postgres_address: str,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    db.migrate_database(postgres_address)
    for _folder in _used(postgres_address, tmp_path, monkeypatch):
        assert tried()
        with db.shared_engine().connect() as connection:
            backend = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
            assert connection.execute(sa.text("SHOW statement_timeout")).scalar() == "30s"
        os.kill(backend, signal.SIGSTOP)
        try:
            assert not tried()
        finally:
            os.kill(backend, signal.SIGCONT)
        time.sleep(0.5)
        assert tried()
