"""One definition of each figure: over the demonstration, every screen and file agrees, day by day, with plain SQL."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import create_engine, event, text
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, select

from clicnjob import db, models
from clicnjob.cohort import definitions
from clicnjob.cohort.definitions import FigurePeriod, PeriodCounts
from clicnjob.cohort.progress import activity, refreshing
from clicnjob.cohort.progress.overview import CohortFilters, cohort_page
from clicnjob.cohort.reports import figures, imilo_week, report
from clicnjob.cohort.reports.report import OWN, FiguresRequest
from clicnjob.cohort.support import case_closure, lists
from clicnjob.demo import cohorts
from clicnjob.models import Account, Work
from tests import conftest
from tests.cohort_people import Place, place
from tests.for_each import for_each

pytestmark = pytest.mark.slow
LONG = 70  # days


@pytest.fixture(scope="module")
def here() -> Iterator[Place]:
    """The demonstration with two months of visits, sessions, exits, and people who show their applications."""
    made = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    event.listen(made, "connect", lambda connection, _record: connection.deserialize(conftest._tables()))
    event.listen(made, "begin", db._begin_sqlite)
    with Session(made, expire_on_commit=False) as session, pytest.MonkeyPatch.context() as patched:
        patched.setenv("CLICNJOB_PEPPER", conftest.PEPPER)
        built, now = place(session), models.utc_now()
        people = cohorts.make_cohorts(session, now=now, how_many=60)
        for number, reason in enumerate(("cdi", "formation", "formation", "demenagement")):
            who, at = people[number * 7], now - timedelta(days=9 * number)
            by = session.get(Account, who.adviser_id)
            assert by is not None
            case_closure.close_case(session, by=by, account_id=who.id, reason=reason, today=at.date(), now=at)
        _share_applications(session, people[:12], now.date())
        activity.count_new(session, now=now + timedelta(minutes=1))
        refreshing.refresh_progress(session, [one.id for one in people], now=now)
        yield built


def _share_applications(session: Session, people: tuple[Account, ...], today: date) -> None:
    for number, who in enumerate(people):
        body = {
            "applications": [
                {"title": "Vente", "state": "sent", "added_on": str(on), "sent_on": str(on)}
                for on in (today - timedelta(days=number), today - timedelta(days=3 * number))
            ]
        }
        seen = who.seen_at or who.created_at
        session.add(Work(account_id=who.id, kind=models.WorkKind.APPLICATIONS, body=body, changed_at=seen))
        if number % 3:
            session.add(models.Sharing(account_id=who.id, applications=True))
    session.flush()


def own_day(at: str) -> date:
    """The day of an instant as SQLite stores it, in UTC."""
    return datetime.fromisoformat(at).replace(tzinfo=models.utc_now().tzinfo).astimezone().date()


def plain(here: Place, period: FigurePeriod, adviser_id: str = "") -> PeriodCounts:
    """The figures of a period by plain SQL, one statement each, over whole tables, with nothing of the app's code."""
    rows = lambda sql: here.session.connection().execute(text(sql)).all()  # noqa: E731
    inside = lambda day: period.start <= day <= period.end  # noqa: E731
    day_of = lambda value: date.fromisoformat(value) if value else None  # noqa: E731
    people: dict[str, Any] = {}
    for who, adviser, enrolled, archived, cv_on in rows(
        "SELECT p.account_id, a.adviser_id, p.enrolled_on, a.archived_at, p.cv_done_on FROM progress p"
        " JOIN account a ON a.id = p.account_id"
    ):
        ended = own_day(archived) if archived else None
        begun = date.fromisoformat(enrolled)
        if begun <= period.end and (ended is None or ended >= period.start) and adviser_id in ("", adviser):
            people[who] = (begun, ended, day_of(cv_on))
    shown = {who for (who,) in rows("SELECT account_id FROM sharing WHERE applications = 1")}
    worked = rows(
        "SELECT account_id, day, kind, seconds FROM activityday WHERE kind IN ('cv', 'jobs', 'workshop', 'visit')"
    )
    worked += rows(
        "SELECT d.account_id, d.day, d.kind, d.seconds FROM activityday d JOIN sharing s ON s.account_id = d.account_id"
        " WHERE (d.kind = 'apply' AND s.applications = 1) OR (d.kind = 'interview' AND s.practice = 1)"
    )
    work = [(who, seconds) for who, day, _, seconds in worked if who in people and inside(date.fromisoformat(day))]
    held = [
        (who, session, minutes)
        for who, session, at, minutes in rows(
            "SELECT t.account_id, w.id, w.began_at, w.minutes FROM attendance t JOIN workshop w ON w.id = t.workshop_id"
            " WHERE w.ended_at IS NOT NULL"
        )
        if who in people and inside(own_day(at))
    ]
    bodies = rows("SELECT account_id, body FROM work WHERE kind = 'applications' AND deleted_at IS NULL")
    sent = [
        one["sent_on"]
        for who, body in bodies
        if who in people and who in shown
        for one in json.loads(body)["applications"]
        if inside(date.fromisoformat(one["sent_on"]))
    ]
    return PeriodCounts(
        people=len(people),
        entries=sum(inside(begun) for begun, _, _ in people.values()),
        exits=sum(ended is not None and inside(ended) for _, ended, _ in people.values()),
        active=len({who for who, _ in work} | {who for who, _, _ in held}),
        first_cvs=sum(cv_on is not None and inside(cv_on) for _, _, cv_on in people.values()),
        applications=len(sent),
        practices=0,
        sessions=len({session for _, session, _ in held}),
        attendances=len(held),
        session_minutes=sum(minutes for _, _, minutes in held),
        work_minutes=sum(seconds for _, seconds in work) // 60,
    )


def read(here: Place, period: FigurePeriod, *, of: Account | None = None, **named: str) -> figures.Figures:
    today = models.utc_now().astimezone().date()
    return figures.cohort_figures(
        here.session, of=of or here.head, start=period.start, end=period.end, today=today, **named
    )


def today() -> date:
    return models.utc_now().astimezone().date()


@pytest.mark.long
def test_each_day_of_the_demonstration_agrees_with_plain_sql(here: Place) -> None:
    whole = FigurePeriod(today() - timedelta(days=LONG), today())
    _, facts = figures.period_facts(here.session, of=here.head, start=whole.start, end=whole.end, today=today())
    parts = tuple(whole.each_day())
    wrong = [
        (day.start, counted, expected)
        for day, counted in zip(parts, definitions.count_parts(facts, parts), strict=True)
        if counted != (expected := plain(here, day))
    ]
    assert not wrong, wrong[:3]
    total = plain(here, whole)
    assert min(total.entries, total.exits, total.active, total.first_cvs, total.applications, total.sessions) > 0
    assert read(here, whole).counts == total


def test_the_figures_of_each_week_adviser_and_list_agree_with_plain_sql(here: Place) -> None:
    whole = FigurePeriod(today() - timedelta(days=LONG), today())
    found = read(here, whole)
    assert all(counted == plain(here, week) for week, counted in found.weeks)
    by_name = {f"{one.first_name} {one.last_name}": one for one in (here.claire, here.karim)}
    assert {name for name, _ in found.advisers} == set(by_name)
    for name, counted in found.advisers:
        assert counted == plain(here, whole, by_name[name].id) == read(here, whole, of=by_name[name]).counts
        assert counted == read(here, whole, adviser_id=by_name[name].id).counts
    mine = here.session.exec(select(Account).where(Account.adviser_id == here.claire.id, Account.role == "young")).all()
    everybody = lists.make_list(here.session, by=here.claire, name="Tous")
    members = [one.id for one in mine]
    lists.add_to_list(here.session, by=here.claire, list_id=everybody, account_ids=members, today=today())
    ((_, of_list),) = read(here, whole, of=here.claire).lists
    assert of_list == read(here, whole, of=here.claire, list_id=everybody).counts == plain(here, whole, here.claire.id)
    lists.remove_list(here.session, by=here.claire, list_id=everybody)


def test_mes_jeunes_and_the_figures_give_the_same_people_as_active(here: Place) -> None:
    page = cohort_page(here.session, adviser=here.claire, today=today())
    recent = definitions.recent_days(today())
    _, facts = figures.period_facts(here.session, of=here.claire, start=recent.start, end=recent.end, today=today())
    active = {
        one.id for one in facts if any(day in recent for day in one.active_days()) and one.came and not one.ended_on
    }
    assert page.figures.by_activity["semaine"] == len(active) > 0
    listed = cohort_page(here.session, adviser=here.claire, today=today(), filters=CohortFilters(activity="semaine"))
    assert {row.id for row in listed.rows} == active
    assert read(here, recent, of=here.claire).came == sum(
        count for key, count in page.figures.by_activity.items() if key != "jamais"
    ) + sum(one.came and one.ended_on is not None for one in facts)


def test_the_workbook_gives_the_same_days_as_plain_sql_with_real_dates_and_filters(here: Place) -> None:
    start = today() - timedelta(days=LONG)
    made = report.figures_report(
        here.session, by=here.head, request=FiguresRequest(start, today(), OWN), today=today(), now=models.utc_now()
    )
    book = load_workbook(io.BytesIO(made.as_xlsx()))
    days = book["Jours"]
    assert days.auto_filter.ref == f"A1:L{LONG + 2}" and days["A2"].is_date
    for row in days.iter_rows(min_row=2, values_only=True):
        day = row[0].date()  # type: ignore[union-attr]
        expected = plain(here, FigurePeriod(day, day))
        assert list(row[1:]) == [read_column(expected) for _, read_column, _ in report.COLUMNS], day
    whole = {row[0]: row[1] for row in book["Ensemble"].iter_rows(values_only=True)}
    expected = plain(here, FigurePeriod(start, today()))
    assert (whole["Jeunes actifs"], whole["Sorties"]) == (expected.active, expected.exits)
    assert sum(row[1] for row in book["Sorties"].iter_rows(min_row=2, values_only=True)) == expected.exits  # type: ignore[misc]


def test_the_lines_for_i_milo_add_up_to_the_work_and_sessions_of_the_figures(here: Place) -> None:
    """Each line is rounded down to a quarter of an hour, and a session's minutes are taken from the work of its day."""
    monday = today() - timedelta(days=today().weekday() + 7)
    week = FigurePeriod(monday, monday + timedelta(days=6))
    found = imilo_week.week_lines(
        here.session, of=here.head, start=week.start, end=week.end, today=today(), now=models.utc_now()
    )
    of_sessions = [one.line.minutes for one in found.lines if one.line.key.startswith("seance:")]
    counted = plain(here, week)
    assert len(of_sessions) == counted.attendances
    assert 0 <= counted.session_minutes - sum(of_sessions) < 15 * len(of_sessions) + 1
    of_work = sum(one.line.minutes for one in found.lines if not one.line.key.startswith(("seance:", "action:")))
    assert of_work <= counted.work_minutes


@for_each(
    ("day", "quarter", "month"),
    [
        (date(2026, 1, 1), (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 1, 1), date(2026, 1, 31))),
        (date(2026, 12, 31), (date(2026, 10, 1), date(2026, 12, 31)), (date(2026, 12, 1), date(2026, 12, 31))),
        (date(2028, 2, 29), (date(2028, 1, 1), date(2028, 3, 31)), (date(2028, 2, 1), date(2028, 2, 29))),
        (date(2026, 6, 30), (date(2026, 4, 1), date(2026, 6, 30)), (date(2026, 6, 1), date(2026, 6, 30))),
    ],
)
def test_quarters_and_months_are_those_of_the_calendar(day: date, quarter: Any, month: Any) -> None:
    assert definitions.quarter_of(day) == FigurePeriod(*quarter)
    assert definitions.month_of(day) == FigurePeriod(*month)


def test_the_weeks_of_a_period_cover_each_day_once() -> None:
    whole = FigurePeriod(date(2026, 10, 1), date(2026, 12, 31))
    covered = [day.start for week in whole.each_week() for day in week.each_day()]
    assert covered == [day.start for day in whole.each_day()]
    assert all(week.start.weekday() == 0 for week in list(whole.each_week())[1:])


def test_every_count_has_its_column_in_the_tables() -> None:
    sample = PeriodCounts(*range(100, 100 + len(fields(PeriodCounts))))
    drawn = {read_column(sample) for _, read_column, _ in report.COLUMNS}
    whole = {one.name: getattr(sample, one.name) for one in fields(PeriodCounts)}
    assert drawn == {report.hours_of(value) if name.endswith("minutes") else value for name, value in whole.items()}
