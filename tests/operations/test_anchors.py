"""The audit log against its anchors outside the database: emptied, cut, put back as it was, or restored as one may."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clicnjob import config
from clicnjob.operations import anchors
from clicnjob.operations.anchors import Anchor
from tests.conftest import PEPPER
from tests.forked import Ended, run_command

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.slow
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def command(home: Path, *words: str) -> Ended:
    """In a process of its own, on the folder's files."""
    return run_command(*words, folder=home, settings={"CLICNJOB_HOME": str(home), "CLICNJOB_PEPPER": PEPPER})


def act(home: Path, number: int) -> None:
    """Something that the log keeps."""
    assert command(home, "backup", f"copie-{number}").status == 0


@pytest.fixture(scope="module")
def used(inhabited: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation in use, with a copy of its database from the middle of its life; to be copied."""
    home = tmp_path_factory.mktemp("used")
    shutil.copy(inhabited, home / "clicnjob.sqlite3")
    assert command(home, "migrate").status == 0
    act(home, 1)
    with (
        closing(sqlite3.connect(home / "clicnjob.sqlite3")) as live,
        closing(sqlite3.connect(home / "old")) as old,
    ):
        live.backup(old)
    act(home, 2)
    act(home, 3)
    return home


@pytest.fixture
def home(used: Path, tmp_path: Path) -> Path:
    """The same, for one test."""
    return shutil.copytree(used, tmp_path, dirs_exist_ok=True)


def sql(home: Path, *statements: str) -> None:
    """What somebody with the database, but without the secret, can do: the triggers do not hold them."""
    with closing(sqlite3.connect(home / "clicnjob.sqlite3", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER auditevent_no_change")
        connection.execute("DROP TRIGGER auditevent_no_removal")
        for statement in statements:
            connection.execute(statement)


def empty(home: Path) -> None:
    sql(home, "DELETE FROM auditevent", "DELETE FROM auditseal")


def empty_with_the_marks(home: Path) -> None:
    sql(home, "DELETE FROM auditevent", "DELETE FROM auditseal", "DELETE FROM installationmark WHERE name = 'anchors'")


def put_an_earlier_mark_back(home: Path) -> None:
    with closing(sqlite3.connect(home / "old")) as old:
        mark = old.execute("SELECT line_id, chain, seal FROM auditseal WHERE name = 'end'").fetchone()
    sql(
        home,
        f"DELETE FROM auditevent WHERE id > {mark[0]}",
        "UPDATE auditseal SET line_id = {}, chain = '{}', seal = '{}' WHERE name = 'end'".format(*mark),
    )


def put_the_old_database_back(home: Path) -> None:
    for rest in ("-wal", "-shm"):
        (home / f"clicnjob.sqlite3{rest}").unlink(missing_ok=True)
    shutil.copy(home / "old", home / "clicnjob.sqlite3")


def forget_the_anchors(home: Path) -> None:
    empty(home)
    anchors_of(home).unlink()


def cut_the_anchors(home: Path) -> None:
    empty(home)
    anchors_of(home).write_text("", encoding="ascii")


def take_the_first_anchors_away(home: Path) -> None:
    empty(home)
    last = anchors_of(home).read_text(encoding="ascii").splitlines()[-1]
    anchors_of(home).write_text(f"{last}\n", encoding="ascii")


def forge_an_anchor(home: Path) -> None:
    empty(home)
    line = json.dumps({"at": NOW.isoformat(), "line": 1, "chain": "0" * 64, "seal": "0" * 64})
    anchors_of(home).write_text(f"{line}\n", encoding="ascii")


def anchors_of(home: Path) -> Path:
    return home / anchors.FILE_NAME


ATTACKS = (
    empty,
    empty_with_the_marks,
    put_an_earlier_mark_back,
    put_the_old_database_back,
    forget_the_anchors,
    cut_the_anchors,
    take_the_first_anchors_away,
    forge_an_anchor,
)


def test_a_whole_log_goes_with_its_anchors(home: Path) -> None:
    done = command(home, "audit", "verify")
    assert done.status == 0 and "Le journal est entier" in done.out, done
    assert len(anchors_of(home).read_text(encoding="ascii").splitlines()) == 4, "the start, then one an act"


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_log_that_was_tampered_with_is_seen_and_stays_seen(home: Path, attack: Callable[[Path], None]) -> None:
    attack(home)
    first = command(home, "audit", "verify")
    assert first.status == 1 and "Traceback" not in first.err and "Le journal est entier" not in first.out, first
    for number in range(4, 10):  # life goes on: the numbers that were freed are given again
        act(home, number)
    assert command(home, "migrate").status == 0
    again = command(home, "audit", "verify")
    assert again.status == 1 and "Le journal est entier" not in again.out, again


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_anchor_kept_elsewhere_sees_it_too(home: Path, attack: Callable[[Path], None]) -> None:
    kept = home / "ailleurs.jsonl"
    kept.write_text(command(home, "audit", "anchor").out, encoding="ascii")
    assert command(home, "audit", "verify", "--anchor", str(kept)).status == 0
    attack(home)
    done = command(home, "audit", "verify", "--anchor", str(kept))
    assert done.status == 1 and "Traceback" not in done.err, done


def test_a_backup_that_was_put_back_is_told_and_is_no_fault(home: Path) -> None:
    done = command(home, "restore", "copie-2", "--yes")
    assert done.status == 0, done
    act(home, 4)
    done = command(home, "audit", "verify")
    assert done.status == 0 and "Une sauvegarde a été remise" in done.out, done
    put_the_old_database_back(home)
    assert command(home, "audit", "verify").status == 1, "an old file in place of the restored one"


def test_a_backup_put_back_on_a_new_machine_begins_new_anchors(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "neuf"
    elsewhere.mkdir()
    assert command(elsewhere, "restore", str(home / "copie-3"), "--yes").status == 0
    done = command(elsewhere, "audit", "verify")
    assert done.status == 0 and "Une sauvegarde a été remise" in done.out, done


def test_a_restore_that_fails_leaves_no_anchor(home: Path) -> None:
    before = anchors_of(home).read_bytes()
    with closing(sqlite3.connect(home / "clicnjob.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert command(home, "restore", "copie-2", "--yes").status == 2
    assert anchors_of(home).read_bytes() == before
    assert command(home, "audit", "verify").status == 0


def test_lost_anchors_are_begun_anew_only_by_somebody(home: Path) -> None:
    anchors_of(home).unlink()
    done = command(home, "audit", "verify")
    assert done.status == 1 and "audit anchor --new" in done.out
    assert command(home, "audit", "anchor", "--new").status == 0
    assert command(home, "audit", "verify").status == 0


@pytest.mark.usefixtures("peppered")
def test_of_the_days_gone_by_one_anchor_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLICNJOB_HOME", str(tmp_path))
    config.current_settings.cache_clear()
    for hour in range(0, 24 * 5, 6):
        anchors.append_anchor(Anchor(NOW + timedelta(hours=hour), hour, "c"), begin=True)
    today = NOW + timedelta(hours=24 * 5 - 6)
    anchors.thin_out(before=NOW + timedelta(days=1), today=today)
    kept = anchors.read_anchors()
    assert kept.first_false == 0
    assert [anchor.line_id for anchor in kept.anchors] == [36, 60, 84, 108, 114]
    assert kept.anchors[-1].line_id == 114
    with anchors_of(tmp_path).open("a", encoding="ascii") as file:
        file.write('{"at": "2026-03-0')  # a crash cut it short
    anchors.append_anchor(Anchor(today, 120, "c"))
    assert anchors.read_anchors().anchors[-1].line_id == 120
