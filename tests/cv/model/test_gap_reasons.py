"""Why there was a gap is stored nowhere: not in a profile, not in a database made before, not from a file made before."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine
from sqlmodel import select

from clicnjob import db, works
from clicnjob.cv.document import compose
from clicnjob.cv.document.questionnaire import _ticks_by_screen
from clicnjob.cv.exchange import work_file
from clicnjob.cv.model import bag, phrases
from clicnjob.cv.model.profile import Gap, Profile
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.models import Account, Revision, Role, Work, WorkKind
from tests.conftest import person
from tests.for_each import for_each
from tests.test_databases import postgres_address  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow

# The keys that releases up to 0.1 kept, each with the sentence that its page printed.
KEPT = {
    "sante": "Pause personnelle",
    "papiers": "Démarches administratives et préparation d’un projet professionnel",
    "logement": "Période de démarches personnelles",
    "enfant": "Période consacrée à la famille",
    "prive": "Parenthèse personnelle",
}


def before(**more: Any) -> dict[str, Any]:
    """A profile as it was kept."""
    gaps = [
        {"id": key, "key": key, "text": words, "period": {"start": "2023-01", "end": "2023-09"}}
        for key, words in KEPT.items()
    ]
    return Profile(first_name="Zoé").model_dump(mode="json") | {"gaps": gaps} | more


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Both databases as they are now."""
    sqlite = f"sqlite:///{tmp_path / 'all.sqlite3'}"
    address = sqlite if request.param == "sqlite" else request.getfixturevalue("postgres_address")
    db.migrate_database(address)
    made = db.connect_engine(address)
    yield made
    made.dispose()


def migrated(engine: Engine) -> None:
    """Run the one migration again, on what the database holds now."""
    step = importlib.import_module("clicnjob.migrations.versions.0013_gaps_without_reason")
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        step.upgrade()


@pytest.mark.long
def test_the_migration_keeps_the_sentence_and_forgets_the_reason_in_every_version(engine: Engine) -> None:
    with db.write_transaction(engine) as session:
        owner = person(session, Role.YOUNG)
        work = works.start_work(session, by=owner, kind=WorkKind.PROFILE, body=before(), operation="a")
        works.save_work(session, work.id, by=owner, body=before(last_name="Morel"), base=1, operation="b")
        gone = works.start_work(session, by=owner, kind=WorkKind.PROFILE, body=before(), operation="c")
        works.remove_work(session, gone.id, by=owner)
        for number in range(600):  # more than one page of rows
            works.start_work(
                session, by=owner, kind=WorkKind.JOBS, body={"favourites": [{"key": "x"}]}, operation=f"{number}"
            )
    migrated(engine)
    with db.read_transaction(engine) as session:
        bodies = [row.body for model in (Work, Revision) for row in session.exec(select(model)).all()]
    profiles = [body for body in bodies if "gaps" in body]
    assert len(profiles) == 5
    for body in profiles:
        assert [gap["text"] for gap in body["gaps"]] == list(KEPT.values())
        Profile.model_validate(body)
    assert sum(body == {"favourites": [{"key": "x"}]} for body in bodies) == 1_200


def test_a_database_made_before_opens_and_its_file_holds_no_reason(tmp_path: Path) -> None:
    file = tmp_path / "earlier.sqlite3"
    address = f"sqlite:///{file}"
    db.migrate_database(address, "0010")
    engine = db.connect_engine(address)
    with db.write_transaction(engine) as session:
        owner = person(session, Role.YOUNG)
        work = works.start_work(session, by=owner, kind=WorkKind.PROFILE, body=before(), operation="a")
        works.save_work(session, work.id, by=owner, body=before(town="Lens"), base=1, operation="b")
    engine.dispose()
    db.migrate_database(address)
    with db.read_transaction(engine := db.connect_engine(address)) as session:
        kept = bag.own_bag(session, of=session.exec(select(Account)).one())
    engine.dispose()
    assert kept is not None
    assert [gap.text for gap in kept.profile.gaps] == list(KEPT.values())
    files = b"".join(part.read_bytes() for part in tmp_path.iterdir())
    assert b"Pause personnelle" in files
    assert [key for key in KEPT if f'"key": "{key}"'.encode() in files] == []


def test_the_page_of_a_file_made_before_says_the_same_and_its_reason_is_not_read() -> None:
    data = {"format": "clicnjob", "version": 1, "profile": before(), "cvs": [{}], "photo": None}
    read = work_file.read_work_file(json.dumps(data).encode())
    entries = compose.compose_document(read.profile, read.cvs[0]).sections[0].entries
    assert sorted(entry.heading for entry in entries) == sorted(KEPT.values())
    again = work_file.work_as_json(read.profile, read.cvs, None).decode()
    assert '"key"' not in again


@for_each("gaps", [None, "x", {"a": 1}, [1], [{"key": "sante", "text": 3}]])
def test_a_spoiled_file_made_before_is_refused_by_its_field(gaps: object) -> None:
    data = {"format": "clicnjob", "version": 1, "profile": {"gaps": gaps}, "cvs": [], "photo": None}
    with pytest.raises(work_file.BadFile, match=r"profile\.gaps"):
        work_file.read_work_file(json.dumps(data).encode())


def test_a_gap_has_no_place_for_a_reason() -> None:
    assert set(Gap.model_fields) == {"id", "text", "period"}


def test_neither_health_nor_housing_is_asked_for() -> None:
    told = " ".join(
        f"{words.situation} {words.sur_le_cv} {words.a_l_entretien}" for words in cv_prompts().gaps.values()
    )
    assert not re.search("santé|malad|soin|handicap|logement|héberg|rue|prison", told, re.IGNORECASE)


def test_the_paper_form_asks_for_no_reason() -> None:
    situations = {words.situation for words in cv_prompts().gaps.values()}
    sentences = {phrases.phrase_text(line) for words in cv_prompts().gaps.values() for line in words.sur_le_cv}
    assert not situations & set(_ticks_by_screen()["trous"])
    assert set(_ticks_by_screen()["trous"]) <= sentences
