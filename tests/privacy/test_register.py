"""The register of processing says every column; its page is the one of today; nothing that hangs on a person is forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, String

import clicnjob.interview.notebook  # noqa: F401 - its body is registered on import, whatever test runs first
from clicnjob import works
from clicnjob.models import Record, WorkKind
from clicnjob.paths import PAGES, ROOT
from clicnjob.privacy.export import readable_work
from clicnjob.privacy.register import columns, register_page
from clicnjob.privacy.register.processings import TREATMENTS
from tests.for_each import for_each


def test_every_column_has_a_purpose_and_a_duration() -> None:
    assert columns.register_gaps() == (), "\n".join(columns.register_gaps())


def test_a_column_without_a_purpose_is_told_with_the_line_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = {**columns.TABLES, "photo": columns.TableRetention("path", "x", "y", {"account_id": "z", "jpeg": "z"})}
    monkeypatch.setattr(columns, "TABLES", bare)
    assert columns.register_gaps() == ('photo: add "changed_at": "…pourquoi cette colonne",',)


def test_a_new_table_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "TABLES", {name: kept for name, kept in columns.TABLES.items() if name != "card"})
    assert any('"card"' in line for line in columns.register_gaps())


def test_no_purpose_is_empty() -> None:
    for kept in columns.TABLES.values():
        assert kept.treatment in TREATMENTS
        assert kept.holds
        assert kept.until
        for told in kept.columns.values():
            assert all(told) if isinstance(told, tuple) else told


def test_the_page_of_the_register_is_the_one_of_today() -> None:
    written = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert written == register_page.register_document(), "python -m clicnjob privacy register > docs/privacy.md"


def test_every_table_is_on_the_page() -> None:
    page = register_page.register_document()
    for table in Record.metadata.sorted_tables:
        assert f"### `{table.name}`" in page
        for column in table.columns:
            assert f"| `{column.name}` |" in page


def test_the_impact_assessment_says_that_it_is_a_draft() -> None:
    assert "projet à compléter par la structure" in (ROOT / "docs" / "dpia.md").read_text(encoding="utf-8").lower()


def test_whatever_points_to_a_person_says_what_happens_when_they_go() -> None:
    """A foreign key without an answer would make an erasure fail."""
    undecided = [
        f"{table.name}.{key.parent.name}"
        for table in Record.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in ("account", "work", "signin") and key.ondelete not in ("CASCADE", "SET NULL")
    ]
    assert undecided == []


# Columns that keep an account's identifier without a foreign key: each with its reason.
LOOSE = {
    "auditevent.by_id": "the log outlives people; an identifier without a table tells nothing",
    "auditevent.whom_id": "the log outlives people; an identifier without a table tells nothing",
    "importbatch.by_id": "a professional's, for as long as the list itself",
    "progress.adviser_id": "a copy for the indexes, on a row that goes with the person",
    "revision.by_id": "goes with the work that it belongs to",
    "synonym.by_id": "a professional's; the word stays when they leave",
}


def test_an_identifier_of_a_person_is_a_foreign_key_or_has_its_reason() -> None:
    suspects = ("account_id", "by_id", "whom_id", "adviser_id", "young_id", "person_id")
    loose = {
        f"{table.name}.{column.name}"
        for table in Record.metadata.sorted_tables
        for column in table.columns
        if _names_a_person(column, suspects) and not column.foreign_keys
        if not (
            column.name == "by_id" and "account_id" in table.columns
        )  # a professional's, on a row that goes with the person
    }
    assert loose <= set(LOOSE), f"add a foreign key, or a reason to LOOSE: {sorted(loose - set(LOOSE))}"


def _names_a_person(column: Column, suspects: tuple[str, ...]) -> bool:  # type: ignore[type-arg]
    return isinstance(column.type, String) and column.name.endswith(suspects)


@for_each("kind", list(WorkKind))
def test_every_kind_of_work_can_be_told_taken_away_and_brought_back(kind: WorkKind) -> None:
    assert kind in readable_work.KINDS, (
        f"add a line to clicnjob/privacy/export/readable_work.py: WorkKind.{kind.name}: Kind('…', 'young/….py'),"
    )
    assert kind in works.BODIES, f"its body model says so: class …(Body, kind=WorkKind.{kind.name})"
    assert (PAGES / readable_work.KINDS[kind].page).is_file()
