"""Aggregate figures for the team and for reports: never a person, and never a count under five.

Such a count cannot be computed by subtraction either: of counts that include one another, one that differs by one to
four from the last one shown is withheld (« non dit »). Source of the threshold: CNIL, « anonymisation » (small counts
can identify people).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from clicnjob import audit, policy
from clicnjob.cohort import permissions
from clicnjob.cohort.progress.overview import owned_lists
from clicnjob.cohort.progress.stages import STAGES
from clicnjob.cohort.reports.spreadsheets import Cell, comma_separated, xlsx_workbook
from clicnjob.errors import Refusal
from clicnjob.models import Account, ActivityDay, Actor, Membership, PeopleList, Progress

PURPOSES = {"bilan": "Bilan d’activité", "financeur": "Dialogue avec un financeur", "equipe": "Réunion d’équipe"}
HIDDEN = "moins de 5"
WITHHELD = "non dit"
TOO_FEW_CVS = "pas assez de CV"
_REACHED = tuple(key for key in STAGES if key != "jamais_venu")


class WrongPeriod(Refusal):
    """The end is before the start, or the period is longer than a year."""

    sentence = "La fin doit venir après le début, et la période durer un an au plus."


class NoPurpose(Refusal):
    """An export needs a purpose, which is logged."""

    sentence = "Choisissez pourquoi vous exportez ces chiffres."


@dataclass(frozen=True, slots=True)
class FiguresRequest:
    """Which figures to export and why. `list_id` is a list of people, '' for everybody; `purpose` a key of PURPOSES."""

    start: date
    end: date
    purpose: str
    list_id: str = ""

    @property
    def key(self) -> str:
        """The request as text, for a download ticket; `of_key` reads it back."""
        return f"{self.start}.{self.end}.{self.purpose}.{self.list_id}"

    @classmethod
    def of_key(cls, key: str) -> FiguresRequest:
        """Read a `key`. Raises ValueError for a text that is none."""
        start, end, purpose, list_id = key.split(".")
        return cls(date.fromisoformat(start), date.fromisoformat(end), purpose, list_id)


@dataclass(frozen=True, slots=True)
class Week:
    """One week: how many people were active, and the hours between consecutive acts.

    Any saved work counts, shared or not, because its kind is not shown; hours of fewer than five people are hidden.
    """

    monday: date
    people: int
    hours: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period. `funnel` counts who reached at least each stage; None means too few people.

    `practice` and `applications` are totals since enrolment, whatever the period.
    """

    people: int
    came: int
    funnel: tuple[tuple[str, int], ...]
    weeks: tuple[Week, ...]
    days_to_first_cv: int | None
    first_cvs: int
    practice: int
    applications: int


def cohort_figures(session: Session, *, of: Actor, start: date, end: date, today: date, list_id: str = "") -> Figures:
    """Return the figures of the actor's cohort or of one of its lists, both days included. Three queries.

    People archived since the start of the period are included. Raises FollowsNobody, WrongPeriod.
    """
    if not start <= end <= start + timedelta(days=policy.FIGURES_DAYS):
        raise WrongPeriod
    chosen = _chosen_conditions(of, start=start, today=today, list_id=list_id)
    counted = (Progress.stage, Progress.activated_at, Progress.enrolled_on, Progress.cv_done_on)
    query = columns(*map(col, counted), col(Progress.practice_count), col(Progress.applications_count))
    query = query.join(Account, permissions.still_true()).where(*chosen, col(Progress.enrolled_on) <= end)
    rows = session.execute(query).all()
    waits = [
        (row.cv_done_on - row.enrolled_on).days for row in rows if row.cv_done_on and start <= row.cv_done_on <= end
    ]
    return Figures(
        people=len(rows),
        came=sum(row.activated_at is not None for row in rows),
        funnel=_stage_funnel([row.stage for row in rows]),
        weeks=_weeks_of_period(session, chosen, start=start, end=end),
        days_to_first_cv=round(median(waits)) if len(waits) >= policy.LEAST_COUNT else None,
        first_cvs=len(waits),
        practice=sum(row.practice_count or 0 for row in rows),
        applications=sum(row.applications_count or 0 for row in rows),
    )


def publishable_count(count: int) -> Cell:
    """Return a count as it may be shown: « moins de 5 » for one to four."""
    return HIDDEN if 0 < count < policy.LEAST_COUNT else count


def said_in_turn(counts: Sequence[int]) -> tuple[Cell, ...]:
    """Return nested counts, each a part of the previous one, as they may be shown together.

    A count that differs by one to four from the last one shown is withheld, since the difference would be a count under
    five. Equal counts and zeros are shown.
    """
    told: list[Cell] = []
    above: int | None = None
    for count in counts:
        told.append(_said_under(above, count))
        above = count if told[-1] == count else above
    return tuple(told)


def _said_under(above: int | None, count: int) -> Cell:
    cell = publishable_count(count)
    if above is None or count in (0, above):
        return cell
    # When `above` is under nine, no smaller count can be shown. All of them get the same word, since « non dit » under
    # six would otherwise mean five.
    none_fits = above < 2 * policy.LEAST_COUNT - 1
    return WITHHELD if none_fits or (cell == count and publishable_count(abs(above - count)) == HIDDEN) else cell


@dataclass(frozen=True, slots=True)
class PublishableFigures:
    """The counts of people as they may be shown together."""

    people: Cell
    came: Cell
    first_cvs: Cell
    funnel: tuple[tuple[str, Cell], ...]

    @property
    def withholds(self) -> bool:
        """Whether something is withheld (« non dit »)."""
        return WITHHELD in (self.people, self.came, self.first_cvs, *(cell for _, cell in self.funnel))


def publishable_figures(found: Figures) -> PublishableFigures:
    """Return what may be shown of these figures, on screen and in an export alike."""
    people, came, *funnel = said_in_turn((found.people, found.came, *(count for _, count in found.funnel)))
    return PublishableFigures(
        people=people,
        came=came,
        first_cvs=said_in_turn((found.people, found.came, found.first_cvs))[-1],
        funnel=tuple(zip((label for label, _ in found.funnel), funnel, strict=True)),
    )


def lists_by_name(session: Session, *, of: Actor) -> tuple[tuple[str, str], ...]:
    """Return the actor's lists as (id, name), by name. One query."""
    query = select(PeopleList).where(owned_lists(of)).order_by(PeopleList.name, PeopleList.id)
    return tuple((kept.id, kept.name) for kept in session.exec(query))


@dataclass(frozen=True, slots=True)
class Report:
    """The content of an export: (title, columns, rows) of each sheet."""

    sheets: tuple[tuple[str, tuple[str, ...], tuple[tuple[Cell, ...], ...]], ...]

    def as_xlsx(self) -> bytes:
        """Return a workbook with one sheet per table."""
        return xlsx_workbook(self.sheets)

    def as_csv(self) -> bytes:
        """Return one table after the other, each under its title."""
        rows: list[Sequence[Cell]] = []
        for title, names, kept in self.sheets:
            rows += [(title,), names, *kept, ()]
        return comma_separated(("ClicNJob",), rows)


def figures_report(session: Session, *, by: Actor, request: FiguresRequest, today: date, now: datetime) -> Report:
    """Return the figures for export, and log the purpose. Raises NoPurpose and what `cohort_figures` raises."""
    start, end, purpose = request.start, request.end, request.purpose
    if purpose not in PURPOSES:
        raise NoPurpose
    found = cohort_figures(session, of=by, start=start, end=end, today=today, list_id=request.list_id)
    audit.note_act(session, by=by, act="figures exported", why=f"{purpose} {start}/{end}", now=now)
    whole = (("Du", start.isoformat()), ("Au", end.isoformat()), *_summary_rows(found))
    weeks = tuple((week.monday.isoformat(), publishable_count(week.people), hours_said(week)) for week in found.weeks)
    return Report(
        (
            ("Ensemble", ("Chiffre", "Valeur"), whole),
            ("Étapes", ("Étape atteinte", "Jeunes"), publishable_figures(found).funnel),
            ("Semaines", ("Lundi", "Jeunes actifs", "Heures d’activité"), weeks),
        )
    )


def hours_said(week: Week) -> Cell:
    """Return the hours of a week, hidden when they would be those of few people."""
    return HIDDEN if 0 < week.people < policy.LEAST_COUNT else week.hours


def _summary_rows(found: Figures) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of the first sheet, without the period."""
    kept = publishable_figures(found)
    return (
        ("Jeunes suivis", kept.people),
        ("Déjà connectés", kept.came),
        ("Premiers CV finis dans la période", kept.first_cvs),
        (
            "Jours avant le premier CV (médiane)",
            TOO_FEW_CVS if found.days_to_first_cv is None else found.days_to_first_cv,
        ),
        ("Entraînements à l’entretien depuis l’inscription (partagés)", publishable_count(found.practice)),
        ("Candidatures depuis l’inscription (partagées)", publishable_count(found.applications)),
    )


def _chosen_conditions(of: Actor, *, start: date, today: date, list_id: str) -> tuple[ColumnElement[bool], ...]:
    archived = col(Progress.archived_at)
    still_in = or_(archived.is_(None), archived >= datetime.combine(start, time.min).astimezone())
    chosen: tuple[ColumnElement[bool], ...] = (permissions.visible_progress(of, today=today), still_in)
    if not list_id:
        return chosen
    members = (
        select(Membership.account_id)
        .join(PeopleList, col(PeopleList.id) == col(Membership.list_id))
        .where(Membership.list_id == list_id, owned_lists(of))
    )
    return (*chosen, col(Progress.account_id).in_(members))


def _stage_funnel(stages: Sequence[str]) -> tuple[tuple[str, int], ...]:
    places = [_REACHED.index(stage) for stage in stages if stage in _REACHED]
    return tuple((STAGES[key], sum(place >= at for place in places)) for at, key in enumerate(_REACHED))


def _weeks_of_period(
    session: Session, chosen: tuple[ColumnElement[bool], ...], *, start: date, end: date
) -> tuple[Week, ...]:
    """Return each week of the period, including empty ones. One query."""
    first = start - timedelta(days=start.weekday())
    mondays = [first + timedelta(days=7 * number) for number in range((end - first).days // 7 + 1)]
    after = [(col(ActivityDay.day) < monday + timedelta(days=7), number) for number, monday in enumerate(mondays)]
    week: Any = case(*after, else_=len(mondays) - 1).label("week")
    query = (
        columns(week, func.count(col(ActivityDay.account_id).distinct()), func.sum(col(ActivityDay.seconds)))
        .join(Progress, col(Progress.account_id) == col(ActivityDay.account_id))
        .join(Account, permissions.still_true())
        .where(*chosen, and_(col(ActivityDay.day) >= start, col(ActivityDay.day) <= end))
        .group_by(week)
    )
    found = {number: (people, seconds or 0) for number, people, seconds in session.execute(query)}
    return tuple(
        Week(monday, found.get(number, (0, 0))[0], int(found.get(number, (0, 0))[1]) // 3600)
        for number, monday in enumerate(mondays)
    )
