"""What a young person does not share changes nothing in what any professional reads: every function of the cohort is tried.

Each is called twice, before and after work of the kinds that are not shown: the two answers must be the same.
"""

from __future__ import annotations

import importlib
import inspect
import logging
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

import clicnjob.cohort
import clicnjob.workshops
from clicnjob import models
from clicnjob.apply import applications
from clicnjob.cohort.definitions import PeriodCounts
from clicnjob.cohort.progress import activity, alerts, refreshing
from clicnjob.cohort.reports import export, figures, imilo, report
from clicnjob.cohort.support import liaison_sheet, person_file, timeline
from clicnjob.errors import Refusal
from clicnjob.interview import notebook
from clicnjob.interview.notebook import InterviewDay, Practised, WrittenAnswer
from clicnjob.jobs import choices
from clicnjob.learn import library, records
from clicnjob.learn.digital_check import own_check
from clicnjob.learn.first_visit import own_answers
from clicnjob.learn.first_visit.questions import first_questions
from clicnjob.models import Account, AuditEvent, ConsentTo, LearningKind, Progress, Revision, Work
from clicnjob.privacy import sharing
from tests import access_recipes_accounts as accounts
from tests import access_recipes_cohort as recipes
from tests import access_recipes_lessons as lesson_recipes
from tests import access_recipes_own as own
from tests import access_recipes_workshops as workshop_recipes
from tests.access_exceptions import EXCEPTIONS
from tests.access_world import OWN, Case, World
from tests.cohort_people import NOW, TODAY, Place, at, place

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]

CANARY = "Canaribus"
_LESSON = "joindre-un-fichier"
PERIOD: dict[str, Any] = {"start": TODAY - timedelta(days=7), "end": TODAY}

# What gives something of people and has no recipe in the access table: pure functions on what another one read.
OF_WHAT_WAS_READ: dict[str, Callable[[Case], Any]] = {
    "cohort.support.timeline.timeline_events": lambda c: timeline.timeline_events(_file(c), today=TODAY),
    "cohort.progress.alerts.kept_alerts": lambda c: alerts.kept_alerts(
        _file(c).row, keys=_file(c).row.alerts, today=TODAY
    ),
    "cohort.progress.alerts.raised_alerts": lambda c: alerts.raised_alerts(_file(c).row, numbers={}, today=TODAY),
    "cohort.progress.alerts.judge_row": lambda c: alerts.judge_row(_file(c).row, numbers={}, today=TODAY),
    "cohort.reports.imilo.imilo_lines": lambda c: imilo.imilo_lines(_file(c).days, **PERIOD),
    "cohort.reports.report.main_figures": lambda c: report.main_figures(_figures(c)),
    "cohort.progress.activity.of_people": lambda c: activity.of_people(
        c.session, shared={c.it.whom: sharing.shared_by(c.session, of=c.it.whom)}, since=PERIOD["start"], until=TODAY
    ),
    "cohort.reports.export.as_csv": lambda c: export.as_csv(
        export.exported_people(c.session, by=c.me, today=TODAY, purpose="appel", now=models.utc_now()).rows
    ),
    "cohort.reports.export.as_xlsx": lambda c: [
        export.exported_people(c.session, by=c.me, today=TODAY, purpose="appel", now=models.utc_now()).rows
    ],
    "cohort.progress.activity.of_person": lambda c: activity.of_person(
        c.session,
        account_id=c.it.whom,
        shared=sharing.shared_by(c.session, of=c.it.whom),
        since=PERIOD["start"],
        until=TODAY,
    ),
    "cohort.support.liaison_sheet.shared_liaison_file": lambda c: (
        liaison_sheet.shared_liaison_file(
            c.session, by=c.me, account_id=c.it.whom, today=TODAY, now=models.utc_now()
        ).name
    ),
    "cohort.reports.figures.cohort_figures": lambda c: _figures(c),
}
SHOWN_ONE_BY_ONE = {
    "cohort.support.person_file.person_file",
    "cohort.support.liaison_sheet.shared_liaison_file",
}
_RULE = "Says who may do what, or which rows: nothing of what somebody did."
_WORDS = "Content, the same for everybody."
_WRITES = "Writes; gives back nothing that anybody reads."
_INSIDE = "Computes rows of `Progress`, which the functions above read."
_FORM = "Gives another form to what it is handed."
_ENROLLED = "What the structure gave when it enrolled somebody, and what a list says that a professional brings."
_OWN_ALONE = "For the young person alone."
NOT_READ = {
    **dict.fromkeys(
        (
            "cohort.importing.enrolment.enrolled_people",
            "cohort.importing.enrolment.too_many_lists",
            "cohort.importing.intake.suggested_layout",
            "cohort.importing.intake.import_preview",
            "cohort.importing.remainders.own_remainders",
            "cohort.importing.remainders.mend_remainder",
            "cohort.importing.remainders.remainders_file",
            "cohort.importing.remembered_layouts.remembered_layout",
            "cohort.merging.likely_files.likely_files",
            "cohort.merging.merge_undo.merges_of_person",
        ),
        _ENROLLED,
    ),
    "cohort.merging.file_merges.merge_sides": "Compares also visits and CVs, which whoever follows both sees anyway.",
    **dict.fromkeys(
        ("cohort.merging.own_merges.unread_merge", "cohort.merging.own_merges.work_aside"),
        _OWN_ALONE,
    ),
    **dict.fromkeys(
        (
            "cohort.support.help_requests.may_ask",
            "cohort.definitions.activity_bucket",
            "cohort.columns.offered_columns",
            "cohort.progress.alerts.judged_columns",
            "cohort.permissions.may_follow",
            "cohort.permissions.may_see_all",
            "cohort.permissions.visible_progress",
            "cohort.permissions.in_place",
            "cohort.permissions.still_true",
            "cohort.permissions.young_here",
            "cohort.permissions.may_be_read",
            "cohort.permissions.current_loan",
            "cohort.merging.file_merges.own_person",
            "cohort.support.handovers.may_hand",
            "cohort.progress.alert_silences.may_choose_numbers",
            "cohort.progress.overview.only_filter",
            "cohort.progress.overview.owned_lists",
            "cohort.progress.counts.own_view",
            "cohort.progress.counts.shown_alerts",
            "cohort.progress.counts.shown_urgency",
            "cohort.notifications.channels.may_be_notified",
            "cohort.notifications.channels.channels_set_up",
            "cohort.support.calendar_feed.may_be_token",
        ),
        _RULE,
    ),
    **dict.fromkeys(
        (
            "cohort.progress.alerts.alert_rules",
            "cohort.progress.alerts.rule_numbers",
            "cohort.reports.imilo.imilo_rule",
            "cohort.reports.imilo.work_categories",
            "cohort.reports.imilo_week.whole_weeks",
            "cohort.definitions.quarter_of",
            "cohort.definitions.month_of",
            "cohort.definitions.recent_days",
            "cohort.importing.intake.import_template",
            "cohort.importing.intake.cards_key",
            "cohort.vocabulary.step_choices",
            "cohort.vocabulary.contact_outcomes",
            "cohort.vocabulary.ready_phrases",
            "cohort.vocabulary.appointment_reasons",
            "cohort.many.handing_over.told_words",
            "cohort.support.agenda.hours_overlap",
            "cohort.support.agenda.week_of",
            "cohort.support.appointment_requests.offered_half_days",
            "cohort.support.appointments.has_begun",
            "cohort.support.appointments.offered_starts",
            "cohort.support.appointments.start_instant",
            "cohort.vocabulary.closure_reasons",
            "cohort.vocabulary.workshop_kinds",
            "cohort.notifications.outcomes.outcome_said",
            "cohort.notifications.outcomes.has_failed",
            "cohort.notifications.outcomes.own_outcome_said",
            "cohort.notifications.sentences.notification_texts",
            "cohort.notifications.sentences.sms_text",
            "cohort.notifications.sentences.mail_message",
            "cohort.notifications.due.may_leave_at",
            "cohort.notifications.due.reminded_days",
            "cohort.support.next_steps.words_of_steps",
        ),
        _WORDS,
    ),
    **dict.fromkeys(
        (
            "cohort.importing.enrolment.enrol_late",
            "cohort.importing.intake.take_in",
            "cohort.importing.remainders.keep_remainders",
            "cohort.importing.remainders.forget_remainders",
            "cohort.importing.remembered_layouts.remember_layout",
            "cohort.merging.file_merges.merge_files",
            "cohort.merging.file_merges.set_enrolment",
            "cohort.merging.merge_undo.undo_merge",
            "cohort.merging.moved_rows.move_rows",
            "cohort.merging.moved_rows.move_work",
            "cohort.merging.moved_rows.move_back",
            "cohort.merging.own_merges.mark_merge_read",
            "cohort.progress.activity.count_new",
            "cohort.progress.activity.note_activity",
            "cohort.progress.activity.note_visits",
            "cohort.permissions.copy_place",
            "cohort.permissions.note_view",
            "cohort.many.handing_over.tell_people",
            "cohort.many.messages.full_threads",
            "cohort.support.handovers.pass_people_on",
            "cohort.support.what_follows.adopt_appointments",
            "cohort.support.what_follows.pass_appointments",
            "cohort.support.what_follows.return_appointments",
            "cohort.support.what_follows.take_messages_back",
            "cohort.progress.refreshing.mark_people_outdated",
            "cohort.progress.refreshing.mark_outdated",
            "cohort.progress.refreshing.sweep_progress",
            "cohort.progress.refreshing.refresh_progress",
            "cohort.progress.refreshing.refresh_alerts",
            "cohort.progress.alert_silences.refresh_views",
            "cohort.importing.enrolment.enrol_person",
            "cohort.importing.remainders.save_part",
            "cohort.notifications.dispatch.send_due",
            "cohort.notifications.dispatch.claim_notification",
            "cohort.notifications.dispatch.finish_notification",
        ),
        _WRITES,
    ),
    **dict.fromkeys(
        (
            "cohort.progress.counts.cohort_counts",
            "cohort.progress.progress_inputs.inputs_by_person",
            "cohort.progress.stages.progress_from_work",
            "cohort.progress.alerts.alert_fingerprint",
            "cohort.progress.alerts.stored_keys",
            "cohort.progress.alerts.total_urgency",
            "cohort.progress.refreshing.outdated_people",
            "cohort.notifications.dispatch.address_digest",
            "cohort.notifications.due.due_notifications",
            "cohort.notifications.due.is_still_due",
            "cohort.progress.alert_silences.marked_people",
        ),
        _INSIDE,
    ),
    **dict.fromkeys(
        (
            "cohort.importing.candidates.read_candidates",
            "cohort.many.papers.papers_key",
            "cohort.many.papers.people_of_key",
            "cohort.support.appointments.checked_plan",
            "cohort.importing.candidates.file_layout",
            "cohort.importing.candidates.read_parts",
            "cohort.importing.accents.decoded_text",
            "cohort.importing.accents.mended_text",
            "cohort.importing.accents.has_lost_letter",
            "cohort.importing.cells.plain_cell",
            "cohort.importing.cells.is_fault",
            "cohort.importing.cells.name_of_cell",
            "cohort.importing.cells.names_of_cell",
            "cohort.importing.cells.phone_of_cell",
            "cohort.importing.cells.is_mobile",
            "cohort.importing.cells.is_nothing",
            "cohort.importing.cells.month_of_cell",
            "cohort.importing.cells.list_of_cell",
            "cohort.importing.layouts.guessed_layout",
            "cohort.importing.layouts.titles_place",
            "cohort.importing.layouts.title_score",
            "cohort.importing.layouts.places_of_titles",
            "cohort.importing.layouts.titles_digest",
            "cohort.importing.layouts.shown_columns",
            "cohort.importing.layouts.column_letter",
            "cohort.importing.likeness.likeness_reason",
            "cohort.importing.workbooks.zipped_sheets",
            "cohort.importing.workbooks.bounded_cells",
            "cohort.importing.workbooks.html_sheets",
            "cohort.support.comments.cleaned_words",
            "cohort.definitions.activity_totals",
            "cohort.definitions.people_by_activity",
            "cohort.definitions.count_facts",
            "cohort.definitions.count_parts",
            "cohort.definitions.exits_by_reason",
            "cohort.definitions.days_to_first_cv",
            "cohort.reports.imilo.person_lines",
            "cohort.reports.report.hours_of",
            "cohort.reports.report.report_tables",
            "cohort.reports.suppression.publishable_count",
            "cohort.reports.suppression.said_in_turn",
            "cohort.reports.suppression.said_apart",
            "cohort.reports.suppression.said_beside",
            "cohort.reports.suppression.said_with_few",
            "cohort.reports.suppression.is_near",
            "cohort.sheet_address.sheet_mark",
            "cohort.reports.spreadsheets.xlsx_workbook",
            "cohort.reports.spreadsheets.comma_separated",
            "cohort.reports.spreadsheets.guarded_text",
            "cohort.progress.stages.missing_said",
            "cohort.importing.tables.read_brought_table",
            "cohort.reports.imilo.workshop_line",
        ),
        _FORM,
    ),
    **dict.fromkeys(
        ("cohort.support.calendar_feed.feed_owner", "cohort.support.calendar_feed.feed_file"),
        "Appointments of one professional, whose address is a secret: nothing that a young person shows or hides.",
    ),
    "cohort.importing.tables.read_table": "It reads a file that a professional brings; nothing of anybody is in its answer.",
    "cohort.support.attended.workshops_by_person": "Sessions that a professional ran: their work, not the young person's.",
    "cohort.support.support_actions.support_actions": "What a professional did: their work, not the young person's.",
    "cohort.support.attended.attended_workshops": "Sessions that a professional ran: their work, not the young person's.",
}
# Their answer is a fresh identifier or a drawing of fresh numbers: nothing that could be compared.
RANDOM = {
    "cohort.support.calendar_feed.make_feed",
    "cohort.many.listing.put_on_list",
    "cohort.many.papers.printed_sheets",
    "cohort.reports.report.figures_report",
    "workshops.plans.files.take_in_plan",
    "workshops.plans.library.ready_plan",
    "cohort.support.appointments.propose_appointment",
    "workshops.live.rehearsal.begin_rehearsal",
    "workshops.plans.editing.add_plan",
    "workshops.plans.editing.add_part",
    "workshops.plans.editing.begin_plan",
    "workshops.planning.begin_session",
    "workshops.planning.plan_session",
    "workshops.plans.editing.copy_plan",
    "cohort.support.contacts.note_contact",
    "cohort.progress.alert_silences.silence_alert",
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
    "cohort.support.handovers.handovers_to_undo",
}


def test_every_public_function_of_the_cohort_is_tried_or_has_a_reason() -> None:
    known = {*RECIPES, *NOT_READ}
    assert [name for name in _public() if name not in known] == []
    assert [name for name in known if name not in _public()] == []


@pytest.mark.parametrize("role", ["adviser", pytest.param("head", marks=pytest.mark.long), "trainer"])
@pytest.mark.parametrize(
    "shown",
    [None, ConsentTo.PRACTICE, ConsentTo.APPLICATIONS, ConsentTo.LESSONS, ConsentTo.CHECK],
    ids=["nothing", "practice", "sent", "lessons", "check"],
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


def test_of_lessons_their_titles_alone_are_told(world: World) -> None:
    with world.case("adviser", OWN) as case:
        who = _young(case, ConsentTo.LESSONS)
        before = _answers(case)
        _work(case.session, who, {ConsentTo.LESSONS})
        after = _answers(case)
        telling = {"cohort.support.lessons_done.lessons_done", "cohort.support.list_lessons.lessons_of_list"}
        assert {name for name in before if before[name] != after[name]} == telling
        for name in telling:
            assert CANARY not in repr(after[name])
            assert library.lesson_with_id(_LESSON).titre in repr(after[name])


def test_a_shared_digital_check_is_told_to_who_follows_the_person_alone(world: World) -> None:
    with world.case("adviser", OWN) as case:
        who = _young(case, None)
        _work(case.session, who, {*ConsentTo})
        before = _answers(case)
        assert _file(case).check is None
        refreshing.change_sharing(case.session, by=who, what=ConsentTo.CHECK, on=True, now=NOW)
        after = _answers(case)
        assert {name for name in before if before[name] != after[name]} == SHOWN_ONE_BY_ONE
        shown = _file(case).check
        assert shown is not None and shown.answers["adresse"] == ["non"]


def test_a_shared_obstacle_is_told_alone(world: World) -> None:
    with world.case("adviser", OWN) as case:
        who = _young(case, None)
        _work(case.session, who, {*ConsentTo})
        before = _answers(case)
        sharing.share_obstacle(case.session, by=who, key="permis", on=True, now=NOW)
        after = _answers(case)
        assert {name for name in before if before[name] != after[name]} == SHOWN_ONE_BY_ONE
        assert _file(case).obstacles == ("permis",)
        sharing.share_obstacle(case.session, by=who, key="permis", on=False, now=NOW)
        assert _answers(case) == before


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


@pytest.mark.parametrize("role", ["adviser", "head", "trainer", "admin"])
def test_no_other_room_tells_a_professional_about_lessons_the_check_or_obstacles(world: World, role: str) -> None:
    """Accounts, privacy, CV, jobs, applications, sending: what they answer is the same before and after."""
    with world.case(role, OWN) as case:
        who = _young(case, None)
        first, before = _answers(case, OTHER_ROOMS), _answers(case, OTHER_ROOMS)
        _learn(case.session, who)
        _private_work(case.session, who, {*ConsentTo})
        _counted(case.session, who)
        after = _answers(case, OTHER_ROOMS)
        fresh = {name for name in before if before[name] != first[name]}  # a new token or instant at each call
        assert {name for name in before if before[name] != after[name]} <= fresh
        private = (CANARY.casefold(), _LESSON, "permis", library.lesson_with_id(_LESSON).titre.casefold())
        assert [name for name in fresh if any(words in repr(after[name]).casefold() for words in private)] == []


def test_no_log_tells_what_somebody_learns_or_is_blocked_by(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    who = place(session).young()
    logged = session.exec(select(AuditEvent.id)).all()
    with caplog.at_level(logging.DEBUG):
        _learn(session, who)
        _private_work(session, who, {*ConsentTo})
    assert session.exec(select(AuditEvent.id)).all() == logged
    assert [
        one.getMessage() for one in caplog.records if re.search(f"{CANARY}|{_LESSON}|permis", one.getMessage())
    ] == []


def test_figures_count_what_is_shown_and_never_its_kind(session: Session) -> None:
    here = place(session)
    who = here.young()
    here.cv(who)
    _work(session, who, {*ConsentTo})
    refreshing.refresh_progress(session, [who.id], now=NOW)
    found = figures.cohort_figures(session, of=here.claire, **PERIOD, today=TODAY)
    counts = found.counts
    assert (counts.practices, counts.applications, counts.active) == (0, 0, 1)
    assert not {one.name for one in fields(PeriodCounts)} & {"cv", "jobs", "learn", "apply", "interview", "quiz"}


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
    if ConsentTo.LESSONS in kinds:
        _learn(session, who)
    _private_work(session, who, kinds)
    if len(kinds) > 1:
        _choose(session, who, {"answers": {"reparer": "j_aime"}})
    for minute, one in enumerate(row for row in session.exec(select(Revision)) if row.id not in known):
        one.at = at(TODAY) - timedelta(hours=5, minutes=-8 * minute)
    for row in session.exec(select(Work).where(Work.account_id == who.id)):
        row.changed_at = at(TODAY)
    _counted(session, who)


def _learn(session: Session, who: Account) -> None:
    """A lesson with a typed answer and a scene, both to their end."""
    records.keep_answer(
        session, by=who, lesson_id=_LESSON, exercise_id="e4", answer=(f"CV-{CANARY}.pdf",), now=at(TODAY)
    )
    for kind, content_id in ((LearningKind.LESSON, _LESSON), (LearningKind.SCENE, "en-retard-le-premier-matin")):
        records.finish_content(session, by=who, kind=kind, content_id=content_id, now=at(TODAY))


def _private_work(session: Session, who: Account, kinds: set[ConsentTo]) -> None:
    for key in ("permis", "argent"):
        sharing.keep_obstacle(session, by=who, key=key, keep=True, operation=f"{who.id}{key}", now=NOW)
    _first_visit(session, who)
    if ConsentTo.CHECK in kinds:
        own_check.enter_from_paper(
            session, by=who, answers={"adresse": ["non"]}, agreed=True, operation=f"{who.id}check", today=TODAY
        )


def _first_visit(session: Session, who: Account) -> None:
    for one in first_questions():
        own_answers.note_answer(
            session, by=who, question=one.key, chosen=[one.choices[0].cle], last=False, operation=f"{who.id}{one.key}"
        )


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


def _answers(case: Case, tried: Mapping[str, Callable[[Case], Any]] | None = None) -> dict[str, Any]:
    """What each function answers, taken apart; a refusal is its sentence. What it writes is taken back."""
    found = {}
    for name, recipe in (RECIPES if tried is None else tried).items():
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


RECIPES = {
    **recipes.ON_SOMEBODY,
    **recipes.ON_ONESELF,
    **workshop_recipes.ON_SOMEBODY,
    **workshop_recipes.ON_ONESELF,
    **{
        name: recipe
        for name, recipe in {**lesson_recipes.ON_SOMEBODY, **lesson_recipes.ON_ONESELF}.items()
        if name.startswith(("cohort.", "workshops."))
    },
    **OF_WHAT_WAS_READ,
}


OTHER_ROOMS = {
    **accounts.ON_SOMEBODY,
    **accounts.ON_ONESELF,
    **own.PRIVACY_ON,
    **own.CV_ON,
    **own.JOBS_ON,
    **own.APPLY_ON,
    **own.SENDING_ON,
    **own.PRIVACY,
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
