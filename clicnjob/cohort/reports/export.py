"""Export of a cohort's people: name, phone and month of birth from the structure, nothing of their work.

The import reads it back as the same people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import select as columns
from sqlmodel import Session, col

from clicnjob import audit
from clicnjob.cohort import permissions
from clicnjob.cohort.importing import candidates
from clicnjob.cohort.reports.report import NoPurpose
from clicnjob.cohort.reports.spreadsheets import comma_separated, xlsx_workbook
from clicnjob.french import contact, dates
from clicnjob.models import Account, Actor, Enrolment, Progress
from clicnjob.privacy import views

PURPOSES = {"appel": "Appeler des jeunes", "transfert": "Changer de logiciel", "liste": "Feuille de présence"}
_COLUMNS = candidates.COLUMNS[:4]

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class PeopleExport:
    """Name, phone and month of birth of each person, and what to write in the log before they leave, part by part."""

    rows: tuple[Row, ...]
    notes: tuple[Callable[[Session], None], ...]


def exported_people(session: Session, *, by: Actor, today: date, purpose: str, now: datetime) -> PeopleExport:
    """Return the actor's people as they are stored, by name. It only reads.

    Its notes log the export with its purpose, and let each person see that they were in it. Raises FollowsNobody, NoPurpose.
    """
    if purpose not in PURPOSES:
        raise NoPurpose
    query = (
        columns(*map(col, (Account.first_name, Account.last_name, Enrolment.phone, Enrolment.birth_month, Account.id)))
        .join(Progress, permissions.still_true())
        .outerjoin(Enrolment, col(Enrolment.account_id) == col(Account.id))
        .where(permissions.visible_progress(by, today=today), col(Progress.archived_at).is_(None))
        .order_by(col(Account.last_name), col(Account.first_name), col(Account.id))
    )
    rows = session.execute(query).all()
    ids = [row.id for row in rows]
    notes = [partial(audit.note_act, by=by, act="people exported", why=f"{purpose} {len(rows)}", now=now)]
    notes += [
        partial(
            views.note_views, by=by, whom_ids=ids[start : start + audit.LINES_NOTED_AT_ONCE], what="export", now=now
        )
        for start in range(0, len(ids), audit.LINES_NOTED_AT_ONCE)
    ]
    return PeopleExport(
        tuple((first, last, phone or "", month or "") for first, last, phone, month, _ in rows), tuple(notes)
    )


def _shown_rows(rows: tuple[Row, ...]) -> list[Row]:
    return [(first, last, contact.phone_shown(phone), _month_in_words(month)) for first, last, phone, month in rows]


def _month_in_words(kept: str) -> str:
    """Return « mars 2006 », which no spreadsheet turns into a date."""
    return dates.month_shown(kept) if kept else ""


def as_xlsx(rows: tuple[Row, ...]) -> bytes:
    """Return the people as an XLSX workbook."""
    return xlsx_workbook([("Jeunes", _COLUMNS, _shown_rows(rows))])


def as_csv(rows: tuple[Row, ...]) -> bytes:
    """Return the people as CSV."""
    return comma_separated(_COLUMNS, _shown_rows(rows))
