"""What was erased is in no file of the database any more, even when the server is killed right after, or was read meanwhile."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select

from clicnjob import config, db, models
from clicnjob.models import Account, Role, Work, WorkKind
from tests.conftest import PEPPER
from tests.forked import run_program

pytestmark = pytest.mark.slow

CANARY = "Canarinette"
# A process writes the canary, erases it as the app does, then dies at once: no connection is closed, nothing put away.
PROGRAM = f"""
import os, signal, sys
from datetime import timedelta
from clicnjob import consents, db, models
from clicnjob.accounts import people, presence
from clicnjob.accounts.own_secret import OwnSecretGiven
from clicnjob.cv.model import bag
from clicnjob.models import Account, ConsentTo, Role
from clicnjob.privacy.erasure import erasure_request
from clicnjob.privacy.retention import purging
from clicnjob.web import life
from tests import make
from clicnjob.demo import people as demo

now = models.utc_now()
with db.write_transaction() as session:
    guest = people.add_guest(session, now=now)
    token = presence.begin_sign_in(session, account=guest, now=now)
    young = Account(role=Role.YOUNG, first_name="{CANARY}")
    session.add(young)
    session.flush()
    for person in (guest, young):
        profile, cv = make.whole()
        profile.first_name, profile.town = "{CANARY}", "{CANARY}-ville"
        demo.fill_bag(session, person, profile, cv)
    consents.give_consent(session, by=young, what=ConsentTo.PHOTO, now=now)
    bag.keep_photo(session, by=young, jpeg=b"{CANARY}-photo" * 2_000, now=now)
for other in range(40):  # life goes on: pages are moved and shared with other people's rows
    with db.write_transaction() as session:
        session.add(Account(role=Role.YOUNG, first_name=f"Quelqu’un {{other}}" * 9))
act = sys.argv[1]
if act == "guest leaves":
    with db.write_transaction() as session:
        people.leave_for_good(session, token, reason="done", now=now)
        session.delete(session.get(Account, young.id))  # the other canary, not the one looked for
elif act == "guest swept away":
    later = now + timedelta(days=2)
    with db.write_transaction() as session:
        session.delete(session.get(Account, young.id))
        people.sweep_guests(session, now=later)
elif act == "erased at once":
    with db.write_transaction() as session:
        people.erase_guest(session, account_id=guest.id, now=now)
    with db.write_transaction() as session:
        erasure_request.erase_at_once(session, by=young, proof=OwnSecretGiven(young.id), now=now)
elif act == "purged":
    with db.write_transaction() as session:
        people.erase_guest(session, account_id=guest.id, now=now)
        erasure_request.ask_for_erasure(session, by=young, now=now)
    purging.run_retention(now=now + timedelta(days=8))
elif act == "taken away, then a minute":
    with db.write_transaction() as session:
        for account in (guest, young):
            session.delete(session.get(Account, account.id))
    life.sweep_everything()
os.kill(os.getpid(), signal.SIGKILL)
"""
ACTS = ("guest leaves", "guest swept away", "erased at once", "purged", "taken away, then a minute")


@pytest.fixture
def home(tmp_path: Path, migrated: Path) -> Path:
    """A folder with an empty database."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copy(migrated, folder / "clicnjob.sqlite3")
    return folder


def run_and_kill(home: Path, act: str) -> None:
    settings = {"CLICNJOB_HOME": str(home), "CLICNJOB_PEPPER": PEPPER}
    done = run_program(PROGRAM, act, folder=home.parent, settings=settings)
    assert done.status == -signal.SIGKILL, done.err


def files_with_canary(home: Path) -> list[str]:
    """The files of the folder in which the canary can be read, by whoever opens them with any tool."""
    return [file.name for file in sorted(home.iterdir()) if file.is_file() and CANARY.encode() in file.read_bytes()]


@pytest.mark.parametrize("act", ACTS)
def test_no_file_holds_what_was_erased_although_the_server_was_killed(home: Path, act: str) -> None:
    run_and_kill(home, act)
    assert files_with_canary(home) == []
    with sqlite3.connect(home / "clicnjob.sqlite3") as connection:  # the next start brings in what the log still has
        assert connection.execute("SELECT count(*) FROM account").fetchone()[0] == 40
    connection.close()
    assert files_with_canary(home) == []


def test_the_canary_is_there_until_it_is_erased(home: Path) -> None:
    run_and_kill(home, "nothing")
    assert files_with_canary(home), "otherwise the test above proves nothing"


@pytest.fixture
def live(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same folder, as this process's own."""
    monkeypatch.setenv("CLICNJOB_HOME", str(home))
    monkeypatch.setenv("CLICNJOB_PEPPER", PEPPER)
    config.current_settings.cache_clear()
    db.shared_engine.cache_clear()
    yield home
    db.shared_engine().dispose()
    monkeypatch.undo()
    config.current_settings.cache_clear()
    db.shared_engine.cache_clear()


def test_a_reader_holds_the_log_back_only_until_the_next_sweep(live: Path) -> None:
    from clicnjob.accounts import people

    with db.write_transaction() as session:
        guest = people.add_guest(session, now=models.utc_now())
        guest.first_name = CANARY
    reader = sqlite3.connect(live / "clicnjob.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM account").fetchone()
    with db.write_transaction() as session:
        people.erase_guest(session, account_id=guest.id, now=models.utc_now())
    assert not db.empty_log()
    reader.execute("COMMIT")
    assert db.empty_log()
    assert files_with_canary(live) == []
    reader.close()


def test_an_erasure_that_is_undone_empties_nothing(live: Path) -> None:
    from clicnjob.accounts import people

    with db.write_transaction() as session:
        guest = people.add_guest(session, now=models.utc_now())
    before = (live / "clicnjob.sqlite3-wal").stat().st_size
    with db.write_transaction() as session:
        people.erase_guest(session, account_id=guest.id, now=models.utc_now())
        db.undo_transaction(session)
    assert (live / "clicnjob.sqlite3-wal").stat().st_size >= before > 0
    with db.read_transaction() as session:
        assert session.get(Account, guest.id) is not None


def test_what_stayed_where_a_row_was_moved_is_gone_after_the_daily_purge(live: Path) -> None:
    """`secure_delete` alone leaves some: SQLite copies a row to another page and does not wipe the first."""
    chance = random.Random(3)
    ids: dict[str, list[str]] = {CANARY: [], "Autre": []}
    for _ in range(60):
        with db.write_transaction() as session:
            for word in (CANARY, "Autre", "Autre", "Autre"):
                person = Account(role=Role.YOUNG, first_name=word)
                session.add(person)
                session.flush()
                ids[word].append(person.id)
                for _part in range(3):
                    body = {"text": f"{word} " * chance.choice([1, 5, 30, 200, 900])}
                    session.add(Work(account_id=person.id, kind=WorkKind.CV, body=body))
            for word in (CANARY, "Autre"):
                work = session.exec(select(Work).where(Work.account_id == chance.choice(ids[word]))).first()
                assert work is not None
                work.body = {"text": f"{word} " * chance.choice([1, 5, 30, 200, 900])}
    with db.write_transaction() as session:
        session.execute(sa.delete(Account).where(Account.first_name == CANARY))  # type: ignore[arg-type]
    db.rewrite_file()
    assert files_with_canary(live) == []
    with db.read_transaction() as session:
        assert len(session.exec(select(Account)).all()) == 180
