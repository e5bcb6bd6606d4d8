"""A copy of the database and back, compared row by row, on both databases; all or nothing; never under a running app."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from clicnjob import config, db, models
from clicnjob.accounts import people
from clicnjob.cli import prepared
from clicnjob.demo import people as demo
from clicnjob.models import Account, Role
from clicnjob.operations import backups, running
from clicnjob.operations.backups import unfinished
from clicnjob.operations.backups.faults import AppRuns, FileExists, FromLater, NoFile, NotABackup, RestoreUnfinished
from tests import make
from tests.conftest import PEPPER
from tests.test_databases import FIXTURES, postgres_address  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CLICNJOB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLICNJOB_PEPPER", PEPPER)
    config.current_settings.cache_clear()
    yield tmp_path / "home"
    monkeypatch.undo()
    config.current_settings.cache_clear()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path, inhabited: Path) -> Iterator[str]:
    """A migrated database with the demonstration people."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(inhabited, tmp_path / 'live.sqlite3')}"
        return
    found = request.getfixturevalue("postgres_address")
    db.migrate_database(found)
    engine = db.connect_engine(found)
    with db.write_transaction(engine) as session:
        demo.people_made(session, today=make.TODAY)
    engine.dispose()
    yield found
    engine = db.connect_engine(found)
    with engine.begin() as connection:  # the log refuses an ordinary DELETE
        names = ", ".join(f'"{table.name}"' for table in models.Record.metadata.sorted_tables)
        connection.execute(sa.text(f"TRUNCATE {names} CASCADE"))
    engine.dispose()


def rows(address: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, and the revision."""
    engine = db.connect_engine(address)
    found = {}
    with engine.connect() as connection:
        for name in sorted(sa.inspect(connection).get_table_names()):
            every = connection.exec_driver_sql(f'SELECT * FROM "{name}"')  # noqa: S608
            found[name] = sorted((tuple(map(str, row)) for row in every), key=str)
    engine.dispose()
    return found


def no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


def copied(address: str, file: Path) -> Path:
    backups.back_up_database(file, address=address, now=NOW, progress=no_progress)
    return file


def restored(address: str, file: Path, after=lambda _session: 0) -> int:  # type: ignore[no-untyped-def]
    return backups.restore_database(file, address=address, after=after, progress=no_progress)


def spoil(address: str) -> None:
    """A day goes on: somebody comes, somebody goes, a text changes."""
    engine = db.connect_engine(address)
    with db.write_transaction(engine) as session:
        lina = session.exec(select(Account).where(Account.first_name == "Lina")).one()
        adviser = session.exec(select(Account).where(Account.first_name == "Claire")).one()
        people.enrol_young(session, by=adviser, first_name="Nouveau", last_name="Venu", now=models.utc_now())
        session.delete(lina)
        adviser.last_name = "Changée"
    engine.dispose()


def test_what_comes_back_is_the_same_row_by_row(address: str, tmp_path: Path) -> None:
    before = rows(address)
    file = copied(address, tmp_path / "copie")
    spoil(address)
    assert rows(address) != before
    assert restored(address, file) == 0
    assert rows(address) == before
    assert before["account"] and before["revision"] and before["auditevent"]


def test_what_was_restored_is_copied_and_restored_again(address: str, tmp_path: Path) -> None:
    before = rows(address)
    restored(address, copied(address, tmp_path / "une"))
    restored(address, copied(address, tmp_path / "deux"))
    assert rows(address) == before


def test_erasures_are_replayed_before_anybody_sees_the_rows(address: str, tmp_path: Path) -> None:
    file = copied(address, tmp_path / "copie")

    def erase_again(session: Session) -> int:
        session.delete(session.exec(select(Account).where(Account.first_name == "Lina")).one())
        return 1

    assert restored(address, file, erase_again) == 1
    assert not any("Lina" in str(row) for row in rows(address)["account"])


def test_when_the_replay_fails_nothing_has_changed(address: str, tmp_path: Path) -> None:
    file = copied(address, tmp_path / "copie")
    spoil(address)
    before = rows(address)

    def fails(session: Session) -> int:
        session.delete(session.exec(select(Account).where(Account.first_name == "Yanis")).one())
        session.flush()
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        restored(address, file, fails)
    assert rows(address) == before
    assert not [left for left in tmp_path.iterdir() if "restauration" in left.name]


@pytest.mark.parametrize(
    "content", [b"", b"nothing of ours", b"SQLite format 3\0" + b"\0" * 5000, b"PGDMP" + b"\0" * 500]
)
def test_what_is_no_copy_changes_nothing(address: str, tmp_path: Path, content: bytes) -> None:
    before = rows(address)
    file = tmp_path / "faux"
    file.write_bytes(content)
    with pytest.raises(NotABackup):
        restored(address, file)
    assert rows(address) == before


def test_a_damaged_copy_changes_nothing(address: str, tmp_path: Path) -> None:
    file = copied(address, tmp_path / "copie")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    before = rows(address)
    with pytest.raises((NotABackup, backups.postgresql.BackupFailed)):
        restored(address, file)
    assert rows(address) == before


def test_nothing_starts_between_the_restored_rows_and_the_erasures_since(address: str, tmp_path: Path) -> None:
    file, seen = copied(address, tmp_path / "copie"), []

    def look(_session: Session) -> int:
        seen.append((config.current_settings().home / unfinished.NAME).exists())
        return 0

    for after in (look, lambda _session: 1 // 0):
        with suppress(ZeroDivisionError):
            backups.restore_database(file, address=address, after=after, progress=no_progress)
        unfinished.require_finished_restore()  # to the end, or as before
    assert seen == [address.startswith("postgresql")], "SQLite's new file takes its place only when all is done"
    unfinished.mark_restore_begun()  # killed
    with pytest.raises(RestoreUnfinished):
        prepared.prepare_database()
    restored(address, file)
    unfinished.require_finished_restore()


def test_nothing_is_restored_under_a_running_app(address: str, tmp_path: Path) -> None:
    file = copied(address, tmp_path / "copie")
    with running.hold_running_file(), pytest.raises(AppRuns):
        restored(address, file)


def test_nothing_is_restored_while_another_program_is_connected(address: str, tmp_path: Path) -> None:
    file = copied(address, tmp_path / "copie")
    engine = db.connect_engine(address)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM account")
        with pytest.raises(AppRuns):
            restored(address, file)
    engine.dispose()


def test_a_copy_is_whole_while_others_write(address: str, tmp_path: Path) -> None:
    engine = db.connect_engine(address)
    with db.write_transaction(engine) as session:
        adviser = session.exec(select(Account).where(Account.first_name == "Claire")).one()
        people.enrol_young(session, by=adviser, first_name="Pas encore", last_name="Validé", now=models.utc_now())
        file = copied(address, tmp_path / "copie")
    engine.dispose()
    restored(address, file)
    assert not any("Pas encore" in str(row) for row in rows(address)["account"])


def test_a_copy_is_for_its_owner_only_and_never_overwritten(address: str, tmp_path: Path) -> None:
    file = copied(address, tmp_path / "copie")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(FileExists):
        copied(address, file)
    assert [left.name for left in tmp_path.iterdir() if left.name.startswith(".")] == []
    last = backups.last_backup()
    assert last is not None and (last.at, last.file, last.size) == (NOW, str(file), file.stat().st_size)


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoFile):
        restored("sqlite:///x", tmp_path / "absent")
    with pytest.raises(NoFile):
        copied("sqlite:///x", tmp_path / "absent" / "copie")


def test_a_copy_of_an_earlier_release_comes_up(tmp_path: Path) -> None:
    file = tmp_path / "ancienne"
    with sqlite3.connect(file) as connection:
        connection.executescript((FIXTURES / "0.1.0.sql").read_text(encoding="utf-8"))
    address = f"sqlite:///{tmp_path / 'live.sqlite3'}"
    assert restored(address, file) == 0
    engine = db.connect_engine(address)
    with db.read_transaction(engine) as session:
        assert session.exec(select(Account).where(Account.role == Role.YOUNG)).first()
    engine.dispose()


def test_a_copy_of_a_later_release_is_refused(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'live.sqlite3'}"
    db.migrate_database(address)
    file = copied(address, tmp_path / "copie")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_later'")
    with pytest.raises(FromLater):
        restored(address, file)


def test_no_erased_row_lies_in_a_copy_s_free_pages(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'live.sqlite3'}"
    db.migrate_database(address)
    engine = db.connect_engine(address)
    with db.write_transaction(engine) as session:
        session.add(Account(role=Role.YOUNG, first_name="Canari-a-effacer"))
    with db.write_transaction(engine) as session:
        session.delete(session.exec(select(Account)).one())
    engine.dispose()
    assert b"Canari-a-effacer" not in copied(address, tmp_path / "copie").read_bytes()
