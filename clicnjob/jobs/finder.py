"""Keeps the search index of this process: the catalogue, the official titles if imported, and added synonyms."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import content
from clicnjob.jobs import rome
from clicnjob.jobs.catalogue import Catalogue, CatalogueLine, read_catalogue
from clicnjob.jobs.index import Index, build_index
from clicnjob.jobs.rome import Directory, Title
from clicnjob.models import OfficialTitle, Synonym


@dataclass(frozen=True, slots=True)
class Sources:
    """The state of the database from which an index was built; the index is rebuilt when it changes."""

    directory: str
    synonyms: int
    latest: str


@content.loaded_once
def job_catalogue() -> Catalogue:
    """Return the sheets and word files of data/jobs, read once. Raises content.ContentMistakes."""
    return read_catalogue()


def search_index(session: Session) -> Index:
    """Return the current index. It costs one small query, plus about a second when it must be rebuilt."""
    sources = _index_sources(session)
    with _BUILDING:
        if _BUILT.get("sources") != sources:
            _BUILT["index"] = build_index(
                job_catalogue(), directory=rome_directory(session), added=_added_lines(session)
            )
            _BUILT["sources"] = sources
        built = _BUILT["index"]
    assert isinstance(built, Index)
    return built


def rome_directory(session: Session) -> Directory | None:
    """Return the imported official directory, or None."""
    rows = session.exec(select(OfficialTitle).order_by(OfficialTitle.number)).all()
    if not rows:
        return None
    titles = tuple(Title(row.number, row.label, row.code, row.sheet, row.main, row.rare) for row in rows)
    return Directory(rows[0].version, titles, {row.sheet: row.code for row in rows})


def titles_attribution(session: Session) -> str:
    """Return the owner and version of the official titles, to be shown where they are used; '' without them."""
    version = session.exec(select(OfficialTitle.version).limit(1)).first()
    return rome.rome_attribution(version) if version else ""


_BUILT: dict[str, object] = {}  # one index per process; it holds no personal data
_BUILDING = threading.Lock()


def _index_sources(session: Session) -> Sources:
    version = select(func.max(OfficialTitle.version)).scalar_subquery()
    query = select(version, func.count(col(Synonym.id)), func.max(Synonym.created_at))
    directory_version, count, latest = session.exec(query).one()
    return Sources(str(directory_version or ""), int(count), str(latest or ""))


def _added_lines(session: Session) -> tuple[CatalogueLine, ...]:
    jobs = job_catalogue().by_key
    rows = session.exec(select(Synonym).order_by(col(Synonym.created_at), Synonym.id)).all()
    return tuple(CatalogueLine(mots=(row.words,), codes=jobs[row.job].rome[:8]) for row in rows if row.job in jobs)
