"""A structure's own files: which column holds what, as somebody chose it once by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from clicnjob import policy
from clicnjob.accounts.people import MayNotEnrolYoung
from clicnjob.accounts.permissions import may_enrol_young
from clicnjob.cohort.importing import layouts
from clicnjob.cohort.importing.layouts import FIELDS, Layout, Row
from clicnjob.cohort.importing.tables import BroughtTable
from clicnjob.models import Actor, ImportLayout


def remembered_layout(session: Session, found: BroughtTable, *, of: Actor) -> Layout | None:
    """Return the layout that the actor's structure chose for a file with the same titles, if any. One query.

    Raises MayNotEnrolYoung.
    """
    chosen = {row.titles: row.places for row in session.exec(_own_layouts(of))}
    if not chosen:
        return None
    for number, sheet in enumerate(found.sheets):
        for at in (*range(min(len(sheet.rows), layouts.SEARCHED_ROWS)), layouts.NO_TITLES):
            if places := chosen.get(_file_mark(sheet.rows, at)):
                return Layout(number, at, {name: tuple(some) for name, some in places.items() if name in FIELDS})
    return None


def remember_layout(session: Session, found: BroughtTable, layout: Layout, *, by: Actor, now: datetime) -> None:
    """Keep a layout for the next file of the structure with the same titles; of many, the latest used stay.

    Raises MayNotEnrolYoung.
    """
    structure = _structure_of(by)
    mark = _file_mark(found.sheets[layout.sheet].rows, layout.titles_at)
    places = {name: list(some) for name, some in layout.places.items()}
    session.merge(ImportLayout(organisation_id=structure, titles=mark, places=places, used_at=now))
    session.flush()
    here = col(ImportLayout.organisation_id) == structure
    latest = select(ImportLayout.titles).where(here).order_by(col(ImportLayout.used_at).desc(), ImportLayout.titles)
    kept = latest.limit(policy.IMPORT_LAYOUTS_AT_MOST).subquery()
    session.exec(delete(ImportLayout).where(here, col(ImportLayout.titles).not_in(select(kept.c.titles))))


def _own_layouts(actor: Actor) -> SelectOfScalar[ImportLayout]:
    return select(ImportLayout).where(ImportLayout.organisation_id == _structure_of(actor))


def _structure_of(actor: Actor) -> str:
    if not may_enrol_young(actor) or actor.organisation_id is None:
        raise MayNotEnrolYoung
    return actor.organisation_id


def _file_mark(rows: Sequence[Row], at: int) -> str:
    """Return what a file with the same titles has too; without titles, its number of columns."""
    width = max((len(cells) for _, cells in rows), default=0)
    return layouts.titles_digest(rows[at][1] if at != layouts.NO_TITLES else (f"sans titres {width}",))
