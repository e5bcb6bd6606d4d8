"""Erasing: at once, or in seven days with a way back; and for good, even when last week's backup is restored."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from clicnjob import audit, config, consents, db, models, works
from clicnjob.accounts import people, presence
from clicnjob.accounts.own_secret import OwnSecretGiven
from clicnjob.cv.model import bag
from clicnjob.demo import people as demo
from clicnjob.errors import NotFound
from clicnjob.jobs import choices
from clicnjob.models import Account, AuditEvent, ConsentTo, ErasurePlan, Organisation, Record, Role, SignIn, Tombstone
from clicnjob.privacy import views
from clicnjob.privacy.erasure import erasure_request, replay, tombstones
from clicnjob.privacy.retention import freezing, purging, rules
from tests import make
from tests.conftest import person
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]

NOW = datetime(2026, 3, 16, 12, tzinfo=UTC)
CANARY = "Canarinette"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the test's own for the secret and the file of tombstones."""
    monkeypatch.setenv("CLICNJOB_HOME", str(tmp_path))
    monkeypatch.setenv("CLICNJOB_PEPPER", "poivre des essais")
    config.current_settings.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    config.current_settings.cache_clear()


@pytest.fixture
def disk(home: Path, migrated: Path) -> Iterator[Engine]:
    """A migrated SQLite file."""
    engine = db.connect_engine(f"sqlite:///{shutil.copy(migrated, home / 'clicnjob.sqlite3')}")
    yield engine
    engine.dispose()


def settled(session: Session) -> tuple[Account, Account]:
    """A head, and a young person with a row in as many tables as there are, each with the canary where words go."""
    place = Organisation(name="Structure d’essai")
    session.add(place)
    session.flush()
    adviser = person(session, Role.ADVISER, organisation_id=place.id, first_name="Claire")
    head = person(session, Role.HEAD, organisation_id=place.id, first_name="Hélène")
    young, _ = people.enrol_young(
        session, by=adviser, first_name=CANARY, last_name=f"{CANARY}-nom", now=models.utc_now()
    )
    presence.begin_sign_in(session, account=young, now=NOW)
    profile, cv = make.whole()
    profile.first_name, profile.town = CANARY, f"{CANARY}-ville"
    demo.fill_bag(session, young, profile, cv)
    choices.keep_favourite(session, by=young, key="serveur", operation=works.new_operation())
    choices.say_why(session, by=young, key="serveur", why=f"{CANARY} aime", operation=works.new_operation())
    consents.give_consent(session, by=young, what=ConsentTo.PHOTO, now=models.utc_now())
    bag.keep_photo(session, by=young, jpeg=CANARY.encode(), now=models.utc_now())
    views.note_view(session, by=adviser, whom_id=young.id, what="cv", now=NOW)
    return head, young


def found_in_tables(engine: Engine, *words: str) -> list[str]:
    """Where the words still are, in any column of any table."""
    seen = []
    with engine.connect() as connection:
        for table in Record.metadata.sorted_tables:
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"')).mappings():
                seen += [f"{table.name}.{name}" for name, value in row.items() if any(w in str(value) for w in words)]
    return seen


def test_erasing_at_once_leaves_nothing_but_a_line_and_a_tombstone(disk: Engine) -> None:
    with db.write_transaction(disk) as session:
        _, young = settled(session)
    assert len(set(found_in_tables(disk, CANARY))) >= 5
    with db.write_transaction(disk) as session:
        erasure_request.erase_at_once(session, by=young, proof=OwnSecretGiven(young.id), now=NOW)
    assert found_in_tables(disk, CANARY) == []
    assert set(found_in_tables(disk, young.id)) <= {"auditevent.whom_id", "auditevent.by_id"}
    with db.read_transaction(disk) as session:
        assert session.exec(select(Tombstone.digest)).all() == [tombstones.account_digest(young.id)]
        assert audit.first_broken(session) is None


def test_the_file_of_the_database_no_longer_holds_the_words(disk: Engine, home: Path) -> None:
    with db.write_transaction(disk) as session:
        _, young = settled(session)
    with sqlite3.connect(home / "clicnjob.sqlite3") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert CANARY.encode() in (home / "clicnjob.sqlite3").read_bytes()
    with db.write_transaction(disk) as session:
        erasure_request.erase_at_once(session, by=young, proof=OwnSecretGiven(young.id), now=NOW)
    disk.dispose()
    with sqlite3.connect(home / "clicnjob.sqlite3") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in home.glob("clicnjob.sqlite3*"):
        assert CANARY.encode() not in file.read_bytes(), file.name


def test_an_erasure_survives_the_restore_of_last_weeks_backup(disk: Engine, home: Path) -> None:
    with db.write_transaction(disk) as session:
        _, young = settled(session)
        other = person(session, Role.YOUNG, first_name="Reste")
    backup = home / "last-week.sqlite3"
    with sqlite3.connect(home / "clicnjob.sqlite3") as live, sqlite3.connect(backup) as copy:
        live.backup(copy)
    with db.write_transaction(disk) as session:
        erasure_request.erase_at_once(session, by=young, proof=OwnSecretGiven(young.id), now=NOW)
    disk.dispose()
    for old in home.glob("clicnjob.sqlite3*"):
        old.unlink()
    backup.rename(home / "clicnjob.sqlite3")
    assert found_in_tables(disk, CANARY), "the backup brings the person back: otherwise this proves nothing"
    with db.write_transaction(disk) as session:
        assert replay.after_restore(session, now=NOW + timedelta(days=7)) == 1
    assert found_in_tables(disk, CANARY) == []
    with db.write_transaction(disk) as session:
        assert session.get(Account, other.id) is not None
        assert session.exec(select(SignIn.id).where(SignIn.ended_at == None)).all() == []  # noqa: E711
        assert audit.first_broken(session) is None
        assert replay.after_restore(session, now=NOW + timedelta(days=8)) == 0


def test_an_erasure_that_failed_is_not_done_by_a_restore(disk: Engine) -> None:
    with db.write_transaction(disk) as session:
        _, young = settled(session)
    with pytest.raises(RuntimeError), db.write_transaction(disk) as session:
        erasure_request.erase_at_once(session, by=young, proof=OwnSecretGiven(young.id), now=NOW)
        raise RuntimeError
    assert not tombstones.tombstone_file().exists()
    with db.write_transaction(disk) as session:
        assert replay.after_restore(session, now=NOW) == 0
        assert session.get(Account, young.id) is not None


def test_a_line_that_a_crash_cut_short_is_written_again(disk: Engine) -> None:
    with db.write_transaction(disk) as session:
        _, young = settled(session)
        erasure_request.erase_at_once(session, by=young, proof=OwnSecretGiven(young.id), now=NOW)
    whole = tombstones.tombstone_file().read_text(encoding="ascii")
    tombstones.tombstone_file().write_text(whole[:20], encoding="ascii")
    with db.read_transaction(disk) as session:
        tombstones.keep_file(session)
    assert tombstones.account_digest(young.id) in tombstones.tombstone_file().read_text(encoding="ascii")
    assert tombstones.tombstone_file().stat().st_mode & 0o777 == 0o600


def test_in_seven_days_with_a_way_back(session: Session) -> None:
    _, young = settled(session)
    due = erasure_request.ask_for_erasure(session, by=young, now=NOW)
    assert due == NOW + timedelta(days=7)
    assert erasure_request.ask_for_erasure(session, by=young, now=NOW + timedelta(days=2)) == due, (
        "asking again does not put it off"
    )
    erasure_request.change_mind(session, by=young, now=NOW + timedelta(days=6))
    rules.purge_expired(session, now=NOW + timedelta(days=8))
    assert session.get(Account, young.id) is not None
    assert erasure_request.planned_erasure(session, of=young).due_at is None


def test_after_seven_days_it_is_done(session: Session) -> None:
    _, young = settled(session)
    erasure_request.ask_for_erasure(session, by=young, now=NOW)
    rules.purge_expired(session, now=NOW + timedelta(days=7) - timedelta(minutes=1))
    assert session.get(Account, young.id) is not None
    rules.purge_expired(session, now=NOW + timedelta(days=7))
    session.expunge_all()
    assert session.get(Account, young.id) is None


@pytest.mark.parametrize("role", [Role.ADVISER, Role.TRAINER, Role.HEAD, Role.ADMIN])
def test_professionals_neither_ask_nor_take_back_an_erasure(session: Session, role: Role) -> None:
    _, young = settled(session)
    erasure_request.ask_for_erasure(session, by=young, now=NOW)
    worker = person(session, role, organisation_id=young.organisation_id)
    for doing in (erasure_request.ask_for_erasure, erasure_request.change_mind, erasure_request.erase_at_once):
        with pytest.raises(erasure_request.NotYourData):
            doing(session, by=worker, now=NOW)
    assert session.get(ErasurePlan, young.id) is not None


def test_one_young_person_cannot_take_back_the_erasure_of_another(session: Session) -> None:
    _, young = settled(session)
    erasure_request.ask_for_erasure(session, by=young, now=NOW)
    erasure_request.change_mind(session, by=person(session, Role.YOUNG), now=NOW)
    assert session.get(ErasurePlan, young.id) is not None


def test_a_guest_erases_at_once_and_leaves_no_stone(session: Session) -> None:
    guest = people.add_guest(session, now=models.utc_now())
    bag.open_bag(session, by=guest, operation="open")
    with pytest.raises(erasure_request.NeedsACard):
        erasure_request.ask_for_erasure(session, by=guest, now=NOW)
    erasure_request.erase_at_once(session, by=guest, now=NOW)
    assert session.exec(select(Account)).all() == []
    assert session.exec(select(Tombstone)).all() == []


def test_a_frozen_file_is_not_erased_and_says_why(session: Session) -> None:
    head, young = settled(session)
    erasure_request.ask_for_erasure(session, by=young, now=NOW)
    freezing.freeze_file(session, by=head, account_id=young.id, why="dispute", now=NOW)
    with pytest.raises(erasure_request.FileFrozen):
        erasure_request.erase_at_once(session, by=young, proof=OwnSecretGiven(young.id), now=NOW)
    rules.purge_expired(session, now=NOW + timedelta(days=1000))
    assert session.get(Account, young.id) is not None
    assert erasure_request.planned_erasure(session, of=young).frozen_why == "dispute"
    later = NOW + timedelta(days=1001)
    freezing.unfreeze_file(session, by=head, account_id=young.id, now=later)
    assert erasure_request.planned_erasure(session, of=young).due_at == later + timedelta(days=7), (
        "a whole delay again, to change one's mind"
    )


@for_each("role", [role for role in Role if role is not Role.HEAD])
def test_only_the_head_freezes(session: Session, role: Role) -> None:
    _, young = settled(session)
    with pytest.raises(freezing.MayNotFreeze):
        freezing.freeze_file(
            session,
            by=person(session, role, organisation_id=young.organisation_id),
            account_id=young.id,
            why="check",
            now=NOW,
        )


def test_a_file_of_another_structure_answers_like_an_unknown_one(session: Session) -> None:
    _, young = settled(session)
    place = Organisation(name="Ailleurs")
    session.add(place)
    session.flush()
    elsewhere = person(session, Role.HEAD, organisation_id=place.id)
    for account_id in (young.id, "unknown"):
        with pytest.raises(NotFound):
            freezing.freeze_file(session, by=elsewhere, account_id=account_id, why="check", now=NOW)
    assert freezing.frozen_files(session, of=elsewhere) == ()


def test_freezing_needs_a_reason_that_the_young_person_can_read(session: Session) -> None:
    head, young = settled(session)
    with pytest.raises(freezing.NoReason):
        freezing.freeze_file(session, by=head, account_id=young.id, why="parce que", now=NOW)
    freezing.freeze_file(session, by=head, account_id=young.id, why="authority", now=NOW)
    assert [(one.account_id, one.why) for one in freezing.frozen_files(session, of=head)] == [(young.id, "authority")]
    assert [line.act for line in session.exec(select(AuditEvent)) if line.why == "authority"] == ["file frozen"]


def test_the_purge_counts_the_same_dry_and_true(disk: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "shared_engine", lambda: disk)
    with db.write_transaction() as session:
        _, young = settled(session)
        erasure_request.ask_for_erasure(session, by=young, now=NOW)
    later = NOW + timedelta(days=400)
    counted = purging.run_retention(now=later, dry=True)
    assert found_in_tables(disk, CANARY)
    assert not tombstones.tombstone_file().exists()
    assert purging.run_retention(now=later) == counted
    assert dict(counted)["dossiers effacés à leur date"] == 1
    assert found_in_tables(disk, CANARY) == []
    assert tombstones.tombstone_file().exists()


def test_the_server_purges_once_a_day(disk: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "shared_engine", lambda: disk)
    monkeypatch.setattr(purging, "_LAST", [])
    ran = [purging.once_a_day(now=NOW + timedelta(hours=hour)) for hour in (0, 1, 23, 24, 25, 49)]
    assert ran == [True, False, False, True, False, True]


def test_demonstration_people_with_their_made_up_past_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLICNJOB_MODE", "demo")
    config.current_settings.cache_clear()
    monkeypatch.setattr(purging, "_LAST", [])
    assert not purging.once_a_day(now=NOW)


def test_nobody_erases_from_an_unattended_screen(session: Session, young: Account) -> None:
    for proof in (None, OwnSecretGiven(person(session, Role.YOUNG).id)):
        with pytest.raises(erasure_request.NeedsOwnPin):
            erasure_request.erase_at_once(session, by=young, proof=proof, now=NOW)
    assert session.get(Account, young.id) is not None
