"""The secret is the database's own, and the files are their owner's only: at each start, for every command."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command as alembic
from alembic.config import Config

from clicnjob.paths import PACKAGE
from tests.conftest import PEPPER
from tests.forked import Ended, run_command
from tests.test_databases import FIXTURES

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.slow
ANOTHER = "un autre poivre, assez long"
COMMANDS = (
    ("run",),
    ("migrate",),
    ("purge",),
    ("staff", "list"),
    ("card", "unlock", "x"),
    ("audit", "verify"),
    ("audit", "anchor"),
)


def command(home: Path, *words: str, pepper: str = "") -> Ended:
    given = {"CLICNJOB_PEPPER": pepper} if pepper else {}
    with socket.socket() as free:  # the application of whoever runs the tests may hold the usual port
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    return run_command(*words, folder=home, settings={"CLICNJOB_HOME": str(home), "CLICNJOB_PORT": port} | given)


@pytest.fixture(scope="module")
def used(inhabited: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation in use whose secret is in its file, as most are; to be copied."""
    home = tmp_path_factory.mktemp("used")
    shutil.copy(inhabited, home / "clicnjob.sqlite3")
    (home / "secret").write_text(PEPPER, encoding="utf-8")
    assert command(home, "migrate").status == 0
    return home


@pytest.fixture
def home(used: Path, tmp_path: Path) -> Path:
    """The same, for one test."""
    return shutil.copytree(used, tmp_path / "maison")


def rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "clicnjob.sqlite3")) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_missing_secret_is_never_replaced(home: Path, words: tuple[str, ...]) -> None:
    (home / "secret").unlink()
    before = rows(home, "SELECT count(*), max(chain) FROM auditevent")
    done = command(home, *words)
    assert done.status == 2 and "sauvegarde" in done.err and len(done.err.splitlines()) == 1, done
    assert not (home / "secret").exists()
    assert rows(home, "SELECT count(*), max(chain) FROM auditevent") == before


@pytest.mark.parametrize("content", ["", "\n", "x", ANOTHER], ids=["empty", "blank", "short", "foreign"])
def test_a_secret_of_something_else_is_refused(home: Path, content: str) -> None:
    (home / "secret").write_text(content, encoding="utf-8")
    done = command(home, "migrate")
    assert done.status == 2 and "sauvegarde" in done.err and len(done.err.splitlines()) == 1, done
    (home / "secret").write_text(PEPPER, encoding="utf-8")
    assert command(home, "audit", "verify").status == 0, "put back, everything goes on"


def test_a_pepper_of_something_else_is_refused(home: Path) -> None:
    done = command(home, "staff", "list", pepper=ANOTHER)
    assert done.status == 2 and "CLICNJOB_PEPPER" in done.err and ANOTHER not in done.err + done.out
    assert command(home, "staff", "list", pepper=PEPPER).status == 0


@pytest.mark.parametrize(("pepper", "status"), [(PEPPER, 0), (ANOTHER, 2)])
def test_an_installation_from_before_the_check_is_told_by_its_log(home: Path, pepper: str, status: int) -> None:
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))
    config.attributes["address"] = f"sqlite:///{home / 'clicnjob.sqlite3'}"
    alembic.downgrade(config, "0015")
    (home / "secret").write_text(pepper, encoding="utf-8")
    assert command(home, "migrate").status == status
    marks = rows(home, "SELECT name FROM installationmark ORDER BY name")
    assert marks == ([("anchors",), ("pepper",)] if status == 0 else [])


def test_an_installation_that_sealed_nothing_yet_trusts_the_secret_it_has(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "clicnjob.sqlite3")) as connection:
        connection.executescript((FIXTURES / "0.1.0.sql").read_text(encoding="utf-8"))
    refused = command(tmp_path, "migrate")
    assert refused.status == 2 and not (tmp_path / "secret").exists()
    assert command(tmp_path, "migrate", pepper=PEPPER).status == 0
    assert command(tmp_path, "migrate", pepper=ANOTHER).status == 2


def test_a_new_installation_makes_its_secret(tmp_path: Path) -> None:
    assert command(tmp_path, "migrate").status == 0
    assert len((tmp_path / "secret").read_bytes()) == 64
    assert command(tmp_path, "audit", "verify").status == 0


def test_a_backup_sealed_with_another_secret_changes_nothing(home: Path, tmp_path: Path) -> None:
    assert command(home, "backup", str(tmp_path / "copie")).status == 0
    other = tmp_path / "autre"
    other.mkdir()
    assert command(other, "migrate").status == 0
    before = (other / "clicnjob.sqlite3").read_bytes()
    done = command(other, "restore", str(tmp_path / "copie"), "--yes")
    assert done.status == 2 and "secret" in done.err, done
    assert (other / "clicnjob.sqlite3").read_bytes() == before
    (other / "secret").write_text(PEPPER, encoding="utf-8")
    assert command(other, "restore", str(tmp_path / "copie"), "--yes").status == 0, "with the secret that goes with it"


@pytest.mark.parametrize(
    "damage", [b"SQLite format 3\0" + os.urandom(5000), b"bonjour" * 900], ids=["corrupt", "no database"]
)
def test_a_backup_can_be_put_in_place_of_a_damaged_database(home: Path, tmp_path: Path, damage: bytes) -> None:
    assert command(home, "backup", str(tmp_path / "copie")).status == 0
    for file in home.glob("clicnjob.sqlite3*"):
        file.unlink()
    (home / "clicnjob.sqlite3").write_bytes(damage)
    done = command(home, "restore", str(tmp_path / "copie"), "--yes")
    assert done.status == 0, done
    assert command(home, "audit", "verify").status == 0


def modes(folder: Path) -> dict[str, str]:
    """Whatever others can do with the folder and its files."""
    every = [folder, *(file for file in folder.rglob("*") if not file.name.startswith("."))]
    found = {file.name: stat.S_IMODE(file.stat().st_mode) for file in every}
    return {name: oct(mode) for name, mode in found.items() if mode & 0o077}


def test_what_is_made_is_for_its_owner_only(tmp_path: Path) -> None:
    home = tmp_path / "maison"
    before = os.umask(0o022)
    try:
        assert run_command("migrate", folder=tmp_path, settings={"CLICNJOB_HOME": str(home)}).status == 0
        for words in (
            ("backup", str(home / "copie")),
            ("audit", "anchor"),
            ("questionnaire", str(home / "papier.pdf")),
        ):
            assert command(home, *words).status == 0
    finally:
        os.umask(before)
    assert modes(home) == {}


def test_what_an_earlier_release_left_open_is_closed_and_said(home: Path) -> None:
    home.chmod(0o755)
    for file in home.iterdir():
        file.chmod(0o644)
    done = command(home, "migrate")
    assert done.status == 0 and "files that others could read" in done.err, done
    assert modes(home) == {}
    assert "others" not in command(home, "migrate").err


def test_a_folder_that_others_need_keeps_its_rights(tmp_path: Path) -> None:
    shared = tmp_path / "partage"
    shared.mkdir()
    shared.chmod(0o1777)
    assert command(shared, "migrate").status == 0
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
    assert [name for name in modes(shared) if name != "partage"] == []
