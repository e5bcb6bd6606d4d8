"""Figures and exports: right counts, few people hidden, nobody else's people, each export logged with its purpose."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from clicnjob import audit, models, policy
from clicnjob.cohort import permissions
from clicnjob.cohort.importing import candidates, tables
from clicnjob.cohort.progress import activity, refreshing
from clicnjob.cohort.reports import export, figures, imilo
from clicnjob.cohort.reports.figures import HIDDEN, WITHHELD, Figures, FiguresRequest, NoPurpose, Week, WrongPeriod
from clicnjob.cohort.support import case_closure, lists
from clicnjob.errors import NotFound
from clicnjob.models import Account, AuditEvent, Enrolment
from clicnjob.privacy import views
from tests import make
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import count_queries
from tests.for_each import for_each
from tests.pages.conftest import html, texts

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
    whole: dict[str, Any] = {
        "people": 40,
        "came": 30,
        "funnel": (("Me connaître", 30), ("Métiers", 20)),
        "weeks": (),
        "days_to_first_cv": 12,
        "first_cvs": 9,
        "practice": 50,
        "applications": 60,
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
    made = figures.figures_report(here.session, by=here.claire, request=request, today=TODAY, now=models.utc_now())
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
    mine = lists.make_list(here.session, by=here.claire, name="Atelier")
    people = [row.id for row in here.rows()][:2]
    lists.add_to_list(here.session, by=here.claire, list_id=mine, account_ids=people, today=TODAY)
    assert read(here, list_id=mine).people == 2
    assert figures.lists_by_name(here.session, of=here.claire) == ((mine, "Atelier"),)


def test_a_colleague_s_list_counts_nobody(here: Place) -> None:
    theirs = lists.make_list(here.session, by=here.karim, name="Ailleurs")
    assert read(here, list_id=theirs).people == 0


def test_the_head_counts_the_whole_structure(here: Place) -> None:
    assert read(here, of=here.head).people == 10


def test_figures_take_three_queries_at_most(engine: Engine, here: Place) -> None:
    with count_queries(engine, 3):
        read(here)


@pytest.mark.parametrize("count", [1, 4])
def test_few_people_are_not_said(count: int) -> None:
    assert figures.publishable_count(count) == HIDDEN


@pytest.mark.parametrize("count", [0, 5, 120])
def test_many_people_and_nobody_are_said(count: int) -> None:
    assert figures.publishable_count(count) == count


@pytest.mark.parametrize(("start", "end"), [(TODAY, START), (date(2020, 1, 1), TODAY)])
def test_a_period_that_cannot_be_is_refused(here: Place, start: date, end: date) -> None:
    with pytest.raises(WrongPeriod):
        read(here, start=start, end=end)


def test_a_trainer_has_no_cohort_to_count(here: Place) -> None:
    with pytest.raises(permissions.FollowsNobody):
        read(here, of=here.trainer)


def test_a_report_hides_few_people_and_is_logged_with_its_purpose(here: Place) -> None:
    made = figures.figures_report(here.session, by=here.claire, request=WHOLE_PERIOD, today=TODAY, now=models.utc_now())
    book = load_workbook(io.BytesIO(made.as_xlsx()))
    assert book.sheetnames == ["Ensemble", "Étapes", "Semaines"]
    weeks = [row[1] for row in book["Semaines"].iter_rows(min_row=2, values_only=True)]
    assert HIDDEN in weeks and 3 not in weeks
    assert "Jeune0" not in made.as_csv().decode("utf-8-sig")
    line = here.session.exec(select(AuditEvent).where(AuditEvent.act == "figures exported")).one()
    assert line.why.startswith("bilan")


def test_a_request_for_figures_reads_back_from_a_ticket() -> None:
    for request in (WHOLE_PERIOD, replace(WHOLE_PERIOD, list_id="abc-_1")):
        assert FiguresRequest.of_key(request.key) == request


@pytest.mark.parametrize("purpose", ["", "parce que"])
def test_nothing_leaves_without_a_purpose(here: Place, purpose: str) -> None:
    with pytest.raises(NoPurpose):
        figures.figures_report(
            here.session,
            by=here.claire,
            request=replace(WHOLE_PERIOD, purpose=purpose),
            today=TODAY,
            now=models.utc_now(),
        )
    with pytest.raises(NoPurpose):
        export.exported_people(here.session, by=here.claire, today=TODAY, purpose=purpose, now=models.utc_now())


@pytest.mark.parametrize("written", [export.as_xlsx, export.as_csv])
def test_people_come_back_from_their_export_as_the_same_people(here: Place, written) -> None:  # type: ignore[no-untyped-def]
    hostile = [("=cmd|'/C calc'!A0", "NA"), ("O'Brien & <b>Zoé</b>", "null"), ("محمد", "-1")]
    for number, names in enumerate(hostile):
        one = here.young(*names)
        here.session.add(Enrolment(account_id=one.id, phone=f"+3363998123{number}", birth_month="2006-03"))
    refreshing.refresh_progress(here.session, refreshing.outdated_people(here.session, today=TODAY), now=NOW)
    rows = export.exported_people(here.session, by=here.claire, today=TODAY, purpose="transfert", now=models.utc_now())
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


def test_totals_since_enrolment_say_so_under_a_period(here: Place) -> None:
    whole = exported(here)["Ensemble"]
    assert {
        "Entraînements à l’entretien depuis l’inscription (partagés)",
        "Candidatures depuis l’inscription (partagées)",
    } <= set(whole)
    shown = html(on_screen(made_up()))
    assert "<dt>Entraînements depuis l’inscription</dt><dd>50</dd>" in shown
    assert "<dt>Candidatures depuis l’inscription</dt><dd>60</dd>" in shown


def test_archiving_people_does_not_change_a_period_that_they_were_in(here: Place) -> None:
    before = read(here)
    archive(here, "Jeune0", "Jeune5")
    assert read(here) == before
    assert "archivés" in " ".join(texts(on_screen(before)))


def test_who_was_archived_before_a_period_is_not_in_it(here: Place) -> None:
    archive(here, "Jeune0", days_ago=28)
    archive(here, "Jeune1", days_ago=27)
    assert read(here).people == 8
    assert read(here, start=START - timedelta(days=1)).people == 9


def test_somebody_archived_leaves_the_list_of_people_to_take_away(here: Place) -> None:
    archive(here, "Jeune0")
    rows = export.exported_people(here.session, by=here.claire, today=TODAY, purpose="appel", now=models.utc_now())
    assert len(rows) == 8


def test_too_few_cvs_for_a_median_are_said_alike_on_screen_and_in_the_export(here: Place) -> None:
    whole = exported(here, start=TODAY, end=TODAY)["Ensemble"]
    assert whole["Jours avant le premier CV (médiane)"] == "pas assez de CV"
    shown = html(on_screen(made_up(first_cvs=0, days_to_first_cv=None)))
    assert "<dt>Attente avant le premier CV</dt><dd>pas assez de CV</dd>" in shown


@pytest.mark.parametrize(("count", "words"), [(0, "0 jour"), (1, "1 jour"), (12, "12 jours")])
def test_one_day_is_singular(count: int, words: str) -> None:
    assert f"<dd>{words}</dd>" in html(on_screen(made_up(days_to_first_cv=count)))


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
    assert figures.said_in_turn(counts) == told


def test_what_is_not_said_leaves_four_possible_counts_at_least() -> None:
    for above in range(policy.LEAST_COUNT, 40):
        told = [figures.said_in_turn((above, count))[1] for count in range(above + 1)]
        for hidden in {HIDDEN, WITHHELD} & set(told):
            assert told.count(hidden) >= 4, (above, hidden)


def test_an_export_lets_nobody_subtract(here: Place) -> None:
    made = exported(here)
    whole, stages = made["Ensemble"], made["Étapes"]
    assert (whole["Jeunes suivis"], whole["Déjà connectés"]) == (9, WITHHELD)
    assert whole["Premiers CV finis dans la période"] == WITHHELD
    assert [stages[one] for one in ("Me connaître", "Métiers", "CV", "Candidater")] == [WITHHELD] * 4
    assert stages["Entretien"] == 0


def test_the_screen_lets_nobody_subtract_and_its_bars_neither() -> None:
    funnel = (("Me connaître", 38), ("Métiers", 30), ("CV", 28), ("Candidater", 15), ("Entretien", 2))
    page = on_screen(made_up(came=38, funnel=funnel))
    shown = html(page)
    assert f"<dt>Déjà connectés</dt><dd>{WITHHELD}</dd>" in shown
    rows = [(WITHHELD, 0), (30, 100), (WITHHELD, 0), (15, 50), (HIDDEN, 13)]
    for (label, _), (cell, width) in zip(funnel, rows, strict=True):
        assert f'<th scope="row">{label}</th><td>{cell}</td>' in shown
        assert f'{label}</th><td>{cell}</td><td class="bar" aria-hidden="true"><span style="width:{width}%">' in shown
    assert "soustraction" in " ".join(texts(page))


def test_a_week_of_few_people_is_drawn_as_four(here: Place) -> None:
    weeks = (Week(TODAY, 2, 1), Week(TODAY - timedelta(days=7), 8, 3))
    assert 'moins de 5</td><td class="bar" aria-hidden="true"><span style="width:50%">' in html(
        on_screen(made_up(weeks=weeks))
    )


def test_who_is_exported_can_read_it_and_by_whom(here: Place) -> None:
    for purpose in ("appel", "liste"):  # twice on one day: told once
        export.exported_people(here.session, by=here.claire, today=TODAY, purpose=purpose, now=models.utc_now())
    one, other = (
        here.session.exec(select(Account).where(Account.first_name == name)).one() for name in ("Jeune0", "Autre")
    )
    told = views.file_views(here.session, of=one, now=models.utc_now())
    assert [(line.who, line.did) for line in told] == [("Claire, qui te suit", views.WHAT["export"])]
    assert not views.file_views(here.session, of=other, now=models.utc_now())


def test_an_export_refused_tells_nobody(here: Place) -> None:
    with pytest.raises(NoPurpose):
        export.exported_people(here.session, by=here.claire, today=TODAY, purpose="", now=models.utc_now())
    assert not here.session.exec(select(AuditEvent).where(AuditEvent.why == "export")).all()


def test_telling_many_people_takes_a_line_each_and_nothing_else(engine: Engine, here: Place) -> None:
    for number in range(40):
        here.row(here.young(f"Prénom{number}"))
    with count_queries(engine, 99) as sent:
        people = len(
            export.exported_people(here.session, by=here.claire, today=TODAY, purpose="liste", now=models.utc_now())
        )
    assert people > 40 and len(sent) - people <= 12
    assert audit.first_broken(here.session) is None
