"""A database is copied before it is migrated, so that an update can be rolled back; two processes migrate one by one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from clicnjob import db, models
from clicnjob.operations.backups import before_migration, postgresql, revisions
from tests.conftest import PEPPER
from tests.forked import Ended, run_command
from tests.test_databases import FIXTURES, postgres_address  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow


def command(home: Path, *words: str) -> Ended:
    return run_command(*words, folder=home, settings={"CLICNJOB_HOME": str(home), "CLICNJOB_PEPPER": PEPPER})


def revision(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def copies(home: Path) -> list[Path]:
    return sorted((home / before_migration.FOLDER_NAME).glob("*"))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An installation of the first release."""
    with closing(sqlite3.connect(tmp_path / "clicnjob.sqlite3")) as connection:
        connection.executescript((FIXTURES / "0.1.0.sql").read_text(encoding="utf-8"))
    return tmp_path


def test_a_copy_is_made_once_and_holds_what_was_there(old: Path) -> None:
    was = revision(old / "clicnjob.sqlite3")
    done = command(old, "migrate")
    assert done.status == 0, done
    (copy,) = copies(old)
    assert str(copy) in done.out.replace("\n", "")
    assert revision(copy) == was != revision(old / "clicnjob.sqlite3") == revisions.latest_revision()
    assert copy.stat().st_mode & 0o077 == 0
    assert command(old, "migrate").status == 0
    assert copies(old) == [copy], "nothing was migrated the second time"
    assert command(old, "restore", str(copy), "--yes").status == 0, "it is a backup like any other"


def test_no_copy_is_made_of_nothing_or_where_none_is_wanted(old: Path, tmp_path: Path) -> None:
    assert command(old, "migrate", "--without-copy").status == 0
    assert not copies(old)
    (tmp_path / "new").mkdir()
    assert command(tmp_path / "new", "migrate").status == 0
    assert not copies(tmp_path / "new")


def test_copies_go_after_thirty_days(tmp_path: Path) -> None:
    folder = tmp_path / before_migration.FOLDER_NAME
    folder.mkdir()
    for days in (5, 29, 31):
        (folder / str(days)).touch()
        os.utime(folder / str(days), (time.time() - days * 86_400,) * 2)
    assert before_migration.forget_old_copies(tmp_path, now=models.utc_now()) == 1
    assert [file.name for file in copies(tmp_path)] == ["29", "5"]
    assert before_migration.forget_old_copies(tmp_path, now=models.utc_now() + timedelta(days=60)) == 2


@pytest.mark.postgres
def test_postgresql_is_copied_too_or_says_what_is_missing(
    postgres_address: str,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    db.migrate_database(postgres_address, "0010")
    copied = before_migration.copy_before_migration(postgres_address, home=tmp_path, now=models.utc_now())
    assert copied is not None and copied.name.startswith("0010-") and copied.read_bytes().startswith(b"PGDMP")
    monkeypatch.setattr(postgresql.shutil, "which", lambda _name: None)
    with pytest.raises(before_migration.CannotCopyFirst, match="without-copy"):
        before_migration.copy_before_migration(postgres_address, home=tmp_path, now=models.utc_now())


def test_a_migration_that_ends_in_the_middle_changes_nothing_on_sqlite(old: Path) -> None:
    was = revision(old / "clicnjob.sqlite3")
    with closing(sqlite3.connect(old / "clicnjob.sqlite3")) as connection:
        connection.execute(
            "INSERT INTO work (id, account_id, kind, body, version, place, created_at, changed_at)"
            " SELECT 'orphan', 'nobody', kind, body, version, place, created_at, changed_at FROM work LIMIT 1"
        )
        connection.commit()
        before = sorted(connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())
    with pytest.raises(RuntimeError, match="point nowhere"):
        db.migrate_database(f"sqlite:///{old / 'clicnjob.sqlite3'}")
    assert revision(old / "clicnjob.sqlite3") == was
    with closing(sqlite3.connect(old / "clicnjob.sqlite3")) as connection:
        assert sorted(connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()) == before


MIGRATES = "import sys; from clicnjob import db; db.migrate_database(sys.argv[1])"


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_that_start_together_migrate_one_after_the_other(
    kind: str,
    postgres_address: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    address = postgres_address if kind == "postgresql" else f"sqlite:///{tmp_path / 'together.sqlite3'}"
    if kind == "postgresql":
        engine = db.connect_engine(address)
        with engine.begin() as connection:
            connection.exec_driver_sql(postgresql.DROP_EVERYTHING.replace("%", "%%"))
        engine.dispose()
    started = [subprocess.Popen([sys.executable, "-c", MIGRATES, address], stderr=subprocess.PIPE) for _ in range(3)]
    ended = [(process.communicate(timeout=120)[1].decode()[-500:], process.returncode) for process in started]
    assert [status for _said, status in ended] == [0, 0, 0], ended
    engine = db.connect_engine(address)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).all() == [
            (revisions.latest_revision(),)
        ]
    engine.dispose()
