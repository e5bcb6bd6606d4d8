"""Imports the files of a territory, whole or not at all: known identifiers are updated, what has vanished is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import delete, func, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from clicnjob.learn.territory import files
from clicnjob.learn.territory.files import Progress, ReadRecord, TerritoryRefused
from clicnjob.learn.territory.rows import ServiceRow
from clicnjob.models import LocalService, LocalServiceTheme, LocalStructure

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ImportedTerritory:
    """What an import did. `gone` counts the services that an earlier import had and this one has not."""

    structures: int
    services: int
    gone: int


def import_territory(
    session: Session, paths: Sequence[Path], *, today: date, progress: Progress | None = None
) -> ImportedTerritory:
    """Write all records of files that `files.check_files` accepted. Raises TerritoryRefused when they changed since.

    A file of services says which services exist; without one, the services of earlier imports stay as they are. The
    same holds for structures.
    """
    run = 1 + max(_last_run(session, LocalStructure), _last_run(session, LocalService))
    structures = services = 0
    for some in _record_batches(_accepted_records(paths, progress)):
        theirs = {one.structure["id"]: one.structure for one in some if one.structure}
        ours = {one.service.values["id"]: one.service for one in some if one.service}
        _write_rows(session, LocalStructure, list(theirs.values()), run=run)
        _write_rows(session, LocalService, [one.values for one in ours.values()], run=run)
        if ours:
            _write_themes(session, list(ours.values()))
        structures, services = structures + len(theirs), services + len(ours)
    if structures:
        _mark_gone(session, LocalStructure, run=run, today=today)
    gone = _mark_gone(session, LocalService, run=run, today=today) if services else 0
    return ImportedTerritory(structures, services, gone)


def _accepted_records(paths: Sequence[Path], progress: Progress | None) -> Iterator[ReadRecord]:
    """Yield the records; a bad one now means that the file changed since it was checked."""

    def refuse(sentence: str) -> None:
        raise TerritoryRefused([sentence, "Rien n’a été importé."])

    return files.read_records(paths, bad=refuse, progress=progress)


def _record_batches(records: Iterator[ReadRecord]) -> Iterator[tuple[ReadRecord, ...]]:
    while some := tuple(islice(records, _AT_ONCE)):
        yield some


def _last_run(session: Session, table: Any) -> int:
    return int(session.exec(select(func.coalesce(func.max(table.run), 0))).one())


def _write_rows(session: Session, table: Any, rows: list[dict[str, Any]], *, run: int) -> None:
    """Write the rows that differ from what is stored. The others are only noted as seen in this run."""
    if not rows:
        return
    stored = _stored_rows(session, table, rows)
    same = [row["id"] for row in rows if stored.get(row["id"]) == row]
    if same:
        session.execute(update(table).where(table.id.in_(same)).values(run=run, gone_on=None))
    changed = [{**row, "run": run, "gone_on": None} for row in rows if stored.get(row["id"]) != row]
    if changed:
        dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table)
        statement = statement.on_conflict_do_update(
            index_elements=["id"], set_={name: statement.excluded[name] for name in changed[0] if name != "id"}
        )
        _insert_together(session, statement.returning(table.id), changed)


def _stored_rows(session: Session, table: Any, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return what is stored under the identifiers of these rows, with the same columns; one query."""
    columns = [table.__table__.c[name] for name in rows[0]]
    query = sqlalchemy.select(*columns).where(table.id.in_([row["id"] for row in rows]))
    return {row["id"]: dict(row) for row in session.execute(query).mappings()}


def _write_themes(session: Session, services: list[ServiceRow]) -> None:
    """Replace the themes of the services whose themes changed."""
    themes = {one.values["id"]: set(one.themes) for one in services}
    stored: dict[str, set[str]] = {}
    query = select(LocalServiceTheme.service_id, LocalServiceTheme.theme)
    for service_id, theme in session.exec(query.where(col(LocalServiceTheme.service_id).in_(themes))):
        stored.setdefault(service_id, set()).add(theme)
    changed = [service_id for service_id, theirs in themes.items() if stored.get(service_id, set()) != theirs]
    if known := [service_id for service_id in changed if service_id in stored]:
        session.execute(delete(LocalServiceTheme).where(col(LocalServiceTheme.service_id).in_(known)))
    rows = [
        {"theme": theme, "service_id": service_id} for service_id in changed for theme in sorted(themes[service_id])
    ]
    if rows:
        _insert_together(session, insert(LocalServiceTheme).returning(col(LocalServiceTheme.service_id)), rows)


def _insert_together(session: Session, statement: Any, rows: list[dict[str, Any]]) -> None:
    """Insert many rows. Only with RETURNING does SQLAlchemy send them in few statements, ten times faster on PostgreSQL."""
    session.connection().execute(statement, rows).all()


def _mark_gone(session: Session, table: Any, *, run: int, today: date) -> int:
    done = session.execute(update(table).where(table.run < run, col(table.gone_on).is_(None)).values(gone_on=today))
    return int(done.rowcount)  # type: ignore[attr-defined]
