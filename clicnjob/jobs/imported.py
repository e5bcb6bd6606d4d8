"""Imports the official directory (ROME) into the database, whole or not at all; a newer version replaces it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, insert
from sqlmodel import Session, select

from clicnjob.jobs.rome import read_rome
from clicnjob.models import OfficialTitle

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import: version, number of titles, and the sheet codes that the new version no longer has."""

    version: str
    titles: int
    disappeared: tuple[str, ...]


def import_rome(session: Session, path: Path, *, progress: Callable[[int, int], None] | None = None) -> Imported:
    """Replace the directory by that of `path` (zip or folder). Raises rome.DirectoryRefused before any change."""
    read = read_rome(path, progress=progress)
    before = set(session.exec(select(OfficialTitle.sheet).distinct()))
    session.exec(delete(OfficialTitle))
    rows = [
        {
            "number": title.number,
            "label": title.label,
            "code": title.code,
            "sheet": title.sheet,
            "main": title.main,
            "rare": title.rare,
            "version": read.version,
        }
        for title in read.titles
    ]
    for start in range(0, len(rows), _AT_ONCE):
        session.execute(insert(OfficialTitle), rows[start : start + _AT_ONCE])
    gone = before - {title.sheet for title in read.titles}
    return Imported(read.version, len(read.titles), tuple(sorted(gone)))
