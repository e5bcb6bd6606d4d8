"""How each function of the cohort is called in the access table, with arguments that only the right can spoil."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from clicnjob import models
from clicnjob.cohort import permissions
from clicnjob.cohort.importing import cards_paper, enrolment, intake
from clicnjob.cohort.importing.candidates import Candidate
from clicnjob.cohort.progress import alert_silences, overview, refreshing
from clicnjob.cohort.reports import export, figures, imilo
from clicnjob.cohort.support import (
    appointments,
    case_closure,
    comments,
    drafts,
    handovers,
    help_requests,
    lists,
    next_steps,
    notes,
    person_file,
)
from clicnjob.models import ConsentTo
from tests.access_world import Case
from tests.cohort_people import NOW, TODAY

Recipe = Callable[[Case], Any]
PERIOD = {"start": TODAY - timedelta(days=7), "end": TODAY}
PEOPLE = [Candidate(line=2, first_name="Ana", last_name="Neuve")]
HERE = "https://ici.test"

ON_SOMEBODY: dict[str, Recipe] = {
    "cohort.support.appointments.propose_appointment": lambda c: appointments.propose_appointment(
        c.session, **c.today, words="Mardi", day=TODAY, now=NOW
    ),
    "cohort.support.appointments.withdraw_appointment": lambda c: appointments.withdraw_appointment(
        c.session, by=c.me, appointment_id=c.it.appointment, today=TODAY, now=models.utc_now()
    ),
    "cohort.support.appointments.mark_answer_seen": lambda c: appointments.mark_answer_seen(
        c.session, by=c.me, appointment_id=c.it.appointment, today=TODAY, now=models.utc_now()
    ),
    "cohort.support.appointments.answer_appointment": lambda c: appointments.answer_appointment(
        c.session, by=c.me, appointment_id=c.it.appointment, accepted=True, now=models.utc_now()
    ),
    "cohort.support.appointments.on_person": lambda c: appointments.on_person(c.session, **c.today),
    "cohort.support.case_closure.close_case": lambda c: case_closure.close_case(
        c.session, **c.today, reason="cdi", now=NOW
    ),
    "cohort.support.case_closure.bring_back": lambda c: case_closure.bring_back(
        c.set(archived_at=NOW).session, **c.today, now=NOW
    ),
    "cohort.support.case_closure.case_ending": lambda c: case_closure.case_ending(c.session, **c.today),
    "cohort.reports.imilo.lines_of": lambda c: imilo.lines_of(c.session, **c.today, **PERIOD, now=NOW),
    "cohort.support.help_requests.settle_help_request": lambda c: help_requests.settle_help_request(
        c.session, **c.today, now=NOW
    ),
    "cohort.importing.cards_paper.cards_given": lambda c: cards_paper.cards_given(
        c.held_card().session, of=c.me, batch_id=c.it.batch, now=NOW
    ),
    "cohort.importing.cards_paper.cancel_cards": lambda c: cards_paper.cancel_cards(
        c.held_card().session, by=c.me, batch_id=c.it.batch, proof=c.proof, now=NOW
    ),
    "cohort.importing.cards_paper.printed_cards": lambda c: cards_paper.printed_cards(
        c.session, [c.it.whom], by=c.me, address=HERE, now=NOW
    ),
    "cohort.support.comments.add_comment": lambda c: comments.add_comment(
        c.session, **c.today, section="identite", words="Bien", now=NOW
    ),
    "cohort.support.comments.remove_comment": lambda c: comments.remove_comment(
        c.session, by=c.me, comment_id=c.it.comment, now=models.utc_now()
    ),
    "cohort.support.comments.on_person": lambda c: comments.on_person(c.session, **c.today),
    "cohort.support.comments.answer_comment": lambda c: comments.answer_comment(
        c.session, by=c.me, comment_id=c.it.comment, words="Oui", now=models.utc_now()
    ),
    "cohort.support.comments.settle_comment": lambda c: comments.settle_comment(
        c.session, by=c.me, comment_id=c.it.comment, now=models.utc_now()
    ),
    "cohort.support.comments.mark_comment_read": lambda c: comments.mark_comment_read(
        c.session, by=c.me, comment_id=c.it.comment, today=TODAY, now=models.utc_now()
    ),
    "cohort.importing.enrolment.undo_import": lambda c: enrolment.undo_import(c.session, c.it.batch, by=c.me, now=NOW),
    "cohort.importing.enrolment.never_came": lambda c: enrolment.never_came(c.session, of=c.me, batch_id=c.it.batch),
    "cohort.reports.figures.cohort_figures": lambda c: (
        figures.cohort_figures(c.session, of=c.me, **PERIOD, today=TODAY, list_id=c.it.list).people
    ),
    "cohort.reports.figures.figures_report": lambda c: (
        _counted(c)
        and figures.figures_report(
            c.session,
            by=c.me,
            request=figures.FiguresRequest(**PERIOD, purpose="bilan", list_id=c.it.list),
            today=TODAY,
            now=models.utc_now(),
        )
    ),
    "cohort.permissions.followed_person": lambda c: permissions.followed_person(c.session, **c.today),
    "cohort.permissions.take_person": lambda c: permissions.take_person(
        c.set(adviser_id=None).session, **c.by, now=NOW
    ),
    "cohort.support.handovers.hand_over": lambda c: handovers.hand_over(
        c.session, **c.today, to_id=_another(c), note="Merci", agreed=True, now=NOW
    ),
    "cohort.support.handovers.take_back": lambda c: (
        c.handed(until=TODAY),
        handovers.take_back(c.session, **c.today, now=NOW),
    )[1],
    "cohort.support.handovers.undo_handover": lambda c: handovers.undo_handover(
        c.set(adviser_id=c.world.head).session, by=c.me, handover_id=c.handed(), today=TODAY, now=NOW
    ),
    "cohort.support.handovers.of_person": lambda c: handovers.of_person(c.session, **c.today),
    "cohort.progress.alert_silences.silence_alert": lambda c: alert_silences.silence_alert(
        c.session, **c.at, rule="aide"
    ),
    "cohort.importing.intake.cards_of": lambda c: intake.cards_of(c.session, c.it.whom, by=c.me, address=HERE, now=NOW),
    "cohort.support.lists.remove_list": lambda c: lists.remove_list(c.session, by=c.me, list_id=c.it.list),
    "cohort.support.lists.add_to_list": lambda c: lists.add_to_list(
        c.session, by=c.me, list_id=c.it.list, account_ids=[c.it.whom], today=TODAY
    ),
    "cohort.support.lists.take_out": lambda c: lists.take_out(
        c.session, by=c.me, list_id=c.it.list, account_id=c.it.whom
    ),
    "cohort.support.lists.lists_of_person": lambda c: lists.lists_of_person(c.session, of=c.me, account_id=c.it.whom),
    "cohort.support.lists.list_members": lambda c: lists.list_members(
        c.session, of=c.me, list_id=c.it.list, today=TODAY
    ),
    "cohort.support.notes.write_note": lambda c: notes.write_note(c.session, **c.today, words="Vu", now=NOW),
    "cohort.support.notes.remove_note": lambda c: notes.remove_note(
        c.session, by=c.me, note_id=c.it.note, now=models.utc_now()
    ),
    "cohort.support.notes.on_person": lambda c: notes.on_person(c.session, **c.today),
    "cohort.support.person_file.person_file": lambda c: person_file.person_file(c.session, **c.today),
    "cohort.support.person_file.up_to_date": lambda c: person_file.up_to_date(c.session, **c.at),
    "cohort.support.next_steps.propose_step": lambda c: next_steps.propose_step(
        c.session, by=c.me, account_ids=[c.it.whom], key="test", today=TODAY, now=models.utc_now()
    ),
    "cohort.support.next_steps.withdraw_step": lambda c: next_steps.withdraw_step(c.session, **c.today, now=NOW),
    "cohort.support.next_steps.on_person": lambda c: next_steps.on_person(c.session, **c.today),
    "cohort.support.next_steps.mark_step_done": lambda c: next_steps.mark_step_done(
        c.session, by=c.me, step_id=c.it.step, now=models.utc_now()
    ),
    "cohort.support.next_steps.mark_step_seen": lambda c: next_steps.mark_step_seen(
        c.session, by=c.me, step_id=c.it.step, today=TODAY, now=models.utc_now()
    ),
}

ON_ONESELF: dict[str, Recipe] = {
    "cohort.support.drafts.own_drafts": lambda c: drafts.own_drafts(c.session, of=c.me),
    "cohort.support.drafts.save_draft": lambda c: drafts.save_draft(
        c.session, by=c.me, box="call-word", typed="Bonjour", most=140, now=NOW
    ),
    "cohort.support.drafts.forget_draft": lambda c: drafts.forget_draft(c.session, by=c.me, box="call-word"),
    "cohort.support.appointments.of_young": lambda c: appointments.of_young(c.session, of=c.me, today=TODAY),
    "cohort.support.help_requests.ask_for_help": lambda c: help_requests.ask_for_help(
        c.session, by=c.me, now=models.utc_now()
    ),
    "cohort.support.help_requests.take_back": lambda c: (
        help_requests.take_back(c.session, by=c.me, now=models.utc_now()),
        _settled(c),
    )[1],
    "cohort.support.help_requests.latest_help_request": lambda c: help_requests.latest_help_request(c.session, of=c.me),
    "cohort.support.comments.of_young": lambda c: comments.of_young(c.session, of=c.me),
    "cohort.importing.enrolment.possible_twins": lambda c: enrolment.possible_twins(c.session, PEOPLE, by=c.me),
    "cohort.importing.enrolment.enrol_many": lambda c: enrolment.enrol_many(c.session, PEOPLE, by=c.me, now=NOW),
    "cohort.importing.enrolment.latest_imports": lambda c: enrolment.latest_imports(c.session, of=c.me, now=NOW),
    "cohort.reports.export.exported_people": lambda c: export.exported_people(
        c.session, by=c.me, today=TODAY, purpose="appel", now=models.utc_now()
    ),
    "cohort.reports.figures.lists_by_name": lambda c: figures.lists_by_name(c.session, of=c.me),
    "cohort.permissions.adviser_colleagues": lambda c: permissions.adviser_colleagues(c.session, of=c.me, today=TODAY),
    "cohort.permissions.people_without_adviser": lambda c: permissions.people_without_adviser(c.session, of=c.me),
    "cohort.support.handovers.just_given": lambda c: (
        c.set(adviser_id=c.world.head).handed(),
        handovers.just_given(c.session, by=c.me, now=NOW),
    )[1],
    "cohort.progress.alert_silences.choose_number": lambda c: alert_silences.choose_number(
        c.session, by=c.me, rule="inactif", number=3, today=TODAY, now=models.utc_now()
    ),
    "cohort.importing.intake.import_preview": lambda c: intake.import_preview(
        c.session, "Prénom;Nom\nAna;Neuve".encode(), by=c.me, today=TODAY
    ),
    "cohort.support.lists.make_list": lambda c: lists.make_list(c.session, by=c.me, name="Jeudi"),
    "cohort.support.lists.lists_by_name": lambda c: lists.lists_by_name(c.session, of=c.me),
    "cohort.support.notes.of_young": lambda c: notes.of_young(c.session, of=c.me),
    "cohort.progress.overview.cohort_page": lambda c: overview.cohort_page(c.session, adviser=c.me, today=TODAY),
    "cohort.progress.refreshing.change_sharing": lambda c: refreshing.change_sharing(
        c.session, by=c.me, what=ConsentTo.PRACTICE, on=True, now=NOW
    ),
    "cohort.progress.refreshing.bring_up_to_date": lambda c: refreshing.bring_up_to_date(c.session, of=c.me, now=NOW),
    "cohort.progress.refreshing.is_due": lambda c: refreshing.is_due(c.session, of=c.me, now=NOW),
    "cohort.support.next_steps.for_young": lambda c: next_steps.for_young(c.session, of=c.me),
}

# Nothing given is as good as « non » here: these filter instead of refusing.
FILTERING = {
    "cohort.importing.cards_paper.cards_given",
    "cohort.importing.cards_paper.cancel_cards",
    "cohort.support.appointments.of_young",
    "cohort.support.help_requests.latest_help_request",
    "cohort.support.help_requests.take_back",
    "cohort.support.comments.of_young",
    "cohort.importing.enrolment.never_came",
    "cohort.reports.figures.cohort_figures",
    "cohort.reports.figures.lists_by_name",
    "cohort.reports.figures.figures_report",
    "cohort.support.handovers.just_given",
    "cohort.support.lists.lists_of_person",
    "cohort.support.lists.lists_by_name",
    "cohort.support.notes.of_young",
    "cohort.support.next_steps.for_young",
}


def _ran(c: Case) -> dict[str, Any]:
    """A session of whoever the case is about."""
    return {"by": c.me, "workshop_id": c.it.workshop}


def _another(c: Case) -> str:
    """An adviser of the structure who does not follow the person yet."""
    mine = c.it.member == c.world.colleague
    return c.world.people["adviser"].id if mine else c.world.colleague


def _counted(c: Case) -> int:
    return figures.cohort_figures(c.session, of=c.me, **PERIOD, today=TODAY, list_id=c.it.list).people


def _settled(c: Case) -> bool:
    """Whether the actor had called, and no longer does."""
    latest = help_requests.latest_help_request(c.session, of=c.me)
    return latest is not None and latest.settled_at is not None
