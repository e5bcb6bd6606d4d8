"""How each function of group sessions is called in the access table, with arguments that only the right can spoil."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from sqlmodel import Session

from clicnjob.accounts import presence
from clicnjob.models import (
    Account,
    AnswerState,
    OwnPlan,
    ParticipantState,
    PlannedWorkshop,
    QuestionState,
    Role,
    Workshop,
    WorkshopHelp,
    WorkshopHint,
    WorkshopParticipant,
)
from clicnjob.own_content import changes
from clicnjob.workshops import attendance, co_trainers, events, lifecycle, permissions, planning
from clicnjob.workshops.live import (
    answers,
    board,
    draws,
    entrance,
    help_requests,
    joining,
    participant_screen,
    progress,
    projection,
    pushing,
    questions,
    rehearsal,
    returning,
    seats,
    shown_page,
)
from clicnjob.workshops.plans import editing, files, library, paper
from clicnjob.workshops.records import group_page, portfolio, portfolio_file, sheet
from clicnjob.workshops.records.portfolio import Line
from tests.access_world import OWN, Case
from tests.cohort_people import NOW, TODAY

Recipe = Callable[[Case], Any]


def _ran(c: Case) -> dict[str, Any]:
    """A session of whoever the case is about."""
    return {"by": c.me, "workshop_id": c.it.workshop}


def _runs(c: Case) -> dict[str, Any]:
    """A session of whoever the case is about, which runs now."""
    return {**_ran(c.running()), "now": NOW}


def _asked(c: Case) -> dict[str, Any]:
    """The same, with its open question to the group."""
    return {**_runs(c), "question_id": c.question()}


def _led(c: Case) -> dict[str, Any]:
    """A session of whoever the case is about, which runs now and has a plan of one step."""
    if workshop := c.running().session.get(Workshop, c.it.workshop):
        workshop.plan = {
            "etapes": [{"titre": "On écrit", "minutes": 10, "activite": "papier", "montrer": "La feuille"}]
        }
    return {**_ran(c), "now": NOW}


def _called(c: Case) -> str:
    """A call for help of somebody in that session. Its identifier, or an unknown one."""
    whom = c.participant()
    if whom == c.it.workshop:
        return whom
    row = WorkshopHelp(workshop_id=c.it.workshop, participant_id=whom, reason="ecrire", asked_at=NOW)
    c.session.add(row)
    c.session.flush()
    return row.id


def _showing(c: Case) -> dict[str, Any]:
    """Somebody of that session who calls for help and shows their page."""
    call = c.session.get(WorkshopHelp, _called(c))
    if call is None:
        return {**_runs(c), "participant_id": c.it.workshop}
    row = c.session.get(WorkshopParticipant, call.participant_id)
    assert row is not None
    row.account_id, call.page_shown = c.it.whom, True
    presence.begin_sign_in(c.session, account=c.session.get_one(Account, c.it.whom), now=NOW)
    return {**_runs(c), "participant_id": row.id}


def _known_again(c: Case) -> dict[str, Any]:
    """A guest of that session whose screen is gone, and the same person at the door."""
    whom = c.participant()
    row = c.session.get(WorkshopParticipant, whom)
    if row is None:
        return {"waiting_id": whom, "participant_id": whom}
    row.guest, row.account_id, row.alive_at = True, c.world.people["guest"].id, None
    c.session.add(again := WorkshopParticipant(workshop_id=c.it.workshop, first_name="Ana", guest=True))
    c.session.flush()
    return {"waiting_id": again.id, "participant_id": row.id}


def _given_back(c: Case) -> Session:
    """The actor waits at the door of a session whose trainer gives them the place of a guest back."""
    place = permissions.own_participation(c.taking_part().session, of=c.me, now=NOW)
    if place is None:
        return c.session
    c.session.get_one(WorkshopParticipant, place.participant_id).state = ParticipantState.WAITING
    c.session.add(owner := Account(role=Role.GUEST, first_name="Ana"))
    c.session.flush()
    row = WorkshopParticipant(
        workshop_id=place.workshop_id, account_id=owner.id, first_name="Ana", guest=True,
        state=ParticipantState.ADMITTED, return_digest=returning._offer_digest(place.participant_id),
    )  # fmt: skip
    c.session.add(row)
    c.session.flush()
    about = {"workshop_id": place.workshop_id, "participant_id": row.id}
    events.note_event(c.session, **about, kind="place given back", now=NOW)
    return c.session


def _planned(c: Case) -> dict[str, Any]:
    """A session to come of whoever the case is about."""
    kept = c.session.get(Workshop, c.it.workshop)
    row = PlannedWorkshop(
        by_id=kept.by_id if kept else c.world.people["trainer"].id, plan_id="telephoner", title="Téléphoner", day=TODAY,
        start=time(9, 30),
    )  # fmt: skip
    if kept:
        c.session.add(row)
        c.session.flush()
    return {"by": c.me, "planned_id": row.id}


def _hinted(c: Case) -> str:
    """A hint in the session of the case: the actor's own where the case is theirs, else that of another participant."""
    whom = c.participant()
    place = permissions.own_participation(c.taking_part().session, of=c.me, now=NOW) if whom != c.it.workshop else None
    if place and c.it is c.world.things.get((c.me.role.value, OWN)):
        whom = place.participant_id
    if whom == c.it.workshop:
        return whom
    row = WorkshopHint(participant_id=whom, sentence="Relis", sent_at=NOW)
    c.session.add(row)
    c.session.flush()
    return row.id


ON_SOMEBODY: dict[str, Recipe] = {
    "workshops.attendance.note_attendance": lambda c: attendance.note_attendance(
        c.session, **c.today, workshop_id=c.ran(), now=NOW
    ),
    "workshops.lifecycle.end_workshop": lambda c: lifecycle.end_workshop(c.session, **_ran(c), now=NOW),
    "workshops.lifecycle.correct_minutes": lambda c: lifecycle.correct_minutes(
        c.session, **_ran(c), minutes=60, now=NOW
    ),
    "workshops.lifecycle.cancel_workshop": lambda c: lifecycle.cancel_workshop(c.session, **_ran(c), now=NOW),
    "workshops.lifecycle.own_workshop": lambda c: lifecycle.own_workshop(c.session, **_ran(c)),
    "workshops.permissions.led_workshop": lambda c: permissions.led_workshop(c.session, **_ran(c)),
    "workshops.permissions.running_led_workshop": lambda c: permissions.running_led_workshop(
        c.running().session, **_ran(c), now=NOW
    ),
    "workshops.attendance.take_off": lambda c: attendance.take_off(
        c.session, **c.by, workshop_id=c.ran(whom=True), now=NOW
    ),
    "workshops.attendance.noted_as_present": lambda c: attendance.noted_as_present(c.session, **_ran(c)),
    "workshops.planning.drop_session": lambda c: planning.drop_session(c.session, **_planned(c)),
    "workshops.planning.begin_session": lambda c: planning.begin_session(c.session, **_planned(c), now=NOW),
    "workshops.attendance.guests_with_work": lambda c: attendance.guests_with_work(c.session, **_ran(c)),
    "workshops.records.sheet.attendance_sheet": lambda c: sheet.attendance_sheet(c.session, **_ran(c)),
    "workshops.records.sheet.attendance_sheet_pdf": lambda c: sheet.attendance_sheet_pdf(c.session, **_ran(c), now=NOW),
    "workshops.records.group_page.group_page": lambda c: group_page.group_page(c.session, **_ran(c)),
    "workshops.records.group_page.group_page_pdf": lambda c: group_page.group_page_pdf(c.session, **_ran(c), now=NOW),
    "workshops.records.portfolio.shared_pages": lambda c: portfolio.shared_pages(c.session, **_ran(c)),
    "workshops.records.portfolio.blank_page": lambda c: portfolio.blank_page(c.session, **_ran(c)),
    "workshops.records.portfolio_file.trainer_pages_pdf": lambda c: portfolio_file.trainer_pages_pdf(
        c.session, **_ran(c), now=NOW
    ),
    "workshops.live.board.board_shown": lambda c: board.board_shown(
        c.running().session, of=c.me, workshop_id=c.it.workshop, now=NOW
    ),
    "workshops.live.board.board_version": lambda c: board.board_version(
        c.running().session, of=c.me, workshop_id=c.it.workshop, now=NOW
    ),
    "workshops.live.shown_page.note_page_seen": lambda c: shown_page.note_page_seen(c.session, **_showing(c)),
    "workshops.live.shown_page.shown_page": lambda c: shown_page.shown_page(
        c.session, of=c.me, **{name: one for name, one in _showing(c).items() if name != "by"}
    ),
    "workshops.live.answers.led_questions": lambda c: answers.led_questions(
        c.session, of=c.me, workshop_id=c.it.workshop
    ),
    "workshops.live.questions.ask_group": lambda c: questions.ask_group(
        c.session, **_runs(c), kind="texte", question="Un mot ?"
    ),
    "workshops.live.questions.change_question": lambda c: questions.change_question(
        c.session, **_asked(c), to=QuestionState.SHOWN
    ),
    "workshops.live.questions.clear_answers": lambda c: questions.clear_answers(c.session, **_asked(c)),
    "workshops.live.questions.show_answers": lambda c: questions.show_answers(c.session, **_asked(c), keys=()),
    "workshops.live.questions.set_answer_state": lambda c: questions.set_answer_state(
        c.session, **_asked(c), key=c.answer_key(), to=AnswerState.HIDDEN
    ),
    "workshops.live.draws.draw_people": lambda c: draws.draw_people(c.with_pair(), **_runs(c), size=2),
    "workshops.live.draws.forget_draw": lambda c: draws.forget_draw(c.session, **_runs(c)),
    "workshops.live.draws.keep_apart": lambda c: draws.keep_apart(
        c.session, **_runs(c), participant_ids=(c.participant(), c.participant()), apart=True
    ),
    "workshops.live.questions.answer_question": lambda c: questions.answer_question(
        c.taking_part_in_own(), by=c.me, question_id=c.question(), written="Oui", now=NOW
    ),
    "workshops.live.projection.open_projector": lambda c: projection.open_projector(c.session, **_runs(c)),
    "workshops.live.projection.close_projector": lambda c: projection.close_projector(c.session, **_runs(c)),
    "workshops.live.entrance.open_joining": lambda c: entrance.open_joining(c.session, **_runs(c)),
    "workshops.live.entrance.close_joining": lambda c: entrance.close_joining(c.session, **_runs(c)),
    "workshops.live.entrance.show_qr": lambda c: entrance.show_qr(c.session, **_runs(c), shown=True),
    "workshops.live.entrance.workshop_entrance": lambda c: entrance.workshop_entrance(c.session, **_runs(c)),
    "workshops.live.entrance.admit_people": lambda c: entrance.admit_people(
        c.session, **_runs(c), participant_ids=[c.participant()]
    ),
    "workshops.live.entrance.remove_participant": lambda c: entrance.remove_participant(
        c.session, **_runs(c), participant_id=c.participant()
    ),
    "workshops.live.entrance.bring_back": lambda c: entrance.bring_back(
        c.session, **_runs(c), participant_id=c.participant()
    ),
    "workshops.live.seats.sit_together": lambda c: seats.sit_together(
        c.session, **_runs(c), participant_ids=[c.participant()]
    ),
    "workshops.live.seats.sit_in_groups": lambda c: seats.sit_in_groups(
        c.session, **_runs(c), groups=[[c.participant()]]
    ),
    "workshops.live.returning.give_place_back": lambda c: returning.give_place_back(
        c.session, **_runs(c), **_known_again(c)
    ),
    "workshops.live.seats.sit_alone": lambda c: seats.sit_alone(c.session, **_runs(c), participant_id=c.participant()),
    "workshops.live.pushing.push_activity": lambda c: pushing.push_activity(c.session, **_led(c), activity="papier"),
    "workshops.live.pushing.push_step": lambda c: pushing.push_step(c.session, **_led(c), step=0),
    "workshops.live.pushing.start_timer": lambda c: pushing.start_timer(c.session, **_led(c), minutes=5),
    "workshops.live.pushing.stop_timer": lambda c: pushing.stop_timer(c.session, **_led(c)),
    "workshops.live.pushing.pause_group": lambda c: pushing.pause_group(c.session, **_led(c), minutes=2),
    "workshops.live.pushing.resume_group": lambda c: pushing.resume_group(c.session, **_led(c)),
    "workshops.live.help_requests.mark_help_seen": lambda c: help_requests.mark_help_seen(
        c.session, by=c.me, help_id=_called(c), now=NOW
    ),
    "workshops.live.help_requests.mark_help_done": lambda c: help_requests.mark_help_done(
        c.session, by=c.me, help_id=_called(c), now=NOW
    ),
    "workshops.live.help_requests.put_hint_away": lambda c: help_requests.put_hint_away(
        c.session, by=c.me, hint_id=_hinted(c), now=NOW
    ),
    "workshops.live.help_requests.send_hint": lambda c: help_requests.send_hint(
        c.session, **_led(c), participant_id=c.participant(), sentence="Relis"
    ),
    "workshops.live.progress.mark_stuck_seen": lambda c: progress.mark_stuck_seen(
        c.session, **_led(c), participant_id=c.participant()
    ),
    "workshops.live.progress.group_progress": lambda c: progress.group_progress(c.session, **_led(c)),
    "workshops.co_trainers.possible_co_trainers": lambda c: co_trainers.possible_co_trainers(c.session, **_runs(c)),
    "workshops.co_trainers.add_co_trainer": lambda c: co_trainers.add_co_trainer(
        c.session, **_runs(c), account_id=c.world.colleague
    ),
}

ON_ONESELF: dict[str, Recipe] = {
    "workshops.lifecycle.begin_workshop": lambda c: lifecycle.begin_workshop(c.session, by=c.me, kind="cv", now=NOW),
    "workshops.lifecycle.running_workshop": lambda c: lifecycle.running_workshop(c.session, of=c.me, now=NOW),
    "workshops.lifecycle.past_workshops": lambda c: lifecycle.past_workshops(c.session, of=c.me, now=NOW),
    "workshops.attendance.attendance_candidates": lambda c: attendance.attendance_candidates(
        c.session, of=c.me, today=TODAY
    ),
    "workshops.permissions.own_participation": lambda c: permissions.own_participation(
        c.taking_part().session, of=c.me, now=NOW
    ),
    "workshops.permissions.own_rows": lambda c: permissions.own_rows(c.taking_part().session, of=c.me, now=NOW),
    "workshops.permissions.admitted_participation": lambda c: permissions.admitted_participation(
        c.taking_part().session, of=c.me, now=NOW
    ),
    "workshops.records.portfolio.own_page": lambda c: portfolio.own_page(c.taking_part().session, of=c.me, now=NOW),
    "workshops.records.portfolio.tick_sentence": lambda c: portfolio.tick_sentence(
        c.taking_part().session, by=c.me, line=Line.DID, sentence="J’ai aidé.", ticked=True, now=NOW
    ),
    "workshops.records.portfolio.write_sentence": lambda c: portfolio.write_sentence(
        c.taking_part().session, by=c.me, line=Line.DID, before="", typed="J’ai aidé.", now=NOW
    ),
    "workshops.records.portfolio.tick_competence": lambda c: portfolio.tick_competence(
        c.taking_part().session, by=c.me, competence="Se présenter", ticked=True, now=NOW
    ),
    "workshops.records.portfolio.choose_next_step": lambda c: portfolio.choose_next_step(
        c.taking_part().session, by=c.me, sentence="Relire", now=NOW
    ),
    "workshops.records.portfolio.share_page": lambda c: portfolio.share_page(
        c.taking_part().session, by=c.me, shared=True, now=NOW
    ),
    "workshops.records.portfolio_file.own_page_pdf": lambda c: portfolio_file.own_page_pdf(
        c.taking_part().session, of=c.me, now=NOW
    ),
    "workshops.live.board.led_now": lambda c: board.led_now(c.running().session, of=c.me, now=NOW),
    "workshops.live.joining.join_workshop": lambda c: joining.join_workshop(
        c.open_door(), of=c.me, code="ABCDEF", first_name="Tom", now=NOW
    ),
    "workshops.live.joining.leave_workshop": lambda c: joining.leave_workshop(
        c.taking_part().session, by=c.me, now=NOW
    ),
    "workshops.live.returning.step_aside": lambda c: returning.step_aside(c.taking_part().session, by=c.me, now=NOW),
    "workshops.live.returning.offered_place": lambda c: returning.offered_place(_given_back(c), of=c.me, now=NOW),
    "workshops.live.returning.take_offered_place": lambda c: returning.take_offered_place(
        _given_back(c), of=c.me, now=NOW
    ),
    "workshops.live.seats.seat_mates": lambda c: seats.seat_mates(c.taking_part().session, of=c.me, now=NOW),
    "workshops.live.help_requests.ask_help": lambda c: help_requests.ask_help(
        c.taking_part().session, by=c.me, reason="ecrire", now=NOW
    ),
    "workshops.live.help_requests.withdraw_help": lambda c: help_requests.withdraw_help(
        c.taking_part().session, by=c.me, now=NOW
    ),
    "workshops.live.participant_screen.session_screen": lambda c: participant_screen.session_screen(
        c.taking_part().asked(), of=c.me, now=NOW
    ),
    "workshops.live.participant_screen.participant_view": lambda c: participant_screen.participant_view(
        c.taking_part().session, of=c.me, now=NOW
    ),
}

ON_ONESELF["workshops.plans.library.all_plans"] = lambda c: library.all_plans(c.session, of=c.me)


def _plan_of_their_structure(c: Case) -> dict[str, Any]:
    """A plan that belongs to the structure of whoever the case is about."""
    account = c.session.get(Account, c.it.whom)
    if account is None or account.organisation_id is None:
        return {"of": c.me, "plan_id": "inconnu"}
    body = {"content": library.shipped_plans()["mon-premier-cv"].model_dump(mode="json")}
    row = OwnPlan(organisation_id=account.organisation_id, by_id="x", title="Le nôtre", body=body)
    c.session.add(row)
    c.session.flush()
    return {"of": c.me, "plan_id": row.id}


def _written_plan(c: Case) -> dict[str, Any]:
    """The same, for who writes it."""
    return {"by": c.me, "plan_id": _plan_of_their_structure(c)["plan_id"], "now": NOW}


ON_ONESELF |= {
    "workshops.plans.editing.add_plan": lambda c: editing.add_plan(
        c.session, by=c.me, body=library.shipped_plans()["telephoner"].model_dump(mode="json"), now=NOW
    ),
    "workshops.planning.planned_sessions": lambda c: planning.planned_sessions(c.session, of=c.me, today=TODAY),
    "workshops.plans.editing.begin_plan": lambda c: editing.begin_plan(c.session, by=c.me, now=NOW),
    "workshops.plans.library.shown_lessons": lambda c: library.shown_lessons(c.session, of=c.me),
    "workshops.plans.files.lost_activities": lambda c: files.lost_activities(
        c.session, of=c.me, plan=library.shipped_plans()["telephoner"]
    ),
    "workshops.plans.files.take_in_plan": lambda c: files.take_in_plan(
        c.session, by=c.me, plan=library.shipped_plans()["telephoner"], now=NOW
    ),
}

ON_SOMEBODY |= {
    "workshops.planning.plan_session": lambda c: planning.plan_session(
        c.session, **_written_plan(c), day=TODAY, start=time(9, 30)
    ),
    "workshops.plans.editing.copy_plan": lambda c: editing.copy_plan(c.session, **_written_plan(c)),
    "workshops.plans.editing.set_value": lambda c: editing.set_value(
        c.session,
        **_written_plan(c),
        path=("titre",),
        value="Le vôtre",
        shown=[changes.value_fingerprint("Mon premier CV")],
    ),  # fmt: skip
    "workshops.plans.editing.set_activity": lambda c: editing.set_activity(
        c.session, **_written_plan(c), step="accueil", activity="libre", shown=[changes.value_fingerprint("oral")]
    ),
    "workshops.plans.editing.add_part": lambda c: editing.add_part(
        c.session, **_written_plan(c), listed="kit", after="", base=1
    ),
    "workshops.plans.editing.remove_part": lambda c: editing.remove_part(
        c.session, **_written_plan(c), path=("etapes",), part="accueil", base=1
    ),
    "workshops.plans.editing.move_part": lambda c: editing.move_part(
        c.session, **_written_plan(c), path=("etapes",), part="accueil", places=1, base=1
    ),
    "workshops.plans.editing.undo_change": lambda c: editing.undo_change(c.session, **_written_plan(c), base=1),
    "workshops.plans.editing.delete_plan": lambda c: editing.delete_plan(c.session, **_written_plan(c), base=1),
    "workshops.plans.files.carried_plan": lambda c: files.carried_plan(c.session, **_plan_of_their_structure(c)),
    "workshops.plans.library.ready_plan": lambda c: library.ready_plan(c.session, **_plan_of_their_structure(c)),
    "workshops.lifecycle.begin_planned_workshop": lambda c: lifecycle.begin_planned_workshop(
        c.session, by=c.me, plan_id=_plan_of_their_structure(c)["plan_id"], now=NOW
    ),
    "workshops.live.rehearsal.begin_rehearsal": lambda c: rehearsal.begin_rehearsal(
        c.session, by=c.me, plan_id=_plan_of_their_structure(c)["plan_id"], now=NOW
    ),
    "workshops.live.rehearsal.step_rehearsal": lambda c: rehearsal.step_rehearsal(c.session, **_runs(c)),
    "workshops.plans.library.plan_for": lambda c: library.plan_for(c.session, **_plan_of_their_structure(c)),
    "workshops.plans.library.frozen_body": lambda c: library.frozen_body(c.session, **_plan_of_their_structure(c)),
    "workshops.plans.paper.plan_file": lambda c: paper.plan_file(c.session, **_plan_of_their_structure(c)),
    "workshops.plans.paper.kit_file": lambda c: paper.kit_file(c.session, **_plan_of_their_structure(c)),
}

# Nothing given is as good as « non » here: these filter instead of refusing.
FILTERING = {
    "workshops.records.portfolio.own_page",
    "workshops.permissions.own_participation",
    "workshops.permissions.own_rows",
    "workshops.live.participant_screen.participant_view",
    "workshops.live.participant_screen.session_screen",
    "workshops.live.returning.offered_place",
}
