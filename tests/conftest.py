"""What every test may use: a fresh in-memory database, people, a count of queries."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine
from streamlit import config as streamlit_config
from streamlit.components.v2 import manifest_scanner

from clicnjob import config, db, models
from clicnjob.accounts import sealing
from clicnjob.bounded import apart, program
from clicnjob.demo import people
from clicnjob.french import days
from clicnjob.models import STAFF_ROLES, Account, Role, RoleHeld
from tests import compiled_once, make, spared

spared.take_away_spared_packages()
compiled_once.share_compiled_statements()
days.use_french_time()  # as the app does when it starts
PEPPER = "poivre des essais"
os.environ.setdefault(
    "CLICNJOB_PEPPER", PEPPER
)  # so that no test needs, or makes, a secret in the folder of this clone

# Streamlit looks through every installed package at each AppTest run: nine tenths of the time that a page test took.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
# As the app has it. Otherwise each element of a page is described for a telemetry that nobody sends.
streamlit_config.set_option("browser.gatherUsageStats", False)


# A secret costs 25 ms by design, and the tests seal thousands: test_passwords.py holds what the app really uses to policy.
ARGON2_OF_THE_APP = sealing._ARGON2
sealing._ARGON2 = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


gc.disable()  # while the modules of the tests are imported: nearly all that is made then stays to the end


def pytest_collection_finish() -> None:
    """What is there by now stays: the garbage collector need not go through half a million objects again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture
def engine() -> Iterator[Engine]:
    """Real SQLite in memory, with our pragmas and transactions, every table made."""
    made = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    event.listen(made, "connect", lambda connection, _record: connection.deserialize(_tables()))
    event.listen(made, "connect", db._prepare_sqlite)
    event.listen(made, "begin", db._begin_sqlite)
    yield made
    made.dispose()


@cache
def _tables() -> bytes:
    """An empty database: making its tables takes longer than most tests."""
    made = create_engine("sqlite://", poolclass=StaticPool)
    models.Record.metadata.create_all(made)
    content = made.raw_connection().driver_connection.serialize()  # type: ignore[union-attr]
    made.dispose()
    return bytes(content)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file as the migrations make it, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
    db.migrate_database(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def inhabited(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the demonstration people, whose secrets are sealed with `PEPPER`; to be copied."""
    file = shutil.copy(migrated, tmp_path_factory.mktemp("inhabited") / "people.sqlite3")
    engine = db.connect_engine(f"sqlite:///{file}")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CLICNJOB_PEPPER", PEPPER)
        config.current_settings.cache_clear()
        with db.write_transaction(engine) as session:
            people.people_made(session, today=make.TODAY)
    config.current_settings.cache_clear()
    engine.dispose()  # the last one out puts everything into this one file
    return file


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process, without its bounds: a process apart takes half a second, and test_bounded.py tries it."""

    def run(command: list[str], data: bytes, *, longest: int) -> tuple[int, bytes]:
        task, _seconds, _memory, _longest, *arguments = command[command.index(program.__file__) + 1 :]
        try:
            return program.task_answer(task, data, *arguments, longest=longest)
        except Exception:  # a process that ends so has printed nothing
            return 1, b""

    monkeypatch.setattr(apart, "_run_program", run)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on it."""
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def young(session: Session) -> Account:
    """A young person."""
    return person(session, Role.YOUNG)


def person(session: Session, role: Role, **named: str) -> Account:
    """Somebody in a role."""
    made = Account(role=role, **named)
    session.add(made)
    session.flush()
    if role in STAFF_ROLES:
        session.add(RoleHeld(account_id=made.id, role=role))
        session.flush()
    return made


@contextmanager
def count_queries(engine: Engine, most: int) -> Iterator[list[str]]:
    """Fail when the block sends more than `most` statements (BEGIN and the like left out)."""
    sent: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
    assert len(sent) <= most, "\n".join(sent)
