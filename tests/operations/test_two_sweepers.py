"""Two sweepers at once: one leads, another takes over when it dies, and what is counted and erased is exact anyway."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from clicnjob import config, db, models, policy, works
from clicnjob.cohort.progress import activity
from clicnjob.models import Account, ActivityDay, Role, Tombstone, WorkKind
from clicnjob.operations import leader
from clicnjob.privacy.retention import purging
from tests.conftest import person
from tests.test_databases import engine, postgres_address  # noqa: F401 - fixtures

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.usefixtures("peppered")]
NOW = models.utc_now()


def test_one_leads_until_it_stops_or_does_not_renew(engine: Engine) -> None:  # noqa: F811
    first, second = leader.Lease(), leader.Lease()
    assert first.take_or_renew(now=NOW, on=engine) and first.is_held()
    assert not second.take_or_renew(now=NOW + timedelta(seconds=30), on=engine) and not second.is_held()
    assert first.take_or_renew(now=NOW + timedelta(seconds=30), on=engine)
    assert not second.take_or_renew(now=NOW + timedelta(seconds=60), on=engine)
    later = NOW + timedelta(seconds=30) + timedelta(minutes=1)
    assert second.take_or_renew(now=later, on=engine), "within a minute of the last renewal"
    assert not first.take_or_renew(now=later, on=engine) and not first.is_held()
    second.give_back(now=later, on=engine)
    assert first.take_or_renew(now=later, on=engine), "at once after a stop"


def test_a_leader_that_died_while_the_clock_was_fast_is_followed_once_it_is_right(engine: Engine) -> None:  # noqa: F811
    first, second = leader.Lease(), leader.Lease()
    assert first.take_or_renew(now=NOW + timedelta(hours=2), on=engine)
    assert second.take_or_renew(now=NOW, on=engine), "not two hours without erasure, reminders and counts"
    assert not first.take_or_renew(now=NOW, on=engine)


def test_of_many_who_want_to_lead_one_does(engine: Engine) -> None:  # noqa: F811
    together = Barrier(4)

    def want(lease: leader.Lease) -> bool:
        together.wait()
        return lease.take_or_renew(now=NOW, on=engine)

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(want, [leader.Lease() for _ in range(4)])) == 1


def test_a_leader_that_cannot_renew_stops_by_itself(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    lease = leader.Lease()
    assert lease.take_or_renew(now=NOW, on=engine)
    began = leader.time.monotonic()
    monkeypatch.setattr(leader.time, "monotonic", lambda: began + leader.LASTS.total_seconds())
    assert not lease.is_held()


def test_two_who_count_at_once_count_each_act_once(engine: Engine) -> None:  # noqa: F811
    with db.write_transaction(engine) as session:
        young = person(session, Role.YOUNG)
        for _ in range(60):
            _work(session, young)
    together = Barrier(2)

    def count(_number: int) -> None:
        together.wait()
        for _ in range(3):
            with db.write_transaction(engine) as session:
                activity.count_new(session, now=models.utc_now() + timedelta(minutes=1))

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(count, range(2)))
    with db.read_transaction(engine) as session:
        assert session.exec(select(func.sum(ActivityDay.acts))).one() == 60


def test_two_who_purge_at_once_erase_each_person_once(
    engine: Engine,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(db, "shared_engine", lambda: engine)
    monkeypatch.setenv("CLICNJOB_HOME", str(tmp_path))
    config.current_settings.cache_clear()
    with db.write_transaction() as session:
        for _ in range(40):
            person(session, Role.YOUNG)
    later = models.utc_now() + policy.NEVER_ACTIVATED_KEPT + timedelta(days=1)
    together = Barrier(2)

    def purge(_number: int) -> int:
        together.wait()
        return dict(purging.run_retention(now=later))["inscrits jamais connectés en 3 mois"]

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(purge, range(2))) == 40
    with db.read_transaction() as session:
        assert session.exec(select(func.count()).select_from(Tombstone)).one() == 40
        assert session.exec(select(Account.id).where(Account.role == Role.YOUNG)).first() is None


def _work(session: Session, young: Account) -> None:
    works.start_work(session, by=young, kind=WorkKind.CV, body={"n": 1}, operation=works.new_operation())
