"""`move`: every row of SQLite in PostgreSQL and back, compared; on any failure both sides are as they were."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select

from clicnjob import audit, config, db, models, works
from clicnjob.accounts.console import Console
from clicnjob.models import Account, AuditEvent, LessonVideoPiece, Revision, Role, Work, WorkKind
from clicnjob.operations import running
from clicnjob.operations.backups import moving, postgresql
from clicnjob.operations.backups.faults import AppRuns, MoveFailed, NoSource, SameDatabase, TargetNotEmpty
from tests.conftest import PEPPER, person
from tests.forked import Ended, run_command
from tests.test_databases import FIXTURES, postgres_address  # noqa: F401 - a fixture

pytestmark = [pytest.mark.slow, pytest.mark.long]
EMOJI = "Zoé 王 محمد 👩🏽‍🍳 O’Brien <b>\n\t"


@pytest.fixture
def home(tmp_path: Path, inhabited: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation on SQLite with the demonstration people, one with an unusual name."""
    for name, value in (("HOME", str(tmp_path)), ("PEPPER", PEPPER)):
        monkeypatch.setenv(f"CLICNJOB_{name}", value)
    config.current_settings.cache_clear()
    shutil.copy(inhabited, tmp_path / "clicnjob.sqlite3")
    engine = db.connect_engine(lite(tmp_path))
    with db.write_transaction(engine) as session:
        person(session, Role.YOUNG, first_name=EMOJI)
    engine.dispose()
    yield tmp_path
    monkeypatch.undo()
    config.current_settings.cache_clear()


@pytest.fixture
def bare(postgres_address: str) -> Iterator[str]:  # noqa: F811
    """A PostgreSQL database without a table."""
    empty(postgres_address)
    yield postgres_address
    empty(postgres_address)


def empty(address: str) -> None:
    engine = db.connect_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql(postgresql.DROP_EVERYTHING.replace("%", "%%"))
    engine.dispose()


def lite(home: Path, name: str = "clicnjob.sqlite3") -> str:
    return f"sqlite:///{home / name}"


def contents(address: str) -> dict[str, tuple[int, str]]:
    engine = db.connect_engine(address)
    with engine.connect() as connection:
        found = moving.table_contents(connection)
    engine.dispose()
    return found


def tables(address: str) -> list[str]:
    engine = db.connect_engine(address)
    found = sa.inspect(engine).get_table_names()
    engine.dispose()
    return found


def command(home: Path, *words: str, database: str = "") -> Ended:
    settings = {"CLICNJOB_HOME": str(home), "CLICNJOB_PEPPER": PEPPER, "CLICNJOB_DATABASE_URL": database}
    return run_command(*words, folder=home, settings=settings)


def moved(source: str, target: str) -> tuple[moving.MovedTable, ...]:
    return moving.move_database(source, target, before=lambda _session: None, progress=lambda _done, _total: None)


@pytest.mark.postgres
def test_everything_goes_to_postgresql_and_back(home: Path, bare: str) -> None:
    assert command(home, "audit", "verify").status == 0
    there = command(home, "move", str(home / "clicnjob.sqlite3"), bare)
    assert there.status == 0, there
    assert "Les deux bases ont les mêmes lignes" in there.out
    before = contents(lite(home))
    assert contents(bare) == before, "compared apart from the command"
    assert before["account"][0] > 5 and before["auditevent"][0] and before["revision"][0]
    print(there.out)
    assert command(home, "audit", "verify", database=bare).status == 0
    back = command(home, "move", bare, str(home / "back.sqlite3"))
    assert back.status == 0, back
    after = contents(lite(home, "back.sqlite3"))
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"auditevent", "auditseal"}, "the second move is a line of the log"
    assert after["auditevent"][0] == before["auditevent"][0] + 1
    assert command(home, "audit", "verify", database=lite(home, "back.sqlite3")).status == 0
    assert (home / "back.sqlite3").stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(home / "back.sqlite3")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM account WHERE first_name = ?", (EMOJI,)).fetchone() == (1,)


@pytest.mark.postgres
def test_numbers_go_on_after_the_highest_and_references_are_kept(home: Path, bare: str) -> None:
    moved(lite(home), bare)
    engine = db.connect_engine(bare)
    with db.write_transaction(engine) as session:
        highest = session.exec(select(sa.func.max(AuditEvent.id))).one()
        audit.note_act(session, by=Console(), act="backup made", now=models.utc_now())
        assert session.exec(select(sa.func.max(AuditEvent.id))).one() == highest + 1
        work = session.exec(select(Work).where(Work.kind == WorkKind.CV)).first()
        assert work is not None
        last = session.exec(select(sa.func.max(Revision.id))).one()
        works.save_work(
            session, work.id, by=session.get_one(Account, work.account_id), body={}, base=work.version, operation="x"
        )
        assert session.exec(select(sa.func.max(Revision.id))).one() == last + 1
    with pytest.raises(sa.exc.IntegrityError), db.write_transaction(engine) as session:
        session.add(LessonVideoPiece(video_id="none", number=0, data=b"x"))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.write_transaction(engine) as session:
        session.execute(sa.text("DELETE FROM auditevent"))
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("share", [0.0, 0.4, 0.9])
def test_a_failure_on_the_way_leaves_both_sides_as_they_were(home: Path, bare: str, share: float) -> None:
    def fails(done: int, total: int) -> None:
        if done > share * total:
            raise KeyboardInterrupt

    before = contents(lite(home))
    with pytest.raises(KeyboardInterrupt):
        moving.move_database(lite(home), bare, before=lambda _session: None, progress=fails)
    assert tables(bare) == [] and contents(lite(home)) == before
    moved(lite(home), bare)
    with pytest.raises(KeyboardInterrupt):
        moving.move_database(bare, lite(home, "b"), before=lambda _session: None, progress=fails)
    assert contents(bare) == before and not [path for path in home.iterdir() if path.name.strip(".").startswith("b")]


@pytest.mark.postgres
def test_a_row_that_postgresql_refuses_is_named_by_its_table(home: Path, bare: str) -> None:
    assert command(home, "migrate").status == 0
    with closing(sqlite3.connect(home / "clicnjob.sqlite3")) as connection:
        connection.execute("UPDATE work SET place = 'a' || char(0) || 'b'")  # SQLite keeps a NUL, PostgreSQL has none
        connection.commit()
    done = command(home, "move", str(home / "clicnjob.sqlite3"), bare)
    assert done.status == 2 and "table work" in done.err and len(done.err.splitlines()) == 1, done
    assert tables(bare) == []


@pytest.mark.postgres
def test_a_target_in_use_is_never_overwritten(home: Path, bare: str) -> None:
    with pytest.raises(TargetNotEmpty):
        moved(lite(home), lite(shutil_copy(home)))
    db.migrate_database(bare)  # empty tables are those of a move that was killed
    moved(lite(home), bare)
    with pytest.raises(TargetNotEmpty):
        moved(lite(home), bare)
    assert contents(bare) == contents(lite(home))


def shutil_copy(home: Path) -> Path:
    (home / "other").mkdir()
    shutil.copy(home / "clicnjob.sqlite3", home / "other" / "clicnjob.sqlite3")
    return home / "other"


@pytest.mark.postgres
def test_two_sides_that_differ_are_refused(home: Path, bare: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def loses_one(write: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
        if kept := rows[: -1 if table.name == "work" else None]:
            write.execute(table.insert(), kept)

    monkeypatch.setattr(moving, "_insert_rows", loses_one)
    with pytest.raises(MoveFailed, match="work"):
        moved(lite(home), bare)
    assert tables(bare) == []


def test_what_cannot_be_moved_is_one_line(home: Path) -> None:
    here, target = str(home / "clicnjob.sqlite3"), str(home / "b.sqlite3")
    with pytest.raises(SameDatabase):
        moved(lite(home), lite(home))
    with pytest.raises(NoSource):
        moved(lite(home, "none"), lite(home, "b.sqlite3"))
    with running.hold_running_file(), pytest.raises(AppRuns):
        moved(lite(home), lite(home, "b.sqlite3"))
    with closing(sqlite3.connect(home / "old.sqlite3")) as connection:
        connection.executescript((FIXTURES / "0.2.0.sql").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(home / "later.sqlite3")) as connection:
        connection.executescript(
            "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('9999')"
        )
    for words, said in (
        ((here, "mysql://u:S3cret@h/b"), "postgresql+psycopg"),
        ((str(home / "old.sqlite3"), target), "migrate"),
        ((str(home / "later.sqlite3"), target), "plus récente"),
        ((here, "postgresql+psycopg://u:S3cret@127.0.0.1:1/b"), "PostgreSQL"),
    ):
        done = command(home, "move", *words)
        assert done.status == 2 and said in done.err and len(done.err.splitlines()) == 1, done
        assert "S3cret" not in done.err
    assert not Path(target).exists()
