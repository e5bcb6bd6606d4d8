"""/sante/pret says within two seconds that nothing can be kept, and the log says why in one word; /sante only says « alive »."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import shutil
import signal
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from clicnjob import config, db
from clicnjob.web import health, life, metrics
from clicnjob.web.logs import JsonLineFormatter
from tests.small_disk import fill_disk, small_disk
from tests.test_databases import postgres_address  # noqa: F401 - a fixture

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def fresh_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier test asked is forgotten."""
    monkeypatch.setattr(health, "_PROBE", health.WriteProbe())


def status(browser: TestClient) -> int:
    began = time.monotonic()
    answer = browser.get("/sante/pret")
    assert time.monotonic() - began < 2
    assert answer.json()["state"] == ("ready" if answer.status_code == 200 else "not ready")
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
    assert browser.get("/sante").status_code == 200, "a restart would not help"
    assert set(browser.get("/sante/pret").json()) == {"state", "version"}, "why is for the log only"
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


def test_alive_is_said_without_the_database(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise AssertionError("the database is asked")

    monkeypatch.setattr(db, "write_transaction", refused)
    monkeypatch.setattr(db, "read_transaction", refused)
    assert browser.get("/sante").json()["state"] == "alive"


def test_a_full_disk_is_not_well(
    tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with small_disk(tmp_path / "disk", megabytes=6) as disk:
        shutil.copy(migrated, disk / "clicnjob.sqlite3")
        for _folder in _used(f"sqlite:///{disk / 'clicnjob.sqlite3'}", disk, monkeypatch):
            assert tried()
            fill_disk(disk)
            assert not tried()
    assert kinds(caplog) == ["full"]


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


async def _lived(during: Callable[[], None]) -> None:
    async with life.server_life(None):
        during()


@pytest.fixture
def bare_server(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[], None]], None]]:
    """Runs the start and the stop of the server, without what takes long, and what it is given in between."""
    monkeypatch.setenv("CLICNJOB_HOME", str(elsewhere))
    config.current_settings.cache_clear()
    for name in (
        "warm_imports",
        "_compress_files",
        "_open_visits",
        "sweep_everything",
        "watch_visits",
        "send_notifications",
    ):
        monkeypatch.setattr(life, name, lambda: None)
    yield lambda during: asyncio.run(_lived(during))


def test_a_start_and_a_stop_are_lines_of_the_log(
    bare_server: Callable[[Callable[[], None]], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "clicnjob")
    bare_server(lambda: None)
    lines = [
        json.loads(JsonLineFormatter().format(record)) for record in caplog.records if record.name == life.__name__
    ]
    start, stop = lines
    assert (start["said"], start["database"], start["mode"]) == ("the server started", "sqlite", "development")
    assert start["version"] and start["start_s"] >= 0
    assert stop["said"] == "the server stopped" and stop["after_s"] >= 0


def test_measures_are_served_only_where_they_are_asked_for(
    bare_server: Callable[[Callable[[], None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    read: list[str] = []

    def ask() -> None:
        metrics.note_request(200, 0.01)
        metrics.note_sockets(1)
        logging.getLogger("clicnjob.of_a_test").error("x")
        with suppress(httpx.ConnectError):
            read.append(httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).text)

    bare_server(ask)
    assert not read, "off by default"
    monkeypatch.setenv("CLICNJOB_METRICS", f"127.0.0.1:{port}")
    config.current_settings.cache_clear()
    bare_server(ask)
    (page,) = read
    for line in (
        'clicnjob_requests_total{status="2xx"} 1.0', "clicnjob_open_tabs 1.0", "clicnjob_ready 1.0",
        'clicnjob_log_lines_total{level="error"} 1.0', "clicnjob_request_seconds_count 1.0", "process_resident_memory_bytes",
        "clicnjob_disk_free_bytes", "clicnjob_last_backup_timestamp_seconds 0.0", "clicnjob_last_sweep_timestamp_seconds",
        "clicnjob_waiting_people 0.0",
    ):  # fmt: skip
        assert f"\n{line}" in page, line
    labels = {name for line in page.splitlines() for name in re.findall(r'(\w+)="', line)}
    assert labels == {"version", "status", "le", "level"}, "no label may stand for a person, an address or a page"
    bare_server(lambda: None)
    ask()
    assert len(read) == 1, "nothing is served after the stop"
