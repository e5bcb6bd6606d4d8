"""What a young person does not share changes nothing in what any professional reads: every function of the cohort is tried.

Each is called twice, before and after work of the kinds that are not shown: the two answers must be the same.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

import clicnjob.cohort
import clicnjob.workshops
from clicnjob import models
from clicnjob.apply import applications
from clicnjob.cohort.progress import activity, alerts, refreshing
from clicnjob.cohort.reports import export, figures, imilo
from clicnjob.cohort.support import person_file, timeline
from clicnjob.errors import Refusal
from clicnjob.interview import notebook
from clicnjob.interview.notebook import InterviewDay, Practised, WrittenAnswer
from clicnjob.jobs import choices
from clicnjob.models import Account, ConsentTo, Progress, Revision, Work
from clicnjob.privacy import sharing
from tests import access_recipes_cohort as recipes
from tests import access_recipes_workshops as workshop_recipes
from tests.access_exceptions import EXCEPTIONS
from tests.access_world import OWN, Case, World
from tests.cohort_people import NOW, TODAY, Place, at, place

pytestmark = pytest.mark.slow

CANARY = "Canaribus"
PERIOD: dict[str, Any] = {"start": TODAY - timedelta(days=7), "end": TODAY}

# What gives something of people and has no recipe in the access table: pure functions on what another one read.
OF_WHAT_WAS_READ: dict[str, Callable[[Case], Any]] = {
    "cohort.support.timeline.timeline_events": lambda c: timeline.timeline_events(_file(c), today=TODAY),
    "cohort.progress.alerts.kept_alerts": lambda c: alerts.kept_alerts(_file(c).row, today=TODAY),
    "cohort.progress.alerts.raised_alerts": lambda c: alerts.raised_alerts(
        _file(c).row, numbers={}, silenced={}, today=TODAY
    ),
    "cohort.reports.imilo.imilo_lines": lambda c: imilo.imilo_lines(_file(c).days, **PERIOD),
    "cohort.reports.figures.publishable_figures": lambda c: figures.publishable_figures(_figures(c)),
    "cohort.reports.figures.hours_said": lambda c: [figures.hours_said(week) for week in _figures(c).weeks],
    "cohort.reports.export.as_csv": lambda c: export.as_csv(
        export.exported_people(c.session, by=c.me, today=TODAY, purpose="appel", now=models.utc_now())
    ),
    "cohort.reports.export.as_xlsx": lambda c: [
        export.exported_people(c.session, by=c.me, today=TODAY, purpose="appel", now=models.utc_now())
    ],
    "cohort.progress.activity.of_person": lambda c: activity.of_person(
        c.session,
        account_id=c.it.whom,
        shared=sharing.shared_by(c.session, of=c.it.whom),
        since=PERIOD["start"],
        until=TODAY,
    ),
    "cohort.reports.figures.cohort_figures": lambda c: _without_hours(_figures(c)),
}
_RULE = "Says who may do what, or which rows: nothing of what somebody did."
_WORDS = "Content, the same for everybody."
_WRITES = "Writes; gives back nothing that anybody reads."
_INSIDE = "Computes rows of `Progress`, which the functions above read."
_FORM = "Gives another form to what it is handed."
NOT_READ = {
    **dict.fromkeys(
        (
            "cohort.support.help_requests.may_ask",
            "cohort.progress.counts.activity_bucket",
            "cohort.permissions.may_follow",
            "cohort.permissions.may_see_all",
            "cohort.permissions.visible_progress",
            "cohort.permissions.in_place",
            "cohort.permissions.still_true",
            "cohort.permissions.young_here",
            "cohort.permissions.may_be_read",
            "cohort.permissions.current_loan",
            "cohort.support.handovers.may_hand",
            "cohort.progress.alert_silences.may_choose_numbers",
            "cohort.progress.overview.only_filter",
            "cohort.progress.overview.owned_lists",
        ),
        _RULE,
    ),
    **dict.fromkeys(
        (
            "cohort.progress.alerts.alert_rules",
            "cohort.progress.alerts.rule_numbers",
            "cohort.reports.imilo.imilo_rule",
            "cohort.importing.intake.import_template",
            "cohort.importing.intake.cards_key",
            "cohort.vocabulary.step_choices",
            "cohort.vocabulary.closure_reasons",
            "cohort.vocabulary.workshop_kinds",
        ),
        _WORDS,
    ),
    **dict.fromkeys(
        (
            "cohort.progress.activity.count_new",
            "cohort.progress.activity.note_activity",
            "cohort.progress.alerts.judge_row",
            "cohort.permissions.copy_place",
            "cohort.permissions.note_view",
            "cohort.progress.refreshing.mark_outdated",
            "cohort.progress.refreshing.sweep_progress",
            "cohort.progress.refreshing.refresh_progress",
            "cohort.progress.refreshing.refresh_alerts",
        ),
        _WRITES,
    ),
    **dict.fromkeys(
        (
            "cohort.progress.counts.cohort_counts",
            "cohort.progress.progress_inputs.inputs_by_person",
            "cohort.progress.stages.progress_from_work",
            "cohort.progress.alerts.alert_fingerprint",
            "cohort.progress.alerts.silenced_alerts",
            "cohort.progress.refreshing.outdated_people",
        ),
        _INSIDE,
    ),
    **dict.fromkeys(
        (
            "cohort.importing.candidates.read_candidates",
            "cohort.support.comments.cleaned_words",
            "cohort.reports.figures.publishable_count",
            "cohort.reports.figures.said_in_turn",
            "cohort.reports.spreadsheets.xlsx_workbook",
            "cohort.reports.spreadsheets.comma_separated",
            "cohort.reports.spreadsheets.guarded_text",
            "cohort.progress.stages.missing_said",
            "cohort.importing.tables.read_brought_table",
            "cohort.reports.imilo.workshop_line",
        ),
        _FORM,
    ),
    "cohort.importing.tables.read_table": "It reads a file that a professional brings; nothing of anybody is in its answer.",
    "cohort.support.attended.attended_workshops": "Sessions that a professional ran: their work, not the young person's.",
}
# Their answer is a fresh identifier or a drawing of fresh numbers: nothing that could be compared.
RANDOM = {
    "workshops.plans.library.plan_for",
    "workshops.lifecycle.begin_planned_workshop",
    "workshops.plans.paper.plan_file",
    "workshops.plans.paper.kit_file",
    "workshops.live.questions.ask_group",
    "workshops.live.projection.open_projector",
    "workshops.records.sheet.attendance_sheet_pdf",
    "workshops.records.group_page.group_page_pdf",
    "workshops.records.portfolio_file.trainer_pages_pdf",
    "workshops.records.portfolio_file.own_page_pdf",
    "workshops.lifecycle.begin_workshop",
    "cohort.support.lists.make_list",
    "cohort.importing.enrolment.enrol_many",
    "cohort.importing.cards_paper.printed_cards",
    "cohort.importing.intake.cards_of",
    "cohort.support.comments.add_comment",
    "cohort.support.handovers.just_given",
}


def test_every_public_function_of_the_cohort_is_tried_or_has_a_reason() -> None:
    known = {*RECIPES, *NOT_READ}
    assert [name for name in _public() if name not in known] == []
    assert [name for name in known if name not in _public()] == []


@pytest.mark.parametrize("role", ["adviser", "head", "trainer"])
@pytest.mark.parametrize(
    "shown", [None, ConsentTo.PRACTICE, ConsentTo.APPLICATIONS], ids=["nothing", "practice", "sent"]
)
def test_what_is_not_shared_changes_no_answer(world: World, role: str, shown: ConsentTo | None) -> None:
    with world.case(role, OWN) as case:
        who = _young(case, shown)
        before = _answers(case)
        _work(case.session, who, {*ConsentTo} - {shown})
        assert _answers(case) == before


@pytest.mark.parametrize("shown", [ConsentTo.PRACTICE, ConsentTo.APPLICATIONS])
def test_what_is_shared_is_told(world: World, shown: ConsentTo) -> None:
    with world.case("adviser", OWN) as case:
        who = _young(case, shown)
        before = _answers(case)
        _work(case.session, who, {shown})
        after = _answers(case)
        changed = {name for name in before if before[name] != after[name]}
        assert {
            "cohort.progress.overview.cohort_page",
            "cohort.support.person_file.person_file",
            "cohort.support.timeline.timeline_events",
            "cohort.reports.imilo.lines_of",
        } <= changed


def test_taking_back_a_yes_tells_nothing_more_at_once(world: World) -> None:
    with world.case("head", OWN) as case:
        who = _young(case, None)
        _work(case.session, who, {*ConsentTo})
        before = _answers(case)
        for on in (True, False):
            for what in sharing.CHOICES:
                refreshing.change_sharing(case.session, by=who, what=what, on=on, now=NOW)
            assert (_answers(case) == before) is not on


def test_no_canary_is_in_any_answer(world: World) -> None:
    with world.case("adviser", OWN) as case:
        _work(case.session, _young(case, None), {*ConsentTo})
        found = _answers(case)
        assert [name for name, answer in found.items() if CANARY.casefold() in repr(answer).casefold()] == []
        assert "answers={}" in repr(_file(case).jobs)


def test_figures_count_any_work_of_a_day_and_never_its_kind(session: Session) -> None:
    here = place(session)
    who = here.young()
    here.cv(who)
    _work(session, who, {*ConsentTo})
    refreshing.refresh_progress(session, [who.id], now=NOW)
    found = figures.cohort_figures(session, of=here.claire, **PERIOD, today=TODAY)
    assert (found.practice, found.applications, found.weeks[-1].people) == (0, 0, 1)
    assert {one.name for one in fields(figures.Week)} == {"monday", "people", "hours"}


@pytest.mark.parametrize("what", [{"answers": {"reparer": "j_aime"}}, {"favourites": [{"key": "jardinier"}]}])
def test_the_quiz_is_never_counted_as_a_search_for_jobs(session: Session, what: dict[str, Any]) -> None:
    here = place(session)
    who = here.young()
    _choose(session, who, what)
    here.dated(who, TODAY)
    activity.count_new(session, now=NOW + timedelta(hours=2))
    found = activity.of_person(session, account_id=who.id, shared=sharing.NOTHING, since=TODAY, until=TODAY)
    assert [one.kind for one in found] == (["jobs"] if "favourites" in what else [])


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def _young(case: Case, shown: ConsentTo | None) -> Account:
    """The young person of the case, with a CV; they show one thing or nothing."""
    who = case.session.get(Account, case.it.whom)
    assert who is not None
    here = Place(case.session, str(who.organisation_id), who, who, who, who)
    here.cv(who)
    if shown:
        here.share(who, **{shown.value: True})
    for row in case.session.exec(select(Work).where(Work.account_id == who.id)):
        row.changed_at = at(TODAY)
    _counted(case.session, who)
    return who


def _work(session: Session, who: Account, kinds: set[ConsentTo]) -> None:
    """Work of each kind, with a canary, hours before anything else of that day."""
    known = {one.id for one in session.exec(select(Revision))}
    if ConsentTo.APPLICATIONS in kinds:
        for number in range(3):
            applications.add_application(
                session, by=who, title=CANARY, employer=CANARY, operation=f"c{number}", today=TODAY - timedelta(days=20)
            )
        log = applications.own_applications(session, of=who)
        for one in log.applications:
            applications.move_application(
                session, by=who, application_id=one.id, state="sent", operation=f"s{one.id}", today=TODAY
            )
    if ConsentTo.PRACTICE in kinds:
        notebook.change_notebook(
            session, by=who, alter=_practised(interview=ConsentTo.APPLICATIONS in kinds), operation="n"
        )
        for number in range(3):
            notebook.change_notebook(session, by=who, alter=_practised(interview=False), operation=f"n{number}")
    if len(kinds) > 1:
        _choose(session, who, {"answers": {"reparer": "j_aime"}})
    for minute, one in enumerate(row for row in session.exec(select(Revision)) if row.id not in known):
        one.at = at(TODAY) - timedelta(hours=5, minutes=-8 * minute)
    for row in session.exec(select(Work).where(Work.account_id == who.id)):
        row.changed_at = at(TODAY)
    _counted(session, who)


def _practised(*, interview: bool) -> Callable[[notebook.Notebook], None]:
    def alter(book: notebook.Notebook) -> None:
        book.practised.append(Practised(on=TODAY.isoformat(), themes=[CANARY]))
        book.answers[f"q{len(book.answers)}"] = WrittenAnswer(asked=CANARY, text=CANARY, on=TODAY.isoformat())
        if interview:
            on = (TODAY + timedelta(days=1)).isoformat()
            book.days.append(InterviewDay(employer=CANARY, job=CANARY, date=on, time="10:00"))

    return alter


def _choose(session: Session, who: Account, what: dict[str, Any]) -> None:
    for statement, liking in what.get("answers", {}).items():
        choices.answer_statement(session, by=who, statement=statement, liking=liking, operation=f"{who.id}{statement}")
    for one in what.get("favourites", []):
        choices.keep_favourite(session, by=who, key=one["key"], operation=f"{who.id}{one['key']}")


def _counted(session: Session, who: Account) -> None:
    session.flush()
    for mark in session.exec(select(activity.Watermark)):
        session.delete(mark)
    for row in session.exec(select(activity.ActivityDay)):
        session.delete(row)
    session.flush()
    activity.count_new(session, now=NOW + timedelta(days=1000))
    refreshing.refresh_progress(session, [who.id], now=NOW)


def _answers(case: Case) -> dict[str, Any]:
    """What each function answers, taken apart; a refusal is its sentence. What it writes is taken back."""
    found = {}
    for name, recipe in RECIPES.items():
        if name in RANDOM:
            continue
        with case.session.begin_nested() as step:
            try:
                found[name] = _apart(recipe(case))
            except Refusal as refusal:
                found[name] = refusal.sentence
            step.rollback()
        case.session.expire_all()
    return found


def _apart(value: Any) -> Any:
    """Values only, without what SQLAlchemy adds."""
    if isinstance(value, Progress | SQLModel):
        return _apart({name: getattr(value, name) for name in type(value).model_fields})
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _apart(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {key: _apart(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_apart(one) for one in (sorted(value, key=repr) if isinstance(value, set | frozenset) else value)]
    return repr(value)


def _file(case: Case) -> person_file.PersonFile:
    return person_file.person_file(case.session, **case.today)


def _figures(case: Case) -> figures.Figures:
    return figures.cohort_figures(case.session, of=case.me, **PERIOD, today=TODAY)


def _without_hours(found: figures.Figures) -> figures.Figures:
    """Hours are those of any work: see the test of the figures."""
    return replace(found, weeks=tuple(replace(week, hours=0) for week in found.weeks))


RECIPES = {
    **recipes.ON_SOMEBODY,
    **recipes.ON_ONESELF,
    **workshop_recipes.ON_SOMEBODY,
    **workshop_recipes.ON_ONESELF,
    **OF_WHAT_WAS_READ,
}


@cache
def _public() -> tuple[str, ...]:
    """« cohort.support.timeline.timeline_events »: every public function of every module of the cohort."""
    return tuple(_functions())


def _functions() -> Iterator[str]:
    rooms = ((room.__path__, f"{room.__name__}.") for room in (clicnjob.cohort, clicnjob.workshops))
    for found in (found for path, prefix in rooms for found in pkgutil.walk_packages(path, prefix)):
        module = importlib.import_module(found.name)
        for name, one in vars(module).items():
            made_here = getattr(one, "__module__", "") == module.__name__
            if callable(one) and made_here and not name.startswith("_") and inspect.isfunction(inspect.unwrap(one)):
                named = f"{found.name.removeprefix('clicnjob.')}.{name}"
                if found.name.startswith("clicnjob.cohort") or _reads_for_somebody(named, one):
                    yield named


def _reads_for_somebody(name: str, function: Callable[..., object]) -> bool:
    """Whether a function of group sessions reads the database; the others are words and forms, and have no person."""
    return next(iter(inspect.signature(function).parameters), "") == "session" and name not in EXCEPTIONS
