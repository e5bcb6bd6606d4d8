"""`works.save_work`: nothing typed is lost, whatever happens at the same time."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from sqlmodel import Session

from clicnjob import db, models, works
from clicnjob.errors import NotFound, StaleWork
from clicnjob.models import Account, Role, WorkKind
from tests.conftest import person


def begun(session: Session, by: Account, body: dict | None = None) -> works.SavedWork:
    return works.start_work(session, by=by, kind=WorkKind.CV, body=body or {"n": 1}, operation=works.new_operation())


def changed(session: Session, work: works.SavedWork, by: Account, n: int) -> works.SavedWork:
    return works.save_work(session, work.id, by=by, body={"n": n}, base=work.version, operation=works.new_operation())


def test_a_save_from_an_old_version_is_refused_and_overwrites_nothing(session: Session, young: Account) -> None:
    work = begun(session, young)
    changed(session, work, young, 2)
    with pytest.raises(StaleWork):
        changed(session, work, young, 3)
    assert works.own_work(session, work.id, of=young).body == {"n": 2}


def test_the_same_operation_sent_twice_is_done_once(session: Session, young: Account) -> None:
    work = begun(session, young)
    for _ in range(2):
        works.save_work(session, work.id, by=young, body={"n": 2}, base=1, operation="same")
    assert works.own_work(session, work.id, of=young).version == 2


def test_somebody_elses_operation_id_gives_nothing_away(session: Session, young: Account) -> None:
    other = person(session, Role.YOUNG)
    theirs = works.start_work(session, by=other, kind=WorkKind.CV, body={"secret": 1}, operation="guessed")
    mine = begun(session, young)
    with pytest.raises(Exception):  # noqa: B017 - the unique operation id refuses it, whatever the driver calls that
        works.save_work(session, mine.id, by=young, body={}, base=1, operation="guessed")
    session.rollback()
    assert theirs.body == {"secret": 1}


def test_anothers_work_answers_like_an_unknown_one(session: Session, young: Account) -> None:
    theirs = begun(session, person(session, Role.YOUNG))
    for work_id in (theirs.id, "unknown"):
        with pytest.raises(NotFound):
            works.own_work(session, work_id, of=young)
        with pytest.raises(NotFound):
            works.save_work(session, work_id, by=young, body={}, base=1, operation=works.new_operation())


def test_an_adviser_may_not_write_in_a_young_persons_work(session: Session, young: Account) -> None:
    work = begun(session, young)
    with pytest.raises(NotFound):
        changed(session, work, person(session, Role.ADVISER), 9)


def test_undo_walks_back_one_change_at_a_time(session: Session, young: Account) -> None:
    work = begun(session, young)
    for n in (2, 3):
        work = changed(session, work, young, n)
    seen = [
        works.undo_change(session, [work.id], by=young, operation=works.new_operation()).body["n"] for _ in range(2)
    ]
    assert seen == [2, 1]


def test_undo_takes_back_the_latest_change_among_several_works(session: Session, young: Account) -> None:
    profile, cv = begun(session, young), begun(session, young)
    changed(session, profile, young, 20)
    changed(session, cv, young, 30)
    both = [profile.id, cv.id]
    undone = [works.undo_change(session, both, by=young, operation=works.new_operation()).id for _ in range(2)]
    assert undone == [cv.id, profile.id]


def test_undo_at_the_first_version_says_so(session: Session, young: Account) -> None:
    work = begun(session, young)
    with pytest.raises(works.NothingToUndo):
        works.undo_change(session, [work.id], by=young, operation=works.new_operation())


def test_a_change_after_undo_can_be_undone(session: Session, young: Account) -> None:
    work = begun(session, young)
    changed(session, work, young, 2)
    back = works.undo_change(session, [work.id], by=young, operation=works.new_operation())
    changed(session, back, young, 5)
    assert works.undo_change(session, [work.id], by=young, operation=works.new_operation()).body == {"n": 1}


def test_any_version_of_the_history_can_be_brought_back(session: Session, young: Account) -> None:
    work = begun(session, young)
    for n in (2, 3, 4):
        work = changed(session, work, young, n)
    restored = works.restore_version(session, work.id, by=young, version=2, base=4, operation=works.new_operation())
    assert restored.body == {"n": 2}
    assert [step.version for step in works.work_history(session, work.id, of=young)] == [5, 4, 3, 2, 1]


def test_a_removed_work_comes_back_whole(session: Session, young: Account) -> None:
    work = begun(session, young)
    works.remove_work(session, work.id, by=young)
    with pytest.raises(NotFound):
        works.own_work(session, work.id, of=young)
    assert works.bring_back(session, work.id, by=young).body == {"n": 1}


def test_of_many_writers_at_once_none_is_lost_in_silence(migrated: Path, tmp_path: Path) -> None:
    """Each of 8 threads adds 10 by read-change-save; what was refused is tried again, nothing is overwritten."""
    engine = db.connect_engine(f"sqlite:///{shutil.copy(migrated, tmp_path / 'work.sqlite3')}")
    with db.write_transaction(engine) as session:
        owner = person(session, Role.YOUNG)
        work = works.start_work(session, by=owner, kind=WorkKind.CV, body={"n": 0}, operation="start")
    conflicts = []

    def add_ten() -> None:
        for _ in range(10):
            while True:
                with db.read_transaction(engine) as session:
                    seen = works.own_work(session, work.id, of=owner)
                try:
                    with db.write_transaction(engine) as session:
                        changed(session, seen, owner, seen.body["n"] + 1)
                    break
                except StaleWork:
                    conflicts.append(1)

    threads = [threading.Thread(target=add_ten) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.read_transaction(engine) as session:
        assert works.own_work(session, work.id, of=owner).body == {"n": 80}


def test_instants_keep_their_zone(session: Session, young: Account) -> None:
    session.expire_all()
    kept = session.get(models.Account, young.id)
    assert kept is not None
    assert kept.created_at.tzinfo is not None
