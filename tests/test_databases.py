"""SQLite and PostgreSQL: from nothing up, from the previous release up, and the same people after the same acts."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from clicnjob import audit, db, models, policy, works, workshop_policy
from clicnjob.accounts import people, presence, tabs
from clicnjob.bounded.body import SpaceFull
from clicnjob.cohort.notifications import dispatch
from clicnjob.cohort.notifications.due import DueNotification
from clicnjob.cohort.progress import activity, refreshing
from clicnjob.cohort.progress.overview import CohortFilters, cohort_page
from clicnjob.cv.model import bag
from clicnjob.demo import people as demo
from clicnjob.errors import StaleWork
from clicnjob.models import (
    Account,
    NotificationAddress,
    NotificationChannel,
    NotificationReason,
    Organisation,
    ParticipantState,
    Progress,
    Role,
    Work,
    WorkKind,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.privacy.retention import rules
from clicnjob.privacy.sharing import NOTHING
from clicnjob.workshops.live import joining, returning
from clicnjob.workshops.plans import library
from tests import make, postgres
from tests.conftest import person
from tests.workshops.plans.test_files import shown_lesson

pytest_plugins = ["tests.sign_in_pages"]

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="module")
def postgres_address() -> Iterator[str]:
    folder = postgres.programs()
    if folder is None:
        if postgres.REQUIRED:
            pytest.fail("PostgreSQL is required here and its server programs are not installed.")
        pytest.skip("no PostgreSQL server programs on this machine")
    with postgres.new_database(folder) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    """Both databases, migrated from nothing."""
    if request.param == "sqlite":
        address = f"sqlite:///{shutil.copy(migrated, tmp_path / 'all.sqlite3')}"
    else:
        address = request.getfixturevalue("postgres_address")
        db.migrate_database(address)  # nothing is left to do after the first test of a module
    made = db.connect_engine(address)
    yield made
    if request.param == "postgresql":  # the file of SQLite is the test's own; the log refuses an ordinary DELETE
        with made.begin() as connection:
            names = ", ".join(f'"{table.name}"' for table in models.Record.metadata.sorted_tables)
            connection.execute(sa.text(f"TRUNCATE {names} CASCADE"))
    made.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, models.Record.metadata) == []


def test_days_that_mixed_the_quiz_with_jobs_are_no_longer_named(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'before.sqlite3'}"
    db.migrate_database(address, "0010")
    engine = db.connect_engine(address)
    at = {"at": "2026-01-01"}
    with engine.begin() as connection:
        for who, body in (("quiz", '{"answers": {"reparer": "bof"}}'), ("plain", '{"answers": {}}')):
            row = {**at, "who": who, "body": body}
            connection.execute(sa.text(_ACCOUNT), row)
            connection.execute(sa.text(_WORK), row)
            connection.execute(sa.text("INSERT INTO activityday VALUES (:who, :at, 'jobs', 1, 60, NULL)"), row)
        connection.execute(sa.text("INSERT INTO sharing VALUES ('quiz', 1, 0, 1, 1, :at)"), at)
        for what in ("practice", "obstacles"):
            connection.execute(sa.text(_CONSENT), {**at, "what": what})
    db.migrate_database(address)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT account_id, kind FROM activityday ORDER BY account_id")).all()
        assert [tuple(row) for row in rows] == [("plain", "jobs"), ("quiz", "quiz")]
        assert connection.execute(sa.text("SELECT what FROM consent")).scalars().all() == ["practice"]
        assert tuple(connection.execute(sa.text("SELECT practice, applications FROM sharing")).one()) == (1, 0)
    engine.dispose()


_ACCOUNT = (
    "INSERT INTO account (id, role, first_name, last_name, created_at, frozen_why, notice_version)"
    " VALUES (:who, 'young', '', '', :at, '', 0)"
)
_WORK = (
    "INSERT INTO work (id, account_id, kind, body, version, place, created_at, changed_at)"
    " VALUES (:who, :who, 'jobs', :body, 1, '', :at, :at)"
)
_CONSENT = "INSERT INTO consent (id, account_id, what, given_at) VALUES (:what, 'quiz', :what, :at)"


def test_the_demonstration_people_are_the_same_on_both(engine: Engine) -> None:
    with db.write_transaction(engine) as session:
        demo.people_made(session, today=make.TODAY)
    with db.read_transaction(engine) as session:
        lina = session.exec(select(Account).where(Account.first_name == "Lina")).one()
        kept = bag.own_bag(session, of=lina)
    assert kept is not None
    assert kept.profile.model_dump(exclude=_IDS) == make.whole()[0].model_dump(exclude=_IDS)


_IDS = {
    key: {"__all__": {"id"}}
    for key in ("experiences", "studies", "certificates", "languages", "qualities", "interests")
}


def test_a_stale_save_is_refused_on_both(engine: Engine) -> None:
    with db.write_transaction(engine) as session:
        owner = person(session, Role.YOUNG)
        work = works.start_work(session, by=owner, kind=WorkKind.CV, body={"n": 1}, operation="a")
        works.save_work(session, work.id, by=owner, body={"n": 2}, base=1, operation="b")
    with pytest.raises(StaleWork), db.write_transaction(engine) as session:
        works.save_work(session, work.id, by=owner, body={"n": 3}, base=1, operation="c")


def test_what_one_person_keeps_is_measured_alike_on_both(engine: Engine) -> None:
    with db.write_transaction(engine) as session:
        me = person(session, Role.YOUNG)
        first = works.start_work(session, by=me, kind=WorkKind.CV, body={"t": "é" * 20_000}, operation="first")
        with pytest.raises(SpaceFull):
            works.start_work(session, by=me, kind=WorkKind.CV, body={"t": "é" * 20_000}, operation="second")
        with pytest.raises(SpaceFull):
            works.save_work(session, first.id, by=me, body={"t": "é" * 40_000}, base=1, operation="more")
        assert (
            works.save_work(session, first.id, by=me, body={"t": "é" * 30_000}, base=1, operation="some").version == 2
        )
        for number in range(policy.WORKS_PUT_ASIDE + 2):
            aside = works.start_work(session, by=me, kind=WorkKind.CV, body={}, operation=f"aside-{number}")
            works.remove_work(session, aside.id, by=me)
        assert len(session.exec(select(Work.id).where(Work.account_id == me.id)).all()) == policy.WORKS_PUT_ASIDE + 1


def test_the_lessons_that_a_structure_shows_are_named_alike_on_both(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(place := Organisation(name="Ici"))
        session.flush()
        trainer = person(session, Role.TRAINER, organisation_id=place.id)
        lesson, title = shown_lesson(session, trainer)
        assert library.shown_lessons(session, of=trainer) == {f"lecon.{lesson}": f"Leçon\u00a0: {title}"}


def test_visits_sleep_and_are_spared_at_a_start_on_both(engine: Engine) -> None:
    with db.write_transaction(engine) as session:
        young = person(session, Role.YOUNG)
        gone, here = (presence.begin_sign_in(session, account=young, now=_NOON) for _ in range(2))
        found = presence.present_person(session, here, now=_NOON)
        assert found is not None
    later = _NOON + timedelta(minutes=2)
    tabs.note_open_tab(found.sign_in_id, now=later)
    with db.write_transaction(engine) as session:
        tabs.write_open_tabs(session, now=later)
        tabs._SEEN.clear()
        tabs.spare_awake_visits(session, now=later + timedelta(minutes=2))
    with db.read_transaction(engine) as session:
        there = [presence.present_person(session, token, now=later + timedelta(minutes=2)) for token in (gone, here)]
    assert [one is not None for one in there] == [False, True]


_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_nothing_of_a_guest_stays_after_leaving(engine: Engine) -> None:
    with db.write_transaction(engine) as session:
        guest = people.add_guest(session, now=models.utc_now())
        bag.open_bag(session, by=guest, operation="guest")
    with db.write_transaction(engine) as session:
        people.erase_guest(session, account_id=guest.id, now=models.utc_now())
    with engine.connect() as connection:
        for table in ("account", "work", "revision"):
            assert connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() == 0  # noqa: S608


@pytest.mark.usefixtures("peppered")
@pytest.mark.parametrize("sql", ["UPDATE auditevent SET why = 'x'", "DELETE FROM auditevent WHERE act = 'b'"])
def test_the_log_is_append_only_on_both(engine: Engine, sql: str) -> None:
    with db.write_transaction(engine) as session:
        adviser = person(session, Role.ADVISER)
        for day, act in enumerate("abc", start=1):
            audit.note_act(session, by=adviser, act=act, now=datetime(2026, 1, day, tzinfo=UTC))
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), db.write_transaction(engine) as session:
        session.execute(sa.text(sql))
    with db.write_transaction(engine) as session:
        assert audit.forget_before(session, at=datetime(2026, 1, 2, tzinfo=UTC)) == 1
        assert audit.first_broken(session) is None


def test_every_rule_of_retention_runs_on_both(engine: Engine) -> None:
    with db.write_transaction(engine) as session:
        demo.people_made(session, today=make.TODAY)
        found = dict(rules.purge_expired(session, now=datetime.now(UTC) + timedelta(days=3_000)))
        session.rollback()
    assert (
        found["dossiers annoncés : 24 mois sans contact dans 30 jours"] + found["inscrits jamais connectés en 3 mois"]
        >= 4
    )


def test_a_text_is_found_again_as_it_was_typed(engine: Engine) -> None:
    typed = "Zoé 王 محمد 👩🏽‍🍳 O’Brien & <b>"
    with db.write_transaction(engine) as session:
        owner = person(session, Role.YOUNG, first_name=typed)
    with db.read_transaction(engine) as session:
        found = session.get(Account, owner.id)
    assert found is not None
    assert found.first_name == typed


@pytest.mark.parametrize("fixture", sorted(FIXTURES.glob("*.sql")), ids=lambda path: path.stem)
def test_the_database_of_an_earlier_release_comes_up_without_losing_a_row(fixture: Path, tmp_path: Path) -> None:
    file = tmp_path / "earlier.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.executescript(fixture.read_text(encoding="utf-8"))
        before = _counts(connection)
    address = f"sqlite:///{file}"
    db.migrate_database(address)
    with sqlite3.connect(file) as connection:
        after = _counts(connection)
    assert {table: after[table] for table in before} == before
    with Session(db.connect_engine(address)) as session:
        lina = session.exec(select(Account).where(Account.first_name == "Lina")).one()
        kept = bag.own_bag(session, of=lina)
        assert kept is not None
        assert kept.profile.first_name == "Lina"


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables if t != "alembic_version"}  # noqa: S608


def test_a_cohort_is_read_and_judged_alike_on_both(engine: Engine) -> None:
    today = date.today()
    with db.write_transaction(engine) as session:
        demo.people_made(session, today=today)
        claire = session.exec(select(Account).where(Account.first_name == "Claire")).one()
        activity.count_new(session, now=models.utc_now() + timedelta(minutes=1))
        refreshing.bring_up_to_date(session, of=claire, now=models.utc_now())
    with db.read_transaction(engine) as session:
        page = cohort_page(
            session, adviser=claire, today=today, filters=CohortFilters(search="LINA môrel"), sort="etape"
        )
        everybody = cohort_page(session, adviser=claire, today=today, never_first=True)
        days = activity.of_person(session, account_id=page.rows[0].id, shared=NOTHING, since=today, until=today)
    assert [(row.first_name, row.cv_state) for row in page.rows] == [("Lina", "pret")]
    assert (everybody.figures.people, everybody.rows[0].first_name) == (4, "Moussa")
    assert [day.kind for day in days] == ["cv"]


def test_a_first_progress_that_two_compute_at_once_is_written_once(engine: Engine) -> None:
    now = models.utc_now()
    with db.write_transaction(engine) as session:
        demo.people_made(session, today=date.today())
        session.execute(sa.delete(Progress))
        people = list(session.exec(select(Account.id).where(Account.role == models.Role.YOUNG)))
    computed = threading.Event()

    def refresh(*, first: bool) -> int:
        if not first:
            computed.wait()
        with db.write_transaction(engine) as session:
            count = refreshing.refresh_progress(session, people, now=now)
            if first:
                computed.set()
                time.sleep(0.3)  # the other one meets rows that are not committed yet
        return count

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(refresh, first=first) for first in (True, False)]
        assert [one.result() for one in done] == [len(people)] * 2


def test_alerts_refreshed_twice_at_once_are_computed_once(engine: Engine) -> None:
    now, today = models.utc_now(), date.today()
    with db.write_transaction(engine) as session:
        demo.people_made(session, today=today)
        claire = session.exec(select(Account).where(Account.first_name == "Claire")).one()
        refreshing.bring_up_to_date(session, of=claire, now=now)
        people = [row.account_id for row in session.exec(select(Progress))]
        session.execute(sa.update(Progress).values(alerts="|aide|", next_change_on=today))
    together = threading.Barrier(2)

    def refresh(which: object) -> int:
        together.wait()
        with db.write_transaction(engine) as session:
            return refreshing.refresh_alerts(session, today=today, now=now, within=which)  # type: ignore[arg-type]

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(refresh, (None, col(Progress.account_id).in_(people))))
    with db.read_transaction(engine) as session:
        left = session.exec(select(Progress.account_id).where(col(Progress.next_change_on) <= today)).all()
    assert (sorted(counts), list(left)) == ([0, len(people)], [])


def test_of_people_who_join_in_the_same_instant_only_the_twenty_fifth_comes_in(engine: Engine) -> None:
    now = models.utc_now()
    with db.write_transaction(engine) as session:
        trainer = person(session, Role.TRAINER, organisation_id=_structure(session))
        workshop = Workshop(
            organisation_id=trainer.organisation_id, by_id=trainer.id, kind="cv", title="Les CV", code="7KM4PQ",
            joining_open=True, code_expires_at=now + workshop_policy.WORKSHOP_CODE_LASTS, began_at=now,
        )  # fmt: skip
        session.add(workshop)
        session.flush()
        guests = [person(session, Role.GUEST) for _ in range(workshop_policy.WORKSHOP_PEOPLE - 1 + 8)]
        for guest in guests[8:]:
            session.add(WorkshopParticipant(workshop_id=workshop.id, account_id=guest.id, first_name="Ana"))
    together = threading.Barrier(8)

    def join(guest: Account) -> str:
        together.wait()
        try:
            with db.write_transaction(engine) as session:
                return joining.join_workshop(session, of=guest, code="7KM4PQ", first_name="Sami", now=now)
        except joining.SessionFull:
            return ""

    with ThreadPoolExecutor(8) as threads:
        inside = [one for one in threads.map(join, guests[:8]) if one]
    assert len(inside) == 1


def test_a_notification_that_several_processes_claim_in_the_same_instant_leaves_once(engine: Engine) -> None:
    now = models.utc_now()
    with db.write_transaction(engine) as session:
        young = person(session, Role.YOUNG, organisation_id=_structure(session))
        assert young.organisation_id is not None
        session.add(NotificationAddress(account_id=young.id, channel=NotificationChannel.SMS, address="+33612345678"))
        due = DueNotification(
            young.id, young.organisation_id, NotificationChannel.SMS, "+33612345678", NotificationReason.FOLLOW_UP, "x"
        )
    together = threading.Barrier(6)

    def claim(_: int) -> bool:
        together.wait()
        with db.write_transaction(engine) as session:
            return dispatch.claim_notification(session, due_one=due, now=now) is not None

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(claim, range(6))) == [False] * 5 + [True]


def test_a_code_used_several_times_in_the_same_instant_gives_one_place_back(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = models.utc_now()
    with db.write_transaction(engine) as session:
        trainer = person(session, Role.TRAINER, organisation_id=_structure(session))
        workshop = Workshop(
            organisation_id=trainer.organisation_id, by_id=trainer.id, kind="cv", title="Les CV", began_at=now
        )
        session.add(workshop)
        session.flush()
        guest = person(session, Role.GUEST)
        inside = {"first_name": "Ana", "state": ParticipantState.ADMITTED}
        session.add(WorkshopParticipant(workshop_id=workshop.id, account_id=guest.id, **inside))
        session.flush()
        code = returning.step_aside(session, by=guest, now=now).code
    together, found = threading.Barrier(4), returning._row_of_digest
    if engine.dialect.name == "postgresql":  # all read before the first writes; SQLite lets in one by one

        def found_by_all(*asked: Any) -> WorkshopParticipant | None:
            row = found(*asked)
            together.wait(timeout=10)
            return row

        monkeypatch.setattr(returning, "_row_of_digest", found_by_all)

    def come_back(_: int) -> bool:
        try:
            with db.write_transaction(engine) as session:
                return returning.take_place_back(session, code=code, now=now).id == guest.id
        except returning.WrongReturnCode:
            return False

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(come_back, range(4))) == [False, False, False, True]


def _structure(session: Session) -> str:
    session.add(made := Organisation(name="Ici"))
    session.flush()
    return made.id
