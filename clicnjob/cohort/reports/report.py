"""The report of a period as workbook, CSV and printed page, with its purpose written to the log.

A file made for oneself says everything; in any other, small counts are withheld (`suppression`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from clicnjob import audit, typeset
from clicnjob.cohort import definitions
from clicnjob.cohort.definitions import FigurePeriod, PeriodCounts
from clicnjob.cohort.reports import figures, suppression
from clicnjob.cohort.reports.figures import Figures
from clicnjob.cohort.reports.spreadsheets import Cell, comma_separated, xlsx_workbook
from clicnjob.cohort.reports.suppression import HIDDEN
from clicnjob.errors import Refusal
from clicnjob.french.moments import shown_day
from clicnjob.models import Actor, Organisation

OWN = "suivi"
PURPOSES = {
    OWN: "Mon suivi, pour moi",
    "equipe": "Réunion d’équipe",
    "bilan": "Bilan d’activité",
    "financeur": "Financeur",
}
INSIDE = (OWN, "equipe")  # only these name professionals, or lists, whose names somebody typed
TOO_FEW_CVS = "pas assez de CV"
LIMITS = (
    "Les minutes sont mesurées ou notées, jamais contrôlées. "
    "Candidatures et entraînements\u00a0: ceux que les jeunes montrent."
)
_SHEET = "_common/report.typ"

# The columns of a table of periods, lists or advisers. Whether a column adds up to the whole decides how it is withheld.
Column = tuple[str, Callable[[PeriodCounts], int | float], bool]
COLUMNS: tuple[Column, ...] = (
    ("Jeunes suivis", lambda one: one.people, False),
    ("Entrées", lambda one: one.entries, True),
    ("Sorties", lambda one: one.exits, True),
    ("Jeunes actifs", lambda one: one.active, False),
    ("Premiers CV", lambda one: one.first_cvs, True),
    ("Candidatures", lambda one: one.applications, True),
    ("Entraînements", lambda one: one.practices, True),
    ("Séances", lambda one: one.sessions, False),
    ("Présences", lambda one: one.attendances, True),
    ("Heures en séance", lambda one: hours_of(one.session_minutes), False),
    ("Heures de travail", lambda one: hours_of(one.work_minutes), False),
)
# The columns that are a part of the people followed, each with its label in the summary.
_OF_PEOPLE = {"Entrées": "Entrées", "Sorties": "Sorties", "Premiers CV": "Premiers CV finis"}
_SESSION_HOURS, _WORK_HOURS = "Heures en séance", "Heures de travail"


class NoPurpose(Refusal):
    """An export needs a purpose, which is logged."""

    sentence = "Choisissez pourquoi vous exportez ces chiffres."


@dataclass(frozen=True, slots=True)
class FiguresRequest:
    """Which figures to export and why. `list_id` and `adviser_id` are '' for everybody; `purpose` a key of PURPOSES."""

    start: date
    end: date
    purpose: str
    list_id: str = ""
    adviser_id: str = ""

    @property
    def key(self) -> str:
        """The request as text, for a download ticket; `of_key` reads it back."""
        return f"{self.start}.{self.end}.{self.purpose}.{self.list_id}.{self.adviser_id}"

    @classmethod
    def of_key(cls, key: str) -> FiguresRequest:
        """Read a `key`. Raises ValueError for a text that is none."""
        start, end, purpose, list_id, adviser_id = key.split(".")
        return cls(date.fromisoformat(start), date.fromisoformat(end), purpose, list_id, adviser_id)


Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table of the report: its title, its columns and rows."""

    title: str
    columns: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Report:
    """The content of an export. `own` says that it withholds nothing and stays with who made it."""

    organisation: str
    whose: str
    period: FigurePeriod
    own: bool
    tables: tuple[ReportTable, ...]

    def as_xlsx(self) -> bytes:
        """Return a workbook with one sheet per table, with real dates and filters."""
        return xlsx_workbook((one.title, one.columns, one.rows) for one in self.tables)

    def as_csv(self) -> bytes:
        """Return one table after the other, each under its title, with dates as French people write them."""
        rows: list[Sequence[Cell]] = []
        for one in self.tables:
            rows += [(one.title,), one.columns, *one.rows, ()]
        return comma_separated(("ClicNJob",), rows)

    def as_pdf(self) -> bytes:
        """Return the printed page: charts, each with its table."""
        return typeset.sheet_pdf(_SHEET, _page_data(self))


def figures_report(session: Session, *, by: Actor, request: FiguresRequest, today: date, now: datetime) -> Report:
    """Return the figures for export, and log the purpose. Raises NoPurpose and what `cohort_figures` raises."""
    if request.purpose not in PURPOSES:
        raise NoPurpose
    own = request.purpose == OWN
    chosen = {"list_id": request.list_id, "adviser_id": request.adviser_id}
    asked = {"of": by, "start": request.start, "end": request.end, "today": today, **chosen}
    found = figures.cohort_figures(session, **asked)  # type: ignore[arg-type]
    audit.note_act(
        session, by=by, act="figures exported", why=f"{request.purpose} {request.start}/{request.end}", now=now
    )
    tables = report_tables(found, purpose=request.purpose)
    if own:
        tables.append(_days_table(session, asked))
    structure = session.get(Organisation, by.organisation_id)
    return Report(
        structure.name if structure else "",
        _whose(session, by, request, found) if request.purpose in INSIDE else "",
        found.period,
        own,
        tuple(one for one in tables if one.rows),
    )


def report_tables(found: Figures, *, purpose: str) -> list[ReportTable]:
    """Return the tables of a purpose, except that of the days."""
    unsaid = None if purpose == OWN else _unsaid_wholes(found)
    own = unsaid is None
    tables = [
        ReportTable("Ensemble", ("Chiffre", "Valeur"), _summary_rows(found, own=own)),
        ReportTable("Étapes", ("Étape atteinte", "Jeunes"), _stage_rows(found, own=own)),
        ReportTable("Sorties", ("Motif", "Jeunes"), _part_rows(found.exits, unsaid)),
        _counts_table("Semaines", ("Du", "Au"), [((week.start, week.end), one) for week, one in found.weeks], unsaid),
    ]
    if purpose in INSIDE:
        tables.append(_counts_table("Listes", ("Liste",), [((name,), one) for name, one in found.lists], unsaid))
        advisers = [((name,), one) for name, one in found.advisers]
        tables.append(_counts_table("Conseillers", ("Conseiller",), advisers, unsaid))
    return tables


def hours_of(minutes: int) -> float:
    """Return minutes as hours, to a tenth."""
    return round(minutes / 60, 1)


def main_figures(found: Figures) -> tuple[tuple[str, Cell], ...]:
    """Return the main figures as (label, value), with nothing withheld."""
    one = found.counts
    return (
        ("Jeunes suivis", one.people),
        ("Déjà connectés", found.came),
        ("Entrées", one.entries),
        ("Sorties", one.exits),
        ("Jeunes actifs", one.active),
        ("Premiers CV finis", one.first_cvs),
        (
            "Jours avant le premier CV (médiane)",
            TOO_FEW_CVS if found.days_to_first_cv is None else found.days_to_first_cv,
        ),
        ("Candidatures envoyées", one.applications),
        ("Entraînements à l’entretien", one.practices),
        ("Séances de groupe", one.sessions),
        ("Présences en séance", one.attendances),
        ("Heures en séance", hours_of(one.session_minutes)),
        ("Heures de travail mesurées", hours_of(one.work_minutes)),
    )


def _summary_rows(found: Figures, *, own: bool) -> Rows:
    dates: Rows = (("Du", found.period.start), ("Au", found.period.end))
    whole = main_figures(found)
    if own:
        return (*dates, *whole)
    one = found.counts
    said: dict[str, Cell] = dict(whole)
    said["Jeunes suivis"], said["Déjà connectés"] = suppression.said_in_turn((one.people, found.came))
    for label, count in (("Entrées", one.entries), ("Sorties", one.exits), ("Jeunes actifs", one.active)):
        said[label] = suppression.said_in_turn((one.people, count))[-1]
    said["Premiers CV finis"] = suppression.said_in_turn((one.people, found.came, one.first_cvs))[-1]
    counts = {
        "Candidatures envoyées": one.applications,
        "Entraînements à l’entretien": one.practices,
        "Présences en séance": one.attendances,
    }
    said |= {label: suppression.publishable_count(count) for label, count in counts.items()}
    for label, count in (("Heures en séance", one.attendances), ("Heures de travail mesurées", one.active)):
        if suppression.publishable_count(count) == HIDDEN:
            said[label] = HIDDEN
    return (*dates, *said.items())


def _stage_rows(found: Figures, *, own: bool) -> Rows:
    if own:
        return found.funnel
    told = suppression.said_in_turn((found.counts.people, found.came, *(count for _, count in found.funnel)))[2:]
    return tuple((label, cell) for (label, _), cell in zip(found.funnel, told, strict=True))


def _unsaid_wholes(found: Figures) -> frozenset[str]:
    """Return the columns whose whole the summary withholds."""
    said = dict((str(label), cell) for label, cell in _summary_rows(found, own=False))
    return frozenset(name for name, label in _OF_PEOPLE.items() if said[label] == suppression.WITHHELD)


def _part_rows(parts: Sequence[tuple[str, int]], unsaid: frozenset[str] | None) -> Rows:
    if unsaid is None:
        return tuple(parts)
    told = suppression.said_apart([count for _, count in parts], sum_is_said="Sorties" not in unsaid)
    return tuple((label, cell) for (label, _), cell in zip(parts, told, strict=True))


def _counts_table(
    title: str,
    names: tuple[str, ...],
    parts: Sequence[tuple[tuple[Cell, ...], PeriodCounts]],
    unsaid: frozenset[str] | None,
) -> ReportTable:
    """Return a table of parts; `unsaid` are the columns whose whole is withheld, None for a file that withholds nothing."""
    counts = [one for _, one in parts]
    columns = [_column_cells(column, counts, unsaid) for column in COLUMNS]
    rows = tuple((*head, *cells) for (head, _), cells in zip(parts, zip(*columns, strict=True), strict=True))
    return ReportTable(title, (*names, *(column for column, _, _ in COLUMNS)), rows)


def _column_cells(column: Column, counts: Sequence[PeriodCounts], unsaid: frozenset[str] | None) -> tuple[Cell, ...]:
    name, read, adds_up = column
    values = [read(one) for one in counts]
    if unsaid is None or name == "Séances":
        return tuple(values)
    if name in (_SESSION_HOURS, _WORK_HOURS):
        people = [one.attendances if name == _SESSION_HOURS else one.active for one in counts]
        return suppression.said_with_few(values, people)
    whole = [int(value) for value in values]
    if name == "Jeunes suivis":
        return suppression.said_beside(whole)
    people = [one.people for one in counts]
    if adds_up:
        beside = people if name in _OF_PEOPLE else ()
        return suppression.said_apart(whole, wholes=beside, sum_is_said=name not in unsaid)
    return tuple(suppression.said_in_turn(pair)[-1] for pair in zip(people, whole, strict=True))


def _days_table(session: Session, asked: dict[str, Any]) -> ReportTable:
    """Return the figures day by day, only for a file that stays: almost each is under five."""
    period, facts = figures.period_facts(session, **asked)
    parts = tuple(period.each_day())
    counted = zip(parts, definitions.count_parts(facts, parts), strict=True)
    return _counts_table("Jours", ("Jour",), [((day.start,), one) for day, one in counted], None)


def _whose(session: Session, by: Actor, request: FiguresRequest, found: Figures) -> str:
    """Say in words whose figures they are: a list, an adviser; '' for everybody."""
    names = dict(figures.lists_by_name(session, of=by)).get(request.list_id, "") if request.list_id else ""
    advisers = [name for name, _ in found.advisers] if request.adviser_id else []
    return ", ".join(part for part in (names, *advisers) if part)


def _page_data(report: Report) -> dict[str, Any]:
    tables = {one.title: one for one in report.tables}
    return {
        "fallbacks": typeset.FALLBACK_FONTS,
        "organisation": report.organisation,
        "whose": report.whose,
        "period": f"Du {shown_day(report.period.start)} au {shown_day(report.period.end)}",
        "own": report.own,
        "limits": LIMITS,
        "numbers": [[str(label), _cell_text(value)] for label, value in tables["Ensemble"].rows[2:]],
        "tables": [
            _table_data(tables[title])
            for title in ("Étapes", "Sorties", "Semaines", "Listes", "Conseillers")
            if title in tables
        ],
    }


def _table_data(table: ReportTable) -> dict[str, Any]:
    """Return a table for the template, with the length of each bar: of people, or of active people in wide tables."""
    drawn = table.columns.index("Jeunes actifs") if "Jeunes actifs" in table.columns else len(table.columns) - 1
    values = [cell if isinstance(cell := row[drawn], int) else 0 for row in table.rows]
    most = max(values, default=0) or 1
    return {
        "title": table.title,
        "columns": list(table.columns),
        "rows": [["< 5" if cell == HIDDEN else _cell_text(cell) for cell in row] for row in table.rows],
        "bars": [value / most for value in values],
        "drawn": table.columns[drawn],
    }


def _cell_text(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year}"
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)
