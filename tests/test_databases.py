"""SQLite and PostgreSQL: from nothing up, from the previous release up, and the same people after the same acts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlmodel import Session, select

from clicnjob import audit, db, models, policy, works
from clicnjob.accounts import people, presence, tabs
from clicnjob.bounded.body import SpaceFull
from clicnjob.cohort.progress import activity, refreshing
from clicnjob.cohort.progress.overview import CohortFilters, cohort_page
from clicnjob.cv.model import bag
from clicnjob.demo import people as demo
from clicnjob.errors import StaleWork
from clicnjob.models import Account, Role, Work, WorkKind
from clicnjob.privacy.retention import rules
from clicnjob.privacy.sharing import NOTHING
from tests import make, postgres
from tests.conftest import person

pytest_plugins = ["tests.sign_in_pages"]

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="module")
def postgres_address() -> Iterator[str]:
    folder = postgres.programs()
    if folder is None:
        if postgres.REQUIRED:
            pytest.fail("PostgreSQL is required here and its server programs are not installed.")
        pytest.skip("no PostgreSQL server programs on this machine")
    with postgres.cluster(folder) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Both databases, migrated from nothing."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'all.sqlite3'}"
    else:
        address = request.getfixturevalue("postgres_address")
    db.migrate_database(address)
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
        people.erase_guest(session, account_id=guest.id)
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
