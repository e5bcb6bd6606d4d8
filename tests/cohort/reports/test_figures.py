"""Figures and exports: right counts, few people hidden, nobody else's people, each export logged with its purpose."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from clicnjob import audit, models, policy
from clicnjob.cohort import permissions
from clicnjob.cohort.definitions import FigurePeriod, PeriodCounts
from clicnjob.cohort.importing import candidates, tables
from clicnjob.cohort.progress import activity, refreshing
from clicnjob.cohort.reports import export, figures, imilo, report, suppression
from clicnjob.cohort.reports.figures import Figures, WrongPeriod
from clicnjob.cohort.reports.report import OWN, FiguresRequest, NoPurpose
from clicnjob.cohort.reports.suppression import HIDDEN, WITHHELD
from clicnjob.cohort.support import case_closure, lists
from clicnjob.errors import NotFound
from clicnjob.models import Account, Attendance, AuditEvent, Enrolment, Workshop
from clicnjob.privacy import views
from tests import make
from tests.cohort_people import NOW, TODAY, Place, at, place
from tests.conftest import count_queries
from tests.for_each import for_each
from tests.pages.conftest import html

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]
START = TODAY - timedelta(days=27)
WHOLE_PERIOD = FiguresRequest(START, TODAY, "bilan")


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
    refreshing.refresh_progress(session, refreshing.outdated_people(session, today=TODAY), now=NOW)
    return made


def read(here: Place, **named: object) -> figures.Figures:
    asked = {"of": here.claire, "start": START, "end": TODAY, "today": TODAY} | named
    return figures.cohort_figures(here.session, **asked)  # type: ignore[arg-type]


def made_up(**named: Any) -> Figures:
    """Figures of many people, but for what a test names."""
    counts = PeriodCounts(people=40, entries=9, active=30, first_cvs=9, applications=60, practices=50)
    whole: dict[str, Any] = {
        "period": FigurePeriod(START, TODAY),
        "counts": counts,
        "came": 30,
        "funnel": (("Me connaître", 30), ("Métiers", 20)),
        "exits": (),
        "weeks": (),
        "lists": (),
        "advisers": (),
        "days_to_first_cv": 12,
    }
    return Figures(**(whole | named))


def on_screen(found: Figures) -> AppTest:
    """The tables of these figures, as a page would show them."""

    def page(found, today):  # type: ignore[no-untyped-def]
        from clicnjob.ui.adviser import figures as screen

        screen.draw_figures(found, today)

    shown = AppTest.from_function(page, kwargs={"found": found, "today": TODAY}, default_timeout=30).run()
    assert not shown.exception
    return shown


def exported(here: Place, **named: Any) -> dict[str, dict[Any, Any]]:
    """The sheets of an export, each as what its first column says of the second."""
    request = replace(WHOLE_PERIOD, **named)
    made = report.figures_report(here.session, by=here.claire, request=request, today=TODAY, now=models.utc_now())
    book = load_workbook(io.BytesIO(made.as_xlsx()))
    return {sheet.title: {row[0]: row[1] for row in sheet.iter_rows(values_only=True)} for sheet in book}


def archive(here: Place, *names: str, days_ago: int = 0) -> None:
    """End the support of these people, so many days ago."""
    for row in here.session.exec(select(Account).where(Account.first_name.in_(names))):  # type: ignore[attr-defined]
        case_closure.close_case(
            here.session,
            by=here.claire,
            account_id=row.id,
            reason="cdi",
            today=TODAY,
            now=NOW - timedelta(days=days_ago),
        )


def test_people_are_counted_by_the_farthest_stage_that_they_reached(here: Place) -> None:
    found = read(here)
    assert (found.counts.people, found.came) == (9, 8)
    assert dict(found.funnel) == {"Me connaître": 8, "Métiers": 8, "CV": 8, "Candidater": 6, "Entretien": 0}


def test_the_wait_before_the_first_cv_is_a_median_in_days(here: Place) -> None:
    found = read(here)
    assert (found.counts.first_cvs, found.days_to_first_cv) == (6, 28)


def test_every_week_of_the_period_is_there_and_a_person_counts_once_a_week(here: Place) -> None:
    weeks = {week.start: counted.active for week, counted in read(here).weeks}
    assert len(weeks) == 5
    assert weeks[TODAY - timedelta(days=TODAY.weekday())] == 8  # all of them signed in today
    assert weeks[TODAY - timedelta(days=TODAY.weekday() + 7)] == 5


def test_a_list_has_its_own_figures(here: Place) -> None:
    mine = lists.make_list(here.session, by=here.claire, name="Atelier")
    people = [row.id for row in here.rows()][:2]
    lists.add_to_list(here.session, by=here.claire, list_id=mine, account_ids=people, today=TODAY)
    assert read(here, list_id=mine).counts.people == 2
    assert [(name, counted.people) for name, counted in read(here).lists] == [("Atelier", 2)]
    assert figures.lists_by_name(here.session, of=here.claire) == ((mine, "Atelier"),)


def test_a_colleague_s_list_counts_nobody(here: Place) -> None:
    theirs = lists.make_list(here.session, by=here.karim, name="Ailleurs")
    assert read(here, list_id=theirs).counts.people == 0


def test_the_head_counts_the_whole_structure(here: Place) -> None:
    found = read(here, of=here.head)
    assert found.counts.people == 10
    assert [(name, counted.people) for name, counted in found.advisers] == [("Claire Morvan", 9), ("Karim Saïd", 1)]
    assert read(here, of=here.head, adviser_id=here.karim.id).counts.people == 1
    assert read(here, adviser_id=here.karim.id).counts.people == 0


def test_figures_take_seven_queries_for_any_number_of_people(engine: Engine, here: Place) -> None:
    with count_queries(engine, 8):
        read(here, of=here.head)


@pytest.mark.parametrize("count", [1, 4])
def test_few_people_are_not_said(count: int) -> None:
    assert suppression.publishable_count(count) == HIDDEN


@pytest.mark.parametrize("count", [0, 5, 120])
def test_many_people_and_nobody_are_said(count: int) -> None:
    assert suppression.publishable_count(count) == count


@pytest.mark.parametrize(("start", "end"), [(TODAY, START), (date(2020, 1, 1), TODAY)])
def test_a_period_that_cannot_be_is_refused(here: Place, start: date, end: date) -> None:
    with pytest.raises(WrongPeriod):
        read(here, start=start, end=end)


def test_a_trainer_has_no_cohort_to_count(here: Place) -> None:
    with pytest.raises(permissions.FollowsNobody):
        read(here, of=here.trainer)


def test_a_report_hides_few_people_and_is_logged_with_its_purpose(here: Place) -> None:
    few = lists.make_list(here.session, by=here.claire, name="Atelier")
    people = [row.id for row in here.rows()][:3]
    lists.add_to_list(here.session, by=here.claire, list_id=few, account_ids=people, today=TODAY)
    made = report.figures_report(
        here.session, by=here.claire, request=replace(WHOLE_PERIOD, purpose="equipe"), today=TODAY, now=models.utc_now()
    )
    book = load_workbook(io.BytesIO(made.as_xlsx()))
    assert book.sheetnames == ["Ensemble", "Étapes", "Semaines", "Listes"]
    assert [cell.value for cell in book["Listes"][2]][:2] == ["Atelier", HIDDEN]
    assert "Jeune0" not in made.as_csv().decode("utf-8-sig")
    line = here.session.exec(select(AuditEvent).where(AuditEvent.act == "figures exported")).one()
    assert line.why.startswith("equipe")


def test_a_request_for_figures_reads_back_from_a_ticket() -> None:
    for request in (WHOLE_PERIOD, replace(WHOLE_PERIOD, list_id="abc-_1"), replace(WHOLE_PERIOD, adviser_id="x" * 32)):
        assert FiguresRequest.of_key(request.key) == request


@pytest.mark.parametrize("purpose", ["", "parce que"])
def test_nothing_leaves_without_a_purpose(here: Place, purpose: str) -> None:
    with pytest.raises(NoPurpose):
        report.figures_report(
            here.session,
            by=here.claire,
            request=replace(WHOLE_PERIOD, purpose=purpose),
            today=TODAY,
            now=models.utc_now(),
        )
    with pytest.raises(NoPurpose):
        taken_away(here, purpose)


def taken_away(here: Place, purpose: str) -> tuple[export.Row, ...]:
    """Claire's people as they leave: read, then noted in the log."""
    found = export.exported_people(here.session, by=here.claire, today=TODAY, purpose=purpose, now=models.utc_now())
    for note in found.notes:
        note(here.session)
    return found.rows


@pytest.mark.parametrize("written", [export.as_xlsx, export.as_csv])
def test_people_come_back_from_their_export_as_the_same_people(here: Place, written) -> None:  # type: ignore[no-untyped-def]
    hostile = [("=cmd|'/C calc'!A0", "Na"), ("O'Brien & <b>Zoé</b>", "Null"), ("محمد", "-1")]
    for number, names in enumerate(hostile):
        one = here.young(*names)
        here.session.add(Enrolment(account_id=one.id, phone=f"+3363998123{number}", birth_month="2006-03"))
    refreshing.refresh_progress(here.session, refreshing.outdated_people(here.session, today=TODAY), now=NOW)
    rows = taken_away(here, "transfert")
    found = candidates.read_candidates(tables.read_brought_table(written(rows)), today=TODAY)
    assert not found.mistakes
    back = {(p.first_name, p.last_name, p.phone, p.birth_month) for p in found.people}
    assert len(back) == len(rows) == 12
    assert {(*names, f"+3363998123{n}", "2006-03") for n, names in enumerate(hostile)} <= back


def test_a_person_s_lines_are_for_who_follows_them(here: Place) -> None:
    one = next(row for row in here.rows() if row.first_name == "Jeune0")
    with pytest.raises(NotFound):
        imilo.lines_of(
            here.session, by=here.karim, account_id=one.id, start=START, end=TODAY, today=TODAY, now=models.utc_now()
        )
    imilo.lines_of(
        here.session, by=here.claire, account_id=one.id, start=START, end=TODAY, today=TODAY, now=models.utc_now()
    )
    assert here.session.exec(select(AuditEvent).where(AuditEvent.whom_id == one.id)).all()


def test_every_figure_moves_with_the_period(here: Place) -> None:
    before = read(here, start=TODAY - timedelta(days=90), end=TODAY - timedelta(days=31)).counts
    assert before == PeriodCounts()
    assert read(here, start=TODAY - timedelta(days=30), end=TODAY - timedelta(days=30)).counts.entries == 9


def test_exits_are_counted_by_their_reason(here: Place) -> None:
    archive(here, "Jeune0", "Jeune5")
    found = read(here)
    assert (found.counts.exits, found.exits) == (2, (("CDI", 2),))
    assert read(here, start=TODAY - timedelta(days=20), end=TODAY - timedelta(days=1)).exits == ()


def test_a_week_of_one_day_and_a_group_session_count(here: Place) -> None:
    absent = here.session.exec(select(Account).where(Account.first_name == "Absent")).one()
    held = Workshop(
        organisation_id=here.organisation_id, by_id=here.trainer.id, kind="cv", title="CV", began_at=at(TODAY),
        ended_at=at(TODAY) + timedelta(minutes=45), minutes=45,
    )  # fmt: skip
    here.session.add(held)
    here.session.flush()
    here.session.add(Attendance(workshop_id=held.id, account_id=absent.id))
    one_day = read(here, start=TODAY, end=TODAY).counts
    assert (one_day.active, one_day.sessions, one_day.attendances, one_day.session_minutes) == (9, 1, 1, 45)
    assert one_day.work_minutes >= 3


def test_archiving_people_does_not_change_a_period_that_they_were_in(here: Place) -> None:
    before = read(here)
    archive(here, "Jeune0", "Jeune5")
    found = read(here)
    assert replace(found.counts, exits=0) == before.counts
    assert found.funnel == before.funnel


def test_who_was_archived_before_a_period_is_not_in_it(here: Place) -> None:
    archive(here, "Jeune0", days_ago=28)
    archive(here, "Jeune1", days_ago=27)
    assert read(here).counts.people == 8
    assert read(here, start=START - timedelta(days=1)).counts.people == 9


def test_somebody_archived_leaves_the_list_of_people_to_take_away(here: Place) -> None:
    archive(here, "Jeune0")
    rows = taken_away(here, "appel")
    assert len(rows) == 8


def test_too_few_cvs_for_a_median_are_said_alike_on_screen_and_in_the_export(here: Place) -> None:
    whole = exported(here, start=TODAY, end=TODAY)["Ensemble"]
    assert whole["Jours avant le premier CV (médiane)"] == "pas assez de CV"
    shown = html(on_screen(made_up(days_to_first_cv=None)))
    assert '<dt>Jours avant le premier CV (médiane)</dt><dd class="said">pas assez de CV</dd>' in shown


@for_each(
    ("counts", "told"),
    [
        ((9, 8), (9, WITHHELD)),  # nine minus eight would say that one never came
        ((9, 9), (9, 9)),
        ((9, 4), (9, HIDDEN)),
        ((9, 0), (9, 0)),
        ((20, 18, 17, 15, 15, 11), (20, WITHHELD, WITHHELD, 15, 15, WITHHELD)),  # the line above is the last one said
        ((4, 3, 0), (HIDDEN, HIDDEN, 0)),
        ((9, 8, 8, 3, 0), (9, WITHHELD, WITHHELD, HIDDEN, 0)),
        ((6, 5), (6, WITHHELD)),
        ((6, 1), (6, WITHHELD)),  # or « non dit » under six would be five, and nothing else
    ],
)
def test_no_count_under_five_comes_out_by_subtraction(counts: tuple[int, ...], told: tuple[object, ...]) -> None:
    assert suppression.said_in_turn(counts) == told


def test_what_is_not_said_leaves_four_possible_counts_at_least() -> None:
    for above in range(policy.LEAST_COUNT, 40):
        told = [suppression.said_in_turn((above, count))[1] for count in range(above + 1)]
        for hidden in {HIDDEN, WITHHELD} & set(told):
            assert told.count(hidden) >= 4, (above, hidden)


def test_an_export_lets_nobody_subtract(here: Place) -> None:
    made = exported(here)
    whole, stages = made["Ensemble"], made["Étapes"]
    assert (whole["Jeunes suivis"], whole["Déjà connectés"]) == (9, WITHHELD)
    assert whole["Premiers CV finis"] == WITHHELD
    assert [stages[one] for one in ("Me connaître", "Métiers", "CV", "Candidater")] == [WITHHELD] * 4
    assert stages["Entretien"] == 0


@for_each(
    ("counts", "told"),
    [
        ((9, 8), (9, 8)),
        ((9, 3, 7), (9, WITHHELD, WITHHELD)),  # the sum less the others would give three
        ((3, 0), (HIDDEN, 0)),
        ((3, 2), (WITHHELD, WITHHELD)),
        ((0, 0), (0, 0)),
    ],
)
def test_no_part_under_five_comes_out_of_the_sum(counts: tuple[int, ...], told: tuple[object, ...]) -> None:
    assert suppression.said_apart(counts) == told


def test_what_the_summary_withholds_comes_out_of_no_other_table() -> None:
    counts = PeriodCounts(people=22, entries=20, exits=20, active=20, first_cvs=0)
    halves = [
        replace(counts, people=people, entries=10, exits=10, active=active) for people, active in ((20, 9), (22, 20))
    ]
    week = FigurePeriod(TODAY - timedelta(days=6), TODAY)
    found = made_up(
        counts=counts, came=22, funnel=(), exits=(("CDI", 12), ("Autre", 8)), weeks=tuple((week, one) for one in halves)
    )
    tables = {one.title: one for one in report.report_tables(found, purpose="bilan")}
    whole = dict(tables["Ensemble"].rows)
    assert (whole["Entrées"], whole["Sorties"], whole["Jeunes actifs"]) == (WITHHELD, WITHHELD, WITHHELD)
    assert [cell for _, cell in tables["Sorties"].rows] == [12, WITHHELD]  # 22 less 12 and 8 would give two
    weeks = [dict(zip(tables["Semaines"].columns, row, strict=True)) for row in tables["Semaines"].rows]
    assert [one["Entrées"] for one in weeks] == [WITHHELD, 10]
    assert [one["Jeunes actifs"] for one in weeks] == [9, WITHHELD]  # and so would a week beside its own people


def test_a_part_near_its_whole_is_withheld_with_another_one() -> None:
    assert suppression.said_apart((20, 10, 7), wholes=(22, 30, 30)) == (WITHHELD, 10, WITHHELD)
    assert suppression.said_apart((20, 10), wholes=(20, 30)) == (20, 10)


@for_each(
    ("hours", "people", "told"),
    [
        ((9.5, 8.0), (9, 8), (9.5, 8.0)),
        ((9.5, 1.5, 7.0), (9, 1, 7), (9.5, WITHHELD, WITHHELD)),  # the sum less the others would give one person's time
        ((1.5, 0.0), (1, 0), (HIDDEN, 0.0)),
    ],
)
def test_the_time_of_a_few_does_not_come_out_of_the_sum(
    hours: tuple[float, ...], people: tuple[int, ...], told: tuple[object, ...]
) -> None:
    assert suppression.said_with_few(hours, people) == told


def test_who_sees_the_people_sees_every_number_on_the_screen_and_in_a_file_for_oneself(here: Place) -> None:
    funnel = (("Me connaître", 38), ("Métiers", 30), ("CV", 28), ("Candidater", 15), ("Entretien", 2))
    shown = html(on_screen(made_up(came=38, funnel=funnel)))
    assert "<dt>Déjà connectés</dt><dd>38</dd>" in shown
    for label, count in funnel:
        width = round(100 * count / 38)
        bar = f'<td class="bar" aria-hidden="true"><span style="width:{width}%">'
        assert f'<th scope="row">{label}</th><td>{count}</td>{bar}' in shown
    whole = exported(here, purpose=OWN)["Ensemble"]
    assert (whole["Jeunes suivis"], whole["Déjà connectés"], whole["Premiers CV finis"]) == (9, 8, 6)


def test_the_files_that_leave_show_no_day_and_no_small_number(here: Place) -> None:
    archive(here, "Jeune0")
    for purpose in report.PURPOSES:
        made = exported(here, purpose=purpose)
        assert ("Jours" in made) == (purpose == OWN)
        assert (made["Sorties"]["CDI"] == 1) == (purpose == OWN)


def test_the_printed_page_says_what_the_workbook_says(here: Place) -> None:
    for purpose in (OWN, "financeur"):
        made = report.figures_report(
            here.session,
            by=here.head,
            request=replace(WHOLE_PERIOD, purpose=purpose),
            today=TODAY,
            now=models.utc_now(),
        )
        page = " ".join(
            word for sheet in PdfReader(io.BytesIO(made.as_pdf())).pages for word in sheet.extract_text().split()
        )
        for label, value in made.tables[0].rows[2:]:
            assert f"{value}".replace(".", ",") in page and str(label).split(" (")[0] in page
        assert ("ne le transmettez pas" in page) == (purpose == OWN)


def test_who_is_exported_can_read_it_and_by_whom(here: Place) -> None:
    for purpose in ("appel", "liste"):  # twice on one day: told once
        taken_away(here, purpose)
    one, other = (
        here.session.exec(select(Account).where(Account.first_name == name)).one() for name in ("Jeune0", "Autre")
    )
    told = views.file_views(here.session, of=one, now=models.utc_now())
    assert [(line.who, line.did) for line in told] == [("Claire, qui te suit", views.WHAT["export"])]
    assert not views.file_views(here.session, of=other, now=models.utc_now())


def test_an_export_refused_tells_nobody(here: Place) -> None:
    with pytest.raises(NoPurpose):
        taken_away(here, "")
    assert not here.session.exec(select(AuditEvent).where(AuditEvent.why == "export")).all()


def test_telling_many_people_takes_a_line_each_and_nothing_else(engine: Engine, here: Place) -> None:
    for number in range(40):
        here.row(here.young(f"Prénom{number}"))
    with count_queries(engine, 99) as sent:
        people = len(taken_away(here, "liste"))
    assert people > 40 and len(sent) - people <= 12
    assert audit.first_broken(here.session) is None
