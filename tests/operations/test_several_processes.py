"""Several processes on one database: they start together, one of them does what is due, and counts stay exact."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from clicnjob import config, db
from clicnjob.cli import prepared
from clicnjob.paths import ROOT
from tests.browser.served import Served
from tests.test_databases import postgres_address  # noqa: F401 - a fixture

pytestmark = [pytest.mark.slow, pytest.mark.long]
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database that nothing has migrated."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'several.sqlite3'}"
        return
    server = sa.create_engine(request.getfixturevalue("postgres_address"), isolation_level="AUTOCOMMIT")
    name = f"essai_{secrets.token_hex(4)}"
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield str(server.url.set(database=name))
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def test_two_processes_that_start_at_once_on_an_empty_database_both_come_up(address: str, tmp_path: Path) -> None:
    given = {"CLICNJOB_DATABASE_URL": address}
    both = [Served(home=tmp_path / "home", settings=given) for _ in range(2)]
    both[0].home.mkdir()
    try:
        for one in both:
            one.process = one._started()
        for one in both:
            one.wait_until_it_answers()
        said = (both[0].home / "server.log").read_text(encoding="utf-8")
        assert said.count("Premier démarrage") == 1 and "Traceback" not in said
    finally:
        for one in both:
            one.kill()
    shutil.rmtree(both[0].home)


def test_a_process_waits_while_another_one_starts(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICNJOB_DATABASE_URL", address)
    monkeypatch.setenv("CLICNJOB_HOME", str(tmp_path))
    config.current_settings.cache_clear()
    engine = db.connect_engine(address)
    try:
        with prepared.hold_start():
            command = [sys.executable, "-m", "clicnjob", "migrate"]
            started = subprocess.Popen(command, env=os.environ.copy(), cwd=ROOT, stdout=subprocess.DEVNULL)
            with pytest.raises(subprocess.TimeoutExpired):
                started.wait(timeout=8)
            assert not sa.inspect(engine).has_table("account")
        assert started.wait(timeout=120) == 0
        assert sa.inspect(engine).has_table("account")
    finally:
        engine.dispose()
        monkeypatch.undo()
        config.current_settings.cache_clear()
