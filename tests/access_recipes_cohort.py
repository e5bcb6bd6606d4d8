"""How each function of the cohort is called in the access table, with arguments that only the right can spoil."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from sqlmodel import select

from clicnjob import models
from clicnjob.accounts.reauthentication import Proof
from clicnjob.cohort import columns, permissions, sheet_address
from clicnjob.cohort.definitions import FigurePeriod
from clicnjob.cohort.importing import cards_paper, enrolment, intake
from clicnjob.cohort.importing.candidates import Candidate
from clicnjob.cohort.many import handing_over, last_act, leaving, listing, meetings, messages, papers, reach, steps
from clicnjob.cohort.many.last_act import LastAct
from clicnjob.cohort.many.listing import ListedPeople
from clicnjob.cohort.notifications import channels
from clicnjob.cohort.progress import alert_silences, overview, refreshing
from clicnjob.cohort.reports import export, facts, figures, imilo, imilo_week, report
from clicnjob.cohort.reports.imilo_week import LineToEnter
from clicnjob.cohort.support import (
    agenda,
    appointment_file,
    appointment_requests,
    appointments,
    calendar_feed,
    case_closure,
    comments,
    contacts,
    drafts,
    handovers,
    help_requests,
    lessons_done,
    lists,
    next_steps,
    notes,
    person_file,
    printed_file,
    threads,
)
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.config import Settings
from clicnjob.models import (
    Account,
    ActivityDay,
    ConsentTo,
    ContactNote,
    ImiloEntry,
    NotificationChannel,
    PeopleList,
    Role,
    SilencedAlert,
    ThreadMessage,
    Work,
    WorkKind,
)
from tests.access_world import Case
from tests.cohort_people import NOW, TODAY

Recipe = Callable[[Case], Any]
PERIOD = {"start": TODAY - timedelta(days=7), "end": TODAY}
PLAN = AppointmentPlan(TODAY + timedelta(days=1), time(14), 30, "sur_place", "Bureau 4")
PEOPLE = [Candidate(line=2, first_name="Ana", last_name="Neuve")]
HERE = "https://ici.test"
_SMS = Settings(sms_url="https://sms.exemple.fr/", sms_body="to={numero}&text={texte}")
LINE = "2026-03-16:Emploi"  # the key of a line for i-milo

ON_SOMEBODY: dict[str, Recipe] = {
    "cohort.support.appointments.propose_appointment": lambda c: appointments.propose_appointment(
        c.session,
        **c.today,
        plan=AppointmentPlan(TODAY + timedelta(days=1), time(14), 30, "sur_place", "Bureau 4"),
        now=NOW,
    ),
    "cohort.notifications.channels.reached_person": lambda c: channels.reached_person(c.session, **c.today),
    "cohort.support.appointments.withdraw_appointment": lambda c: appointments.withdraw_appointment(
        c.session, by=c.me, appointment_id=c.it.appointment, today=TODAY, now=models.utc_now()
    ),
    "cohort.support.appointments.mark_answer_seen": lambda c: appointments.mark_answer_seen(
        c.session, by=c.me, appointment_id=c.it.appointment, today=TODAY, now=models.utc_now()
    ),
    "cohort.support.appointments.note_outcome": lambda c: appointments.note_outcome(
        c.session, by=c.me, appointment_id=c.it.appointment, outcome="venu", today=TODAY, now=NOW
    ),
    "cohort.support.appointment_file.appointment_file": lambda c: appointment_file.appointment_file(
        c.session, of=c.me, appointment_id=c.it.appointment, now=NOW
    ),
    "cohort.support.appointment_requests.settle_appointment_request": lambda c: (
        appointment_requests.settle_appointment_request(c.session, **c.today, now=NOW)
    ),
    "cohort.support.appointments.answer_appointment": lambda c: appointments.answer_appointment(
        c.session, by=c.me, appointment_id=c.it.appointment, accepted=True, now=NOW - timedelta(hours=6)
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
    "cohort.reports.figures.cohort_figures": lambda c: _counted(c),
    "cohort.reports.figures.period_facts": lambda c: figures.period_facts(
        c.session, of=c.me, **PERIOD, today=TODAY, list_id=c.it.list
    )[1],
    "cohort.reports.facts.facts_of_people": lambda c: facts.facts_of_people(
        c.session, of=c.me, period=FigurePeriod(**PERIOD), today=TODAY, list_id=c.it.list
    ),
    "cohort.reports.imilo_week.mark_entered": lambda c: imilo_week.mark_entered(
        c.session, by=c.me, chosen=[LineToEnter(c.it.whom, LINE, 30)], today=TODAY, now=NOW
    ),
    "cohort.reports.imilo_week.undo_entered": lambda c: imilo_week.undo_entered(
        _entered(c).session, by=c.me, account_id=c.it.whom, key=LINE, today=TODAY, now=NOW
    ),
    "cohort.sheet_address.person_of_mark": lambda c: sheet_address.person_of_mark(
        c.session, of=c.me, sign_in_id="a", mark=sheet_address.sheet_mark("a", c.it.whom), today=TODAY
    ),
    "cohort.support.printed_file.printed_sheet": lambda c: (
        printed_file.printed_sheet(c.session, **c.today, now=NOW).name
    ),
    "cohort.support.printed_file.printed_cv": lambda c: (
        printed_file.printed_cv(c.session, **c.today, cv_id=_cv_of(c), now=NOW).name
    ),
    "cohort.reports.imilo_week.week_lines": lambda c: [one for one in _week_of_work(c).people if one.id == c.it.whom],
    "cohort.reports.report.figures_report": lambda c: (
        _counted(c)
        and report.figures_report(
            c.session,
            by=c.me,
            request=report.FiguresRequest(**PERIOD, purpose="bilan", list_id=c.it.list),
            today=TODAY,
            now=models.utc_now(),
        )
    ),
    "cohort.permissions.followed_person": lambda c: permissions.followed_person(c.session, **c.today),
    "cohort.permissions.take_person": lambda c: permissions.take_person(
        c.set(adviser_id=None).session, **c.by, now=NOW
    ),
    "cohort.support.handovers.hand_over": lambda c: handovers.hand_over(
        c.session, **c.today, to_id=_another(c), note="Merci", agreed=True, shown_id="", now=NOW
    ),
    "cohort.many.leaving.close_adviser_account": lambda c: leaving.close_adviser_account(
        c.session, **c.staff, to_id="", follows=_followed_by(c), today=TODAY
    ),
    "cohort.many.leaving.change_roles": lambda c: leaving.change_roles(
        c.session, **c.staff, roles={Role.TRAINER: None}, to_id="", follows=_followed_by(c), today=TODAY
    ),
    "cohort.many.steps.step_reach": lambda c: steps.step_reach(c.session, **c.ticked).receivers,
    "cohort.many.steps.propose_to_many": lambda c: steps.propose_to_many(
        c.session, **c.ticked, key="test", word="", shown=steps.step_reach(c.session, **c.ticked).version, now=NOW
    ),
    "cohort.many.messages.message_reach": lambda c: messages.message_reach(c.session, **c.ticked, now=NOW).receivers,
    "cohort.many.messages.write_to_many": lambda c: messages.write_to_many(
        c.session,
        **c.ticked,
        words="Bonjour",
        shown=messages.message_reach(c.session, **c.ticked, now=NOW).version,
        now=NOW,
    ),
    "cohort.many.meetings.appointment_reach": lambda c: (
        meetings.appointment_reach(c.session, **c.ticked, plan=PLAN, now=NOW).receivers
    ),
    "cohort.many.meetings.propose_to_many": lambda c: meetings.propose_to_many(
        c.session,
        **c.ticked,
        plan=PLAN,
        shown=meetings.appointment_reach(c.session, **c.ticked, plan=PLAN, now=NOW).version,
        now=NOW,
    ),
    "cohort.many.listing.list_reach": lambda c: (
        listing.list_reach(c.session, **c.ticked, list_id=c.it.list) and c.session.get(PeopleList, c.it.list)
    ),
    "cohort.many.listing.put_on_list": lambda c: listing.put_on_list(
        c.session,
        **c.ticked,
        list_id="",
        new_name="Jeudi",
        shown=listing.list_reach(c.session, **c.ticked, list_id="").version,
    ),
    "cohort.many.listing.take_off_list": lambda c: listing.take_off_list(
        c.session, by=c.me, listed=ListedPeople(c.it.list, (c.it.whom,))
    ),
    "cohort.many.handing_over.handover_reach": lambda c: (
        handing_over.handover_reach(c.session, **c.ticked, to_id=_another(c), until=None).receivers
    ),
    "cohort.many.handing_over.hand_over_many": lambda c: handing_over.hand_over_many(
        c.session,
        **c.ticked,
        to_id=_another(c),
        until=None,
        shown=handing_over.handover_reach(c.session, **c.ticked, to_id=_another(c), until=None).version,
        now=NOW,
    ),
    "cohort.many.papers.cards_reach": lambda c: papers.cards_reach(c.session, **c.ticked, now=NOW).receivers,
    "cohort.many.papers.sheets_reach": lambda c: papers.sheets_reach(c.session, **c.ticked).receivers,
    "cohort.many.papers.printed_sheets": lambda c: papers.printed_sheets(c.session, c.it.whom, by=c.me, now=NOW),
    "cohort.many.reach.ticked_people": lambda c: reach.ticked_people(c.session, **c.ticked).people,
    "cohort.importing.cards_paper.people_with_cards": lambda c: cards_paper.people_with_cards(
        c.held_card().session, of=c.me, account_ids=[c.it.whom], now=NOW
    ),
    "cohort.support.lists.check_own_list": lambda c: lists.check_own_list(c.session, by=c.me, list_id=c.it.list),
    "cohort.support.handovers.take_back": lambda c: handovers.take_back(
        c.session, by=c.me, handover_id=c.handed(until=TODAY), today=TODAY, now=NOW
    ),
    "cohort.support.handovers.undo_handover": lambda c: handovers.undo_handover(
        c.set(adviser_id=c.world.head).session, by=c.me, handover_id=c.handed(), today=TODAY, now=NOW
    ),
    "cohort.support.handovers.of_person": lambda c: handovers.of_person(c.session, **c.today),
    "cohort.progress.alert_silences.silence_alert": lambda c: alert_silences.silence_alert(
        c.session, **c.at, rule="aide"
    ),
    "cohort.progress.alert_silences.silence_calls": lambda c: alert_silences.silence_calls(
        c.session, **c.at, until=TODAY + timedelta(days=7)
    ),
    "cohort.progress.alert_silences.seen_alerts": lambda c: alert_silences.seen_alerts(c.session, **c.today),
    "cohort.progress.alert_silences.undo_silences_at": lambda c: alert_silences.undo_silences_at(
        c.session, **c.at, at=NOW
    ),
    "cohort.progress.alert_silences.undo_silence": lambda c: alert_silences.undo_silence(
        c.session, by=c.me, mark_id=_seen_mark(c), now=NOW
    ),
    "cohort.support.contacts.note_contact": lambda c: contacts.note_contact(
        c.session, **c.today, outcome="message", remind_on=None, now=NOW
    ),
    "cohort.support.contacts.undo_contact": lambda c: contacts.undo_contact(
        c.session, by=c.me, contact_id=_contact(c), today=TODAY, now=NOW
    ),
    "cohort.support.threads.write_to_young": lambda c: threads.write_to_young(
        c.session, by=c.me, account_id=c.it.whom, words="Bonjour", today=TODAY, now=NOW
    ),
    "cohort.support.threads.take_message_back": lambda c: threads.take_message_back(
        c.session, by=c.me, message_id=_message(c), today=TODAY, now=NOW
    ),
    "cohort.support.threads.thread_on_person": lambda c: threads.thread_on_person(c.session, **c.today),
    "cohort.support.threads.mark_read_by_adviser": lambda c: threads.mark_read_by_adviser(
        c.session, **c.today, now=NOW
    ),
    "cohort.support.contacts.on_person": lambda c: contacts.on_person(c.session, **c.today),
    "cohort.support.contacts.change_phone": lambda c: contacts.change_phone(
        c.session, **c.today, typed="06 12 34 56 78"
    ),
    "cohort.importing.intake.cards_of": lambda c: intake.cards_of(c.session, c.it.whom, by=c.me, address=HERE, now=NOW),
    "cohort.support.lessons_done.lessons_done": lambda c: lessons_done.lessons_done(c.session, **c.at),
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
        c.session, by=c.me, account_id=c.it.whom, key="test", today=TODAY, now=models.utc_now()
    ),
    "cohort.support.next_steps.withdraw_step": lambda c: next_steps.withdraw_step(
        c.session, by=c.me, step_id=c.it.step, today=TODAY, now=NOW
    ),
    "cohort.support.next_steps.on_person": lambda c: next_steps.on_person(c.session, **c.today),
    "cohort.support.next_steps.mark_step_done": lambda c: next_steps.mark_step_done(
        c.session, by=c.me, step_id=c.it.step, now=models.utc_now()
    ),
    "cohort.support.next_steps.mark_step_seen": lambda c: next_steps.mark_step_seen(
        c.session, by=c.me, step_id=c.it.step, today=TODAY, now=models.utc_now()
    ),
}

ON_ONESELF: dict[str, Recipe] = {
    "cohort.support.appointment_requests.ask_for_appointment": lambda c: appointment_requests.ask_for_appointment(
        c.session,
        by=c.me,
        half_days=[one.key for one in appointment_requests.offered_half_days(TODAY)[:2]],
        reasons=["cv"],
        today=TODAY,
        now=NOW,
    ),
    "cohort.support.appointment_requests.take_request_back": lambda c: (
        _asked_appointment(c),
        appointment_requests.take_request_back(c.session, by=c.me, now=NOW),
        appointment_requests.latest_appointment_request(c.session, of=c.me),
    )[2],
    "cohort.support.appointment_requests.latest_appointment_request": lambda c: (
        _asked_appointment(c),
        appointment_requests.latest_appointment_request(c.session, of=c.me),
    )[1],
    "cohort.support.appointments.last_place": lambda c: (
        _met_somewhere(c),
        appointments.last_place(c.session, of=c.me, kind="sur_place"),
    )[1],
    "cohort.notifications.channels.agree_to_channel": lambda c: channels.agree_to_channel(
        c.session, by=c.me, channel=NotificationChannel.SMS, typed="06 12 34 56 78", now=NOW, settings=_SMS
    ),
    "cohort.notifications.channels.stop_channel": lambda c: channels.stop_channel(
        c.session, by=c.me, channel=NotificationChannel.SMS, now=NOW
    ),
    "cohort.notifications.channels.own_notifications": lambda c: channels.own_notifications(
        c.session, of=c.me, settings=_SMS
    ),
    "cohort.support.calendar_feed.own_feed": lambda c: calendar_feed.own_feed(c.session, of=c.me),
    "cohort.support.calendar_feed.stop_feed": lambda c: calendar_feed.stop_feed(c.session, by=c.me, now=NOW),
    "cohort.support.calendar_feed.make_feed": lambda c: calendar_feed.make_feed(
        c.session, by=c.me, names="aucun", proof=Proof(c.me.id, NOW), now=NOW
    ),
    "cohort.support.agenda.own_agenda": lambda c: agenda.own_agenda(
        c.session, of=c.me, first=TODAY, last=TODAY, today=TODAY
    ),
    "cohort.support.agenda.next_appointment": lambda c: agenda.next_appointment(
        c.session, of=c.me, today=TODAY, now=NOW
    ),
    "cohort.support.agenda.overlapping_appointments": lambda c: agenda.overlapping_appointments(
        c.session, of=c.me, day=TODAY, start=time(14), minutes=30, today=TODAY
    ),
    "cohort.support.threads.write_to_adviser": lambda c: threads.write_to_adviser(
        c.session, by=c.me, words="Bonjour", now=NOW
    ),
    "cohort.support.threads.own_thread": lambda c: (_heard(c), threads.own_thread(c.session, of=c.me))[1],
    "cohort.support.threads.unread_by_young": lambda c: (_heard(c), threads.unread_by_young(c.session, of=c.me))[1],
    "cohort.support.threads.mark_read_by_young": lambda c: (
        _heard(c),
        threads.mark_read_by_young(c.session, by=c.me, now=NOW),
        [one for one in threads.own_thread(c.session, of=c.me) if one.read_at],
    )[2],
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
    "cohort.reports.export.exported_people": lambda c: (
        export.exported_people(c.session, by=c.me, today=TODAY, purpose="appel", now=models.utc_now()).rows
    ),
    "cohort.reports.imilo_week.undo_entered_at": lambda c: imilo_week.undo_entered_at(
        _entered(c, whom=c.me.id).session, by=c.me, at=NOW, now=NOW
    ),
    "cohort.columns.shown_columns": lambda c: columns.shown_columns(c.session, of=c.me),
    "cohort.columns.choose_columns": lambda c: columns.choose_columns(c.session, by=c.me, chosen=["cv"]),
    "cohort.reports.figures.lists_by_name": lambda c: figures.lists_by_name(c.session, of=c.me),
    "cohort.permissions.adviser_colleagues": lambda c: permissions.adviser_colleagues(c.session, of=c.me, today=TODAY),
    "cohort.permissions.people_without_adviser": lambda c: permissions.people_without_adviser(c.session, of=c.me),
    "cohort.support.handovers.handovers_to_undo": lambda c: (
        c.set(adviser_id=c.world.head).handed(),
        handovers.handovers_to_undo(c.session, by=c.me, now=NOW),
    )[1],
    "cohort.progress.alert_silences.choose_number": lambda c: alert_silences.choose_number(
        c.session, by=c.me, rule="inactif", number=3, today=TODAY, now=models.utc_now()
    ),
    "cohort.support.lists.make_list": lambda c: lists.make_list(c.session, by=c.me, name="Jeudi"),
    "cohort.support.lists.lists_by_name": lambda c: lists.lists_by_name(c.session, of=c.me),
    "cohort.many.steps.undo_proposals": lambda c: (
        steps.undo_proposals(c.session, by=c.me, at=NOW, today=TODAY, now=NOW),
        True,
    )[1],
    "cohort.many.messages.take_messages_back": lambda c: (
        messages.take_messages_back(c.session, by=c.me, at=NOW, today=TODAY, now=NOW),
        True,
    )[1],
    "cohort.many.meetings.withdraw_from_many": lambda c: (
        meetings.withdraw_from_many(c.session, by=c.me, at=NOW, today=TODAY, now=NOW),
        True,
    )[1],
    "cohort.many.handing_over.undo_handover_of_many": lambda c: (
        c.set(adviser_id=c.world.head).handed(),
        handing_over.undo_handover_of_many(c.session, by=c.me, at=NOW, today=TODAY, now=NOW),
    )[1],
    "cohort.many.last_act.undo_last_act": lambda c: (
        last_act.undo_last_act(c.session, by=c.me, act=LastAct("step", 1, NOW), today=TODAY, now=NOW),
        True,
    )[1],
    "cohort.support.notes.of_young": lambda c: notes.of_young(c.session, of=c.me),
    "cohort.progress.overview.found_people": lambda c: overview.found_people(
        c.session, adviser=c.me, today=TODAY, filters=overview.CohortFilters(), most=9
    ),
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
    "cohort.many.steps.step_reach",
    "cohort.many.messages.message_reach",
    "cohort.many.meetings.appointment_reach",
    "cohort.many.listing.list_reach",
    "cohort.many.handing_over.handover_reach",
    "cohort.many.papers.cards_reach",
    "cohort.many.papers.sheets_reach",
    "cohort.many.reach.ticked_people",
    "cohort.importing.cards_paper.people_with_cards",
    "cohort.support.appointment_requests.take_request_back",
    "cohort.support.appointment_requests.latest_appointment_request",
    "cohort.support.appointments.last_place",
    "cohort.support.threads.own_thread",
    "cohort.support.threads.unread_by_young",
    "cohort.support.threads.mark_read_by_young",
    "cohort.importing.cards_paper.cards_given",
    "cohort.importing.cards_paper.cancel_cards",
    "cohort.support.appointments.of_young",
    "cohort.support.help_requests.latest_help_request",
    "cohort.support.help_requests.take_back",
    "cohort.support.comments.of_young",
    "cohort.importing.enrolment.never_came",
    "cohort.reports.figures.cohort_figures",
    "cohort.reports.figures.lists_by_name",
    "cohort.reports.report.figures_report",
    "cohort.reports.figures.period_facts",
    "cohort.reports.facts.facts_of_people",
    "cohort.reports.imilo_week.undo_entered_at",
    "cohort.reports.imilo_week.week_lines",
    "cohort.sheet_address.person_of_mark",
    "cohort.support.handovers.handovers_to_undo",
    "cohort.support.lists.lists_of_person",
    "cohort.support.lists.lists_by_name",
    "cohort.support.notes.of_young",
    "cohort.support.next_steps.for_young",
}


def _ran(c: Case) -> dict[str, Any]:
    """A session of whoever the case is about."""
    return {"by": c.me, "workshop_id": c.it.workshop}


def _followed_by(c: Case) -> int:
    """How many people the professional of the case follows."""
    return len(c.session.exec(select(Account.id).where(Account.adviser_id == c.it.member)).all())


def _another(c: Case) -> str:
    """An adviser of the structure who does not follow the person yet."""
    mine = c.it.member == c.world.colleague
    return c.world.people["adviser"].id if mine else c.world.colleague


def _heard(c: Case) -> None:
    """A message to the actor, where they are somebody to whom professionals write."""
    if help_requests.may_ask(c.me):
        c.session.add(ThreadMessage(account_id=c.me.id, by_id="somebody", text="Bonjour", at=NOW))
        c.session.flush()


def _asked_appointment(c: Case) -> None:
    """An appointment that the actor asks for, where they may."""
    if help_requests.may_ask(c.me):
        days = [one.key for one in appointment_requests.offered_half_days(TODAY)[:2]]
        appointment_requests.ask_for_appointment(
            c.session, by=c.me, half_days=days, reasons=["cv"], today=TODAY, now=NOW
        )


def _met_somewhere(c: Case) -> None:
    """An appointment of the actor, where they are somebody who makes them."""
    if permissions.may_follow(c.me):
        place = {"kind": "sur_place", "place": "Bureau 4", "words": "", "day": TODAY}
        c.session.add(models.Appointment(account_id=c.it.whom, by_id=c.me.id, **place))
        c.session.flush()


def _contact(c: Case) -> str:
    """A contact that the actor noted on the person when they still followed them."""
    return _written(c, ContactNote(account_id=c.it.whom, by_id=c.me.id, outcome="message", at=NOW))


def _seen_mark(c: Case) -> str:
    """An alert that the actor marked « Vu » when they still followed the person."""
    return _written(c, SilencedAlert(account_id=c.it.whom, rule="aide", fingerprint="x", by_id=c.me.id, at=NOW))


def _message(c: Case) -> str:
    """A message that the actor wrote to the person when they still followed them."""
    return _written(c, ThreadMessage(account_id=c.it.whom, by_id=c.me.id, text="Bonjour", at=NOW))


def _written(c: Case, row: ContactNote | SilencedAlert | ThreadMessage) -> str:
    """The id of the new row, or an unknown one where the case is about nobody."""
    if c.session.get(Account, c.it.whom) is None:
        return "unknown"
    c.session.add(row)
    c.session.flush()
    return row.id


def _counted(c: Case) -> int:
    return figures.cohort_figures(c.session, of=c.me, **PERIOD, today=TODAY, list_id=c.it.list).counts.people


def _entered(c: Case, *, whom: str = "") -> Case:
    """A line that the actor typed into i-milo, where the case is about somebody."""
    account_id = whom or c.it.whom
    if c.session.get(Account, account_id) is not None:
        c.session.add(ImiloEntry(account_id=account_id, line=LINE, minutes=30, by_id=c.me.id, at=NOW))
        c.session.flush()
    return c


def _week_of_work(c: Case) -> imilo_week.ImiloWeek:
    """The lines that the actor may read after the person has worked for an hour."""
    if c.session.get(Account, c.it.whom) is not None:
        c.session.merge(ActivityDay(account_id=c.it.whom, day=TODAY, kind="cv", acts=1, seconds=3600, last_at=NOW))
        c.session.flush()
    return imilo_week.week_lines(c.session, of=c.me, **PERIOD, today=TODAY, now=models.utc_now())


def _cv_of(c: Case) -> str:
    """The id of a CV of the person, made for this where they have none."""
    if c.session.get(Account, c.it.whom) is None:
        return "unknown"
    kept = Work(account_id=c.it.whom, kind=WorkKind.CV, body={})
    c.session.add_all([kept, Work(account_id=c.it.whom, kind=WorkKind.PROFILE, body={})])
    c.session.flush()
    return kept.id


def _settled(c: Case) -> bool:
    """Whether the actor had called, and no longer does."""
    latest = help_requests.latest_help_request(c.session, of=c.me)
    return latest is not None and latest.settled_at is not None
