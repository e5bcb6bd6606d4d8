"""Acts on many people: whom they reach, who is left out and why, nothing the screen did not show, undone in one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.cohort.many import handing_over, listing, meetings, messages, steps
from clicnjob.cohort.many.reach import NobodyReached, NobodyTicked, Reach, TooManyTicked, ticked_people
from clicnjob.cohort.progress.overview import CohortFilters, cohort_page, found_people
from clicnjob.cohort.support import (
    agenda,
    appointments,
    case_closure,
    handovers,
    help_requests,
    lists,
    next_steps,
    threads,
)
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.cohort.support.handovers import AdviserGone
from clicnjob.errors import ChangedMeanwhile, NotFound
from clicnjob.models import Account, AuditEvent, Handover, LearningKind, NextStep, Role
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import count_queries, person

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]

PLAN = AppointmentPlan(TODAY + timedelta(days=3), time(14), 60, "sur_place", "Salle 2", "Réunion CEJ")
SOON = TODAY + timedelta(days=14)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def group(here: Place) -> list[Account]:
    """Three people whom Claire follows, by name."""
    young = [here.young("Ana", "Arc"), here.young("Bilal", "Baud"), here.young("Chloé", "Caron")]
    for one in young:
        here.row(one)
    return young


def ids(people: list[Account]) -> list[str]:
    return [one.id for one in people]


def reasons(reach: Reach) -> dict[str, str]:
    return {one.first_name: one.why for one in (*reach.left_out, *reach.warnings)}


def steps_of(here: Place, who: Account) -> list[str]:
    shown = next_steps.on_person(here.session, by=here.head, account_id=who.id, today=TODAY)
    return [one.step.cle for one in shown]


def propose(here: Place, people: list[Account], key: str = "cv", by: Account | None = None) -> int:
    act = {"by": by or here.claire, "account_ids": ids(people), "today": TODAY}
    shown = steps.step_reach(here.session, **act).version  # type: ignore[arg-type]
    return steps.propose_to_many(here.session, **act, key=key, word="", shown=shown, now=NOW)  # type: ignore[arg-type]


def hand_many(here: Place, people: list[Account], until: date | None = None, by: Account | None = None) -> int:
    act = {"by": by or here.claire, "account_ids": ids(people), "to_id": here.karim.id, "until": until, "today": TODAY}
    shown = handing_over.handover_reach(here.session, **act).version  # type: ignore[arg-type]
    return handing_over.hand_over_many(here.session, **act, shown=shown, now=NOW)  # type: ignore[arg-type]


def test_nobody_and_too_many_are_refused_before_anything_is_read(here: Place) -> None:
    for wanted, refusal in (([], NobodyTicked), ([str(n) for n in range(policy.PEOPLE_AT_ONCE + 1)], TooManyTicked)):
        with pytest.raises(refusal):
            ticked_people(here.session, by=here.claire, account_ids=wanted, today=TODAY)


def test_a_colleagues_people_and_those_of_another_structure_are_counted_and_not_named(
    here: Place, group: list[Account], session: Session
) -> None:
    strangers = [here.newcomer("Sam", "Karimi", adviser=here.karim), place(session, "Ailleurs").young()]
    reach = steps.step_reach(here.session, by=here.claire, account_ids=ids([*group, *strangers]), today=TODAY)
    assert (len(reach.receivers), reach.gone, reasons(reach)) == (3, 2, {})


def test_whose_support_has_ended_is_left_out_of_everything(here: Place, group: list[Account]) -> None:
    case_closure.close_case(here.session, by=here.claire, account_id=group[0].id, reason="cdi", today=TODAY, now=NOW)
    act = {"by": here.claire, "account_ids": ids(group), "today": TODAY}
    reaches: list[Callable[[], Reach]] = [
        lambda: steps.step_reach(here.session, **act),  # type: ignore[arg-type]
        lambda: messages.message_reach(here.session, **act, now=NOW),  # type: ignore[arg-type]
        lambda: meetings.appointment_reach(here.session, **act, plan=PLAN, now=NOW),  # type: ignore[arg-type]
        lambda: listing.list_reach(here.session, **act, list_id=""),  # type: ignore[arg-type]
        lambda: handing_over.handover_reach(here.session, **act, to_id=here.karim.id, until=None),  # type: ignore[arg-type]
    ]
    for read in reaches:
        found = read()
        assert (len(found.receivers), reasons(found)) == (2, {"Ana": "accompagnement terminé"})


def test_a_step_names_what_it_replaces_and_undoing_brings_that_back(here: Place, group: list[Account]) -> None:
    propose(here, group[:1], key="test", by=here.head)
    reach = steps.step_reach(here.session, by=here.claire, account_ids=ids(group), today=TODAY)
    assert list(reasons(reach)) == ["Ana"] and "de Hélène" in reasons(reach)["Ana"]
    assert (
        steps.propose_to_many(
            here.session, by=here.claire, account_ids=ids(group), key="cv", word="", shown=reach.version, today=TODAY,
            now=LATER,
        )
        == 3
    )  # fmt: skip
    assert [steps_of(here, one) for one in group] == [["cv"], ["cv"], ["cv"]]
    assert steps.undo_proposals(here.session, by=here.claire, at=LATER, today=TODAY, now=LATER + timedelta(days=2)) == 0
    done = steps.undo_proposals(here.session, by=here.claire, at=LATER, today=TODAY, now=LATER + timedelta(hours=1))
    assert done == 3
    assert [steps_of(here, one) for one in group] == [["test"], [], []]


def test_a_lesson_goes_to_many_and_an_unknown_one_to_nobody(here: Place, group: list[Account]) -> None:
    shown = steps.step_reach(here.session, by=here.claire, account_ids=ids(group), today=TODAY).version
    act: dict[str, Any] = {
        "by": here.claire, "account_ids": ids(group), "word": "", "shown": shown, "today": TODAY, "now": NOW,
    }  # fmt: skip
    for key, content_id in (("lesson", "nulle-part"), ("cv", "joindre-un-fichier"), ("lesson", "")):
        with pytest.raises(NotFound):
            steps.propose_to_many(here.session, **act, key=key, content_id=content_id)
    assert steps.propose_to_many(here.session, **act, key="lesson", content_id="joindre-un-fichier") == 3
    proposed = next_steps.for_young(here.session, of=group[0])
    assert proposed is not None and proposed.content_id == "joindre-un-fichier"
    assert steps.undo_proposals(here.session, by=here.claire, at=NOW, today=TODAY, now=LATER) == 3


def test_a_lesson_that_a_step_would_replace_is_named_too(here: Place, group: list[Account]) -> None:
    next_steps.propose_lesson(
        here.session, by=here.head, account_id=group[0].id, kind=LearningKind.LESSON, content_id="joindre-un-fichier",
        today=TODAY, now=NOW,
    )  # fmt: skip
    reach = steps.step_reach(here.session, by=here.claire, account_ids=ids(group), today=TODAY)
    assert "Leçon" in reasons(reach)["Ana"] and "de Hélène" in reasons(reach)["Ana"]


def test_who_was_proposed_too_many_steps_today_is_left_out(here: Place, group: list[Account]) -> None:
    row = {"account_id": group[0].id, "by_id": here.claire.id, "key": "cv", "at": NOW, "withdrawn_at": NOW}
    here.session.add_all(NextStep(**row) for _ in range(policy.WRITTEN_A_DAY))
    here.session.flush()
    reach = steps.step_reach(here.session, by=here.claire, account_ids=ids(group), today=TODAY)
    assert reasons(reach) == {"Ana": "trop d’étapes aujourd’hui"}


def test_a_step_that_was_done_stays_when_the_others_are_undone(here: Place, group: list[Account]) -> None:
    propose(here, group)
    (step,) = [one for one in here.session.exec(select(NextStep)).all() if one.account_id == group[1].id]
    next_steps.mark_step_done(here.session, by=group[1], step_id=step.id, now=LATER)
    assert steps.undo_proposals(here.session, by=here.claire, at=NOW, today=TODAY, now=LATER) == 2
    assert steps_of(here, group[1]) == ["cv"]


def test_what_the_screen_did_not_show_is_refused_whole(here: Place, group: list[Account]) -> None:
    shown = steps.step_reach(here.session, by=here.claire, account_ids=ids(group), today=TODAY).version
    propose(here, group[:1], key="test", by=here.head)
    with pytest.raises(ChangedMeanwhile):
        steps.propose_to_many(
            here.session, by=here.claire, account_ids=ids(group), key="cv", word="", shown=shown, today=TODAY, now=LATER
        )
    assert [steps_of(here, one) for one in group] == [["test"], [], []]


def test_an_act_that_reaches_nobody_is_refused(here: Place, group: list[Account]) -> None:
    with pytest.raises(NobodyReached):
        propose(here, [here.newcomer("Sam", "Karimi", adviser=here.karim)])


def test_a_message_leaves_out_full_threads_tells_who_never_came_and_answers_no_help_request(
    here: Place, group: list[Account]
) -> None:
    never = here.newcomer("Dan", "Diop")
    here.row(never)
    help_requests.ask_for_help(here.session, by=group[1], now=NOW)
    for number in range(policy.MESSAGES_UNREAD):
        threads.write_to_young(
            here.session, by=here.claire, account_id=group[0].id, words=f"{number}", today=TODAY, now=NOW
        )
    act = {"by": here.claire, "account_ids": ids([*group, never]), "today": TODAY, "now": LATER}
    reach = messages.message_reach(here.session, **act)  # type: ignore[arg-type]
    assert reasons(reach) == {
        "Ana": "trop de messages non lus",
        "Dan": "jamais connecté\u00a0: lira à sa première visite",
    }
    assert messages.write_to_many(here.session, **act, words="À jeudi !", shown=reach.version) == 3  # type: ignore[arg-type]
    asked = help_requests.latest_help_request(here.session, of=group[1])
    assert asked is not None and asked.settled_at is None
    threads.mark_read_by_young(here.session, by=group[1], now=LATER)
    undone = messages.take_messages_back(here.session, by=here.claire, at=LATER, today=TODAY, now=LATER)
    assert (undone, threads.unread_by_young(here.session, of=group[2])) == (2, 0)
    assert [one.text for one in threads.own_thread(here.session, of=group[1])] == ["À jeudi !"]


def test_an_appointment_names_who_is_busy_then_and_is_cancelled_for_all(here: Place, group: list[Account]) -> None:
    earlier = AppointmentPlan(PLAN.day, time(14, 30), 30, "telephone")
    appointments.propose_appointment(
        here.session, by=here.claire, account_id=group[0].id, plan=earlier, today=TODAY, now=NOW
    )
    act = {"by": here.claire, "account_ids": ids(group), "plan": PLAN, "today": TODAY, "now": LATER}
    reach = meetings.appointment_reach(here.session, **act)  # type: ignore[arg-type]
    assert list(reasons(reach)) == ["Ana"] and "14 h 30" in reasons(reach)["Ana"].replace("\u00a0", " ")
    assert meetings.propose_to_many(here.session, **act, shown=reach.version) == 3  # type: ignore[arg-type]
    found = agenda.own_agenda(here.session, of=here.claire, first=PLAN.day, last=PLAN.day, today=TODAY)
    assert len(found) == 4
    assert meetings.withdraw_from_many(here.session, by=here.claire, at=LATER, today=TODAY, now=LATER) == 3
    found = agenda.own_agenda(here.session, of=here.claire, first=PLAN.day, last=PLAN.day, today=TODAY)
    assert [one.first_name for one in found] == ["Ana"]


def test_an_appointment_of_which_something_came_is_not_cancelled_with_the_others(
    here: Place, group: list[Account]
) -> None:
    plan = AppointmentPlan(TODAY, time(14), 30, "telephone")
    act = {"by": here.claire, "account_ids": ids(group), "plan": plan, "today": TODAY, "now": NOW}
    shown = meetings.appointment_reach(here.session, **act).version  # type: ignore[arg-type]
    meetings.propose_to_many(here.session, **act, shown=shown)  # type: ignore[arg-type]
    [held] = appointments.of_young(here.session, of=group[0], today=TODAY)
    after = appointments.start_instant(TODAY, time(15))
    appointments.note_outcome(
        here.session, by=here.claire, appointment_id=held.id, outcome="venu", today=TODAY, now=after
    )
    assert meetings.withdraw_from_many(here.session, by=here.claire, at=NOW, today=TODAY, now=after) == 2
    assert [one.cancelled for one in appointments.of_young(here.session, of=group[0], today=TODAY)] == [False]


def test_people_go_on_a_new_list_once_and_off_again(here: Place, group: list[Account]) -> None:
    act = {"by": here.claire, "account_ids": ids(group[:2]), "today": TODAY}
    shown = listing.list_reach(here.session, **act, list_id="").version  # type: ignore[arg-type]
    made = listing.put_on_list(here.session, **act, list_id="", new_name="Jeudi", shown=shown)  # type: ignore[arg-type]
    reach = listing.list_reach(here.session, by=here.claire, account_ids=ids(group), list_id=made.list_id, today=TODAY)
    assert reasons(reach) == {"Ana": "déjà dans la liste", "Bilal": "déjà dans la liste"}
    assert listing.take_off_list(here.session, by=here.claire, listed=made) == 2
    assert lists.list_members(here.session, of=here.claire, list_id=made.list_id, today=TODAY) == ()
    with pytest.raises(NotFound):
        listing.list_reach(here.session, by=here.head, account_ids=ids(group), list_id=made.list_id, today=TODAY)


def test_a_portfolio_is_lent_for_an_absence_and_told_and_undone_in_one(here: Place, group: list[Account]) -> None:
    assert hand_many(here, group, until=SOON) == 3
    assert cohort_page(here.session, adviser=here.karim, today=TODAY).found == 3
    assert cohort_page(here.session, adviser=here.karim, today=SOON + timedelta(days=1)).found == 0
    assert "Karim Saïd te suit" in threads.own_thread(here.session, of=group[0])[0].text
    (act,) = handovers.handovers_to_undo(here.session, by=here.claire, now=LATER)
    assert [one.first_name for one in act.handovers] == ["Ana", "Bilal", "Chloé"]
    undone = handovers.undo_handover(here.session, by=here.claire, handover_id=act.id, today=TODAY, now=LATER)
    assert (undone, cohort_page(here.session, adviser=here.karim, today=TODAY).found) == (3, 0)
    assert threads.own_thread(here.session, of=group[0]) == ()
    assert handovers.handovers_to_undo(here.session, by=here.claire, now=LATER) == ()
    lines = here.session.exec(select(AuditEvent.act).where(AuditEvent.whom_id == group[2].id)).all()
    assert lines == ["lent", "handover undone"]


def test_for_good_what_is_to_come_follows_and_comes_back(here: Place, group: list[Account]) -> None:
    for who in group[:2]:
        appointments.propose_appointment(
            here.session, by=here.claire, account_id=who.id, plan=PLAN, today=TODAY, now=NOW
        )
    by_the_head = AppointmentPlan(PLAN.day, time(9), 30, "telephone")
    appointments.propose_appointment(
        here.session, by=here.head, account_id=group[0].id, plan=by_the_head, today=TODAY, now=NOW
    )
    help_requests.ask_for_help(here.session, by=group[0], word="Aide", now=NOW)
    hand_many(here, group)

    def days_of(who: Account) -> int:
        return len(agenda.own_agenda(here.session, of=who, first=PLAN.day, last=PLAN.day, today=TODAY))

    assert (days_of(here.claire), days_of(here.karim), days_of(here.head)) == (0, 2, 1)
    rows = {row.first_name: [alert.key for alert in row.alerts] for row in here.rows(here.karim)}
    assert "aide" in rows["Ana"]
    (act,) = handovers.handovers_to_undo(here.session, by=here.claire, now=LATER)
    handovers.undo_handover(here.session, by=here.claire, handover_id=act.id, today=TODAY, now=LATER)
    assert (days_of(here.claire), days_of(here.karim), days_of(here.head)) == (2, 0, 1)


def test_who_was_handed_on_since_stays_with_them_when_the_rest_comes_back(here: Place, group: list[Account]) -> None:
    lea = person(here.session, Role.ADVISER, organisation_id=here.organisation_id, first_name="Léa")
    hand_many(here, group)
    shown = handovers.of_person(here.session, by=here.karim, account_id=group[0].id, today=TODAY)[0].id
    handovers.hand_over(
        here.session, by=here.karim, account_id=group[0].id, to_id=lea.id, note="Mieux placée", agreed=True,
        shown_id=shown, today=TODAY, now=LATER,
    )  # fmt: skip
    (act,) = handovers.handovers_to_undo(here.session, by=here.claire, now=LATER)
    assert handovers.undo_handover(here.session, by=here.claire, handover_id=act.id, today=TODAY, now=LATER) == 2
    assert [one.adviser_id for one in group] == [lea.id, here.claire.id, here.claire.id]


def test_who_is_head_no_more_undoes_only_what_they_handed_over_of_their_own(here: Place, group: list[Account]) -> None:
    hand_many(here, group, by=here.head)
    here.head.role = Role.ADVISER
    here.session.flush()
    assert handovers.handovers_to_undo(here.session, by=here.head, now=LATER) == ()
    with pytest.raises(NotFound):
        handing_over.undo_handover_of_many(here.session, by=here.head, at=NOW, today=TODAY, now=LATER)
    assert {one.adviser_id for one in group} == {here.karim.id}


def test_nobody_comes_back_to_a_closed_account(here: Place, group: list[Account]) -> None:
    hand_many(here, group, by=here.head)
    here.claire.closed_at = LATER
    here.session.flush()
    (act,) = handovers.handovers_to_undo(here.session, by=here.head, now=LATER)
    with pytest.raises(AdviserGone):
        handovers.undo_handover(here.session, by=here.head, handover_id=act.id, today=TODAY, now=LATER)


def test_a_handover_names_loans_that_end_and_appointments_during_the_absence(here: Place, group: list[Account]) -> None:
    appointments.propose_appointment(
        here.session, by=here.claire, account_id=group[1].id, plan=PLAN, today=TODAY, now=NOW
    )
    hand_many(here, group[:1], until=SOON)
    lent = here.newcomer("Dan", "Diop", adviser=here.karim)
    here.session.add(Handover(account_id=lent.id, by_id=here.karim.id, to_id=here.claire.id, until=SOON, at=NOW))
    here.session.flush()
    reach = handing_over.handover_reach(
        here.session, by=here.claire, account_ids=ids([*group, lent]), to_id=here.karim.id, until=SOON, today=TODAY
    )
    told = reasons(reach)
    assert list(told) == ["Dan", "Ana", "Bilal"] and len(reach.receivers) == 3
    assert told["Ana"] == "n’est plus confié à Karim" and told["Bilal"].startswith("rendez-vous le ")
    assert told["Dan"] == "déjà suivi par ce collègue"


def test_fifty_people_are_handed_over_in_a_fixed_number_of_queries_and_a_line_each(
    here: Place, group: list[Account]
) -> None:
    many = [*group, *(here.young(f"Jeune {number}", "Nombre") for number in range(47))]
    act = {"by": here.claire, "account_ids": ids(many), "to_id": here.karim.id, "until": None, "today": TODAY}
    shown = handing_over.handover_reach(here.session, **act).version  # type: ignore[arg-type]
    with count_queries(here.session.get_bind(), 50 + 36):  # type: ignore[arg-type]
        handing_over.hand_over_many(here.session, **act, shown=shown, now=NOW)  # type: ignore[arg-type]
    assert cohort_page(here.session, adviser=here.karim, today=TODAY).found == 50


def test_all_whom_a_filter_finds_are_ticked_over_every_page(here: Place, group: list[Account]) -> None:
    found = found_people(
        here.session, adviser=here.claire, today=TODAY, filters=CohortFilters(search="a"), most=policy.PEOPLE_AT_ONCE
    )
    assert list(found) == [row.id for row in sorted(here.rows(search="a"), key=lambda row: row.last_name)]
