"""The audit log: a line an act, in the act's own transaction, each sealed with all before it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, select

from clicnjob import audit, db
from clicnjob.models import AuditEvent, AuditSeal, Role
from tests.conftest import person

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

START = datetime(2026, 1, 5, 9, tzinfo=ZoneInfo("Europe/Paris"))


def write(session: Session, count: int, *, first: int = 0) -> None:
    """A line a day."""
    adviser = person(session, Role.ADVISER)
    for day in range(first, first + count):
        audit.note_act(session, by=adviser, act="file seen", whom_id="someone", now=START + timedelta(days=day))
    session.commit()
    session.expire_all()


def lines(session: Session) -> list[AuditEvent]:
    return list(session.exec(select(AuditEvent).order_by(col(AuditEvent.id))))


def test_each_line_is_sealed_with_the_one_before(session: Session) -> None:
    write(session, 2)
    first, second = lines(session)
    assert first.chain == audit.line_seal(first, "")
    assert second.chain == audit.line_seal(second, first.chain)
    second.why = "something else"
    assert second.chain != audit.line_seal(second, first.chain)


def test_a_whole_log_is_told_whole(session: Session) -> None:
    assert audit.first_broken(session) is None
    write(session, 5)
    assert audit.first_broken(session) is None


def test_a_changed_line_is_found(session: Session) -> None:
    write(session, 5)
    session.exec(update(AuditEvent).where(col(AuditEvent.id) == 3).values(why="nothing to see"))
    assert audit.first_broken(session) == 3


def test_the_line_after_a_removed_one_is_found(session: Session) -> None:
    write(session, 5)
    session.exec(delete(AuditEvent).where(col(AuditEvent.id) == 2))
    assert audit.first_broken(session) == 3


def test_a_line_put_in_by_hand_is_found(session: Session) -> None:
    write(session, 3)
    copied = lines(session)[1].model_dump() | {"id": 4}
    session.add(AuditEvent(**copied))
    session.flush()
    assert audit.first_broken(session) == 4


def test_a_missing_end_is_found_even_after_new_lines_took_its_numbers(session: Session) -> None:
    write(session, 5)
    session.exec(delete(AuditEvent).where(col(AuditEvent.id) >= 4))
    assert audit.first_broken(session) == 4
    write(session, 2, first=5)
    assert audit.first_broken(session) == 4


@pytest.mark.parametrize("tampered", [delete(AuditSeal), update(AuditSeal).values(line_id=3)])
def test_a_mark_that_was_tampered_with_is_found(session: Session, tampered: object) -> None:
    write(session, 5)
    session.exec(tampered)  # type: ignore[call-overload]
    assert audit.first_broken(session)


def test_a_forged_end_is_not_made_good_by_the_next_line(session: Session) -> None:
    write(session, 5)
    session.exec(delete(AuditEvent).where(col(AuditEvent.id) == 5))
    session.exec(update(AuditSeal).values(line_id=4, chain=lines(session)[-1].chain))
    session.commit()
    write(session, 1, first=5)
    assert audit.first_broken(session) == 5


def test_the_oldest_lines_go_and_the_chain_still_holds(session: Session) -> None:
    write(session, 10)
    limit = START + timedelta(days=6)
    assert audit.forget_before(session, at=limit) == 6
    session.commit()
    assert [line.id for line in lines(session)] == [7, 8, 9, 10]
    assert audit.first_broken(session) is None
    write(session, 2, first=10)
    assert audit.forget_before(session, at=START + timedelta(days=8)) == 2
    assert audit.first_broken(session) is None
    session.exec(delete(AuditEvent).where(col(AuditEvent.id) == 9))
    assert audit.first_broken(session) == 10


def test_the_last_line_stays_so_that_numbers_go_on(session: Session) -> None:
    write(session, 3)
    assert audit.forget_before(session, at=START + timedelta(days=365)) == 2
    write(session, 1, first=400)
    assert [line.id for line in lines(session)] == [3, 4]
    assert audit.first_broken(session) is None


def test_a_line_of_another_zone_is_whole_when_read_again(engine: Engine) -> None:
    with Session(engine) as session:
        audit.note_act(
            session, by=person(session, Role.HEAD), act="file seen", now=START.astimezone(ZoneInfo("Asia/Tokyo"))
        )
        session.commit()
    with Session(engine) as session:
        assert lines(session)[0].at == START.astimezone(UTC)
        assert audit.first_broken(session) is None


@pytest.fixture
def guarded(migrated: Path, tmp_path: Path) -> Engine:
    """A database as the migrations make it, with its triggers."""
    return db.connect_engine(f"sqlite:///{shutil.copy(migrated, tmp_path / 'audit.sqlite3')}")


@pytest.mark.parametrize("sql", ["UPDATE auditevent SET why = 'x' WHERE id = 1", "DELETE FROM auditevent WHERE id = 3"])
def test_the_database_itself_refuses_to_rewrite_the_log(guarded: Engine, sql: str) -> None:
    with Session(guarded) as session:
        write(session, 3)
        with pytest.raises(DatabaseError, match="append-only"):
            session.execute(text(sql))


def test_the_database_lets_retention_remove_the_oldest(guarded: Engine) -> None:
    with Session(guarded) as session:
        write(session, 3)
        assert audit.forget_before(session, at=START + timedelta(days=1)) == 1
        assert audit.first_broken(session) is None
