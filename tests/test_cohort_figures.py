"""Figures and exports: right counts, few people hidden, nobody else's people, each export logged with its purpose."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import Session, select

from clicnjob.cohort import activity, bridge, candidates, export, figures, follow, lists, progress, tables
from clicnjob.cohort.figures import HIDDEN, NoPurpose, WrongPeriod
from clicnjob.errors import NotFound
from clicnjob.models import AuditEvent, Enrolment
from tests import make
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import count_queries

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.doors"]
START = TODAY - timedelta(days=27)


@pytest.fixture
def here(session: Session) -> Place:
    """Six people with a whole CV, two half-way, one who never came, one of a colleague's."""
    made = place(session)
    for number in range(6):
        made.cv(made.young(f"Jeune{number}"), make.whole, on=TODAY - timedelta(days=number))
    for number in range(2):
        made.cv(made.young(f"Demi{number}"), make.half)
    made.newcomer("Absent", "Bâ")
    made.cv(made.young("Autre", adviser=made.karim), make.whole)
    activity.count_new(session, now=NOW + timedelta(days=1))
    progress.refresh(session, progress.due(session, today=TODAY), now=NOW)
    return made


def read(here: Place, **named: object) -> figures.Figures:
    asked = {"of": here.claire, "start": START, "end": TODAY, "today": TODAY} | named
    return figures.figures(here.session, **asked)  # type: ignore[arg-type]


def test_people_are_counted_by_the_farthest_stage_that_they_reached(here: Place) -> None:
    found = read(here)
    assert (found.people, found.came) == (9, 8)
    assert dict(found.funnel) == {"Me connaître": 8, "Métiers": 8, "CV": 8, "Candidater": 6, "Entretien": 0}


def test_the_wait_before_the_first_cv_is_a_median_in_days(here: Place) -> None:
    found = read(here)
    assert (found.first_cvs, found.days_to_first_cv) == (6, 28)


def test_every_week_of_the_period_is_there_and_a_person_counts_once_a_week(here: Place) -> None:
    weeks = {week.monday: week.people for week in read(here).weeks}
    assert len(weeks) == 5
    assert weeks[TODAY - timedelta(days=TODAY.weekday())] == 3  # the whole CV of today and the two halves
    assert weeks[TODAY - timedelta(days=TODAY.weekday() + 7)] == 5


def test_a_list_has_its_own_figures(here: Place) -> None:
    mine = lists.make(here.session, by=here.claire, name="Atelier")
    people = [row.id for row in here.rows()][:2]
    lists.put(here.session, by=here.claire, list_id=mine, account_ids=people, today=TODAY)
    assert read(here, list_id=mine).people == 2
    assert figures.lists(here.session, of=here.claire) == ((mine, "Atelier"),)


def test_a_colleague_s_list_counts_nobody(here: Place) -> None:
    theirs = lists.make(here.session, by=here.karim, name="Ailleurs")
    assert read(here, list_id=theirs).people == 0


def test_the_head_counts_the_whole_structure(here: Place) -> None:
    assert read(here, of=here.head).people == 10


def test_figures_take_three_queries_at_most(engine: Engine, here: Place) -> None:
    with count_queries(engine, 3):
        read(here)


@pytest.mark.parametrize("count", [1, 4])
def test_few_people_are_not_said(count: int) -> None:
    assert figures.said(count) == HIDDEN


@pytest.mark.parametrize("count", [0, 5, 120])
def test_many_people_and_nobody_are_said(count: int) -> None:
    assert figures.said(count) == count


@pytest.mark.parametrize(("start", "end"), [(TODAY, START), (date(2020, 1, 1), TODAY)])
def test_a_period_that_cannot_be_is_refused(here: Place, start: date, end: date) -> None:
    with pytest.raises(WrongPeriod):
        read(here, start=start, end=end)


def test_a_trainer_has_no_cohort_to_count(here: Place) -> None:
    with pytest.raises(follow.FollowsNobody):
        read(here, of=here.trainer)


def test_a_report_hides_few_people_and_is_logged_with_its_purpose(here: Place) -> None:
    made = figures.report(here.session, by=here.claire, start=START, end=TODAY, today=TODAY, purpose="bilan")
    book = load_workbook(io.BytesIO(made.as_xlsx()))
    assert book.sheetnames == ["Ensemble", "Étapes", "Semaines"]
    weeks = [row[1] for row in book["Semaines"].iter_rows(min_row=2, values_only=True)]
    assert HIDDEN in weeks and 3 not in weeks
    assert "Jeune0" not in made.as_csv().decode("utf-8-sig")
    line = here.session.exec(select(AuditEvent).where(AuditEvent.act == "figures exported")).one()
    assert line.why.startswith("bilan")


@pytest.mark.parametrize("purpose", ["", "parce que"])
def test_nothing_leaves_without_a_purpose(here: Place, purpose: str) -> None:
    with pytest.raises(NoPurpose):
        figures.report(here.session, by=here.claire, start=START, end=TODAY, today=TODAY, purpose=purpose)
    with pytest.raises(NoPurpose):
        export.people(here.session, by=here.claire, today=TODAY, purpose=purpose)


@pytest.mark.parametrize("written", [export.as_xlsx, export.as_csv])
def test_people_come_back_from_their_export_as_the_same_people(here: Place, written) -> None:  # type: ignore[no-untyped-def]
    hostile = [("=cmd|'/C calc'!A0", "NA"), ("O'Brien & <b>Zoé</b>", "null"), ("محمد", "-1")]
    for number, names in enumerate(hostile):
        one = here.young(*names)
        here.session.add(Enrolment(account_id=one.id, phone=f"+3363998123{number}", birth_month="2006-03"))
    progress.refresh(here.session, progress.due(here.session, today=TODAY), now=NOW)
    rows = export.people(here.session, by=here.claire, today=TODAY, purpose="transfert")
    found = candidates.read(tables.table(written(rows)), today=TODAY)
    assert not found.mistakes
    back = {(p.first_name, p.last_name, p.phone, p.birth_month) for p in found.people}
    assert len(back) == len(rows) == 12
    assert {(*names, f"+3363998123{n}", "2006-03") for n, names in enumerate(hostile)} <= back


def test_a_person_s_lines_are_for_who_follows_them(here: Place) -> None:
    one = next(row for row in here.rows() if row.first_name == "Jeune0")
    with pytest.raises(NotFound):
        bridge.lines_of(here.session, by=here.karim, account_id=one.id, start=START, end=TODAY, today=TODAY)
    bridge.lines_of(here.session, by=here.claire, account_id=one.id, start=START, end=TODAY, today=TODAY)
    assert here.session.exec(select(AuditEvent).where(AuditEvent.whom_id == one.id)).all()
