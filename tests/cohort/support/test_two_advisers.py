"""Two professionals at once on one sheet: nothing is overwritten in silence, whatever the gesture."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from clicnjob.accounts import people
from clicnjob.accounts.reauthentication import Proof
from clicnjob.cohort.support import (
    appointment_requests,
    appointments,
    case_closure,
    contacts,
    handovers,
    help_requests,
    next_steps,
)
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.errors import ChangedMeanwhile
from clicnjob.models import Account, LearningKind, Role
from clicnjob.paths import PACKAGE
from tests.cohort_people import NOW, TODAY, place
from tests.conftest import person
from tests.for_each import for_each

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]

PLAN = AppointmentPlan(TODAY, time(15), 30, "telephone")
AFTER = datetime(NOW.year, NOW.month, NOW.day, 20, tzinfo=NOW.tzinfo)  # the appointment has begun


class Sheet:
    """One young person's sheet as both screens showed it before anybody acted."""

    def __init__(self, session: Session) -> None:
        self.here = place(session)
        self.session = session
        self.zoe = self.here.young()
        self.here.row(self.zoe)
        self.lea = person(session, Role.ADVISER, organisation_id=self.here.organisation_id, first_name="Léa")
        made = appointments.propose_appointment(
            session, by=self.here.claire, account_id=self.zoe.id, plan=PLAN, today=TODAY, now=NOW
        )
        self.appointment_id = made
        next_steps.propose_step(
            session, by=self.here.claire, account_id=self.zoe.id, key="metiers", today=TODAY, now=NOW
        )
        self.step_id = next_steps.on_person(session, by=self.here.claire, account_id=self.zoe.id, today=TODAY)[0].id

    def on(self, by: Account) -> dict[str, Any]:
        return {"by": by, "account_id": self.zoe.id, "today": TODAY}


def _lent(sheet: Sheet) -> str:
    """Zoé is lent to Karim; the id of the loan that both screens show."""
    shown = handovers.of_person(sheet.session, **sheet.on(sheet.here.head))
    if not shown:
        _hand(sheet, sheet.here.head, sheet.here.karim, until=TODAY + timedelta(days=7), at=NOW)
        shown = handovers.of_person(sheet.session, **sheet.on(sheet.here.head))
    return shown[-1].id


def _hand(sheet: Sheet, by: Account, to: Account, *, at: datetime = AFTER, **more: Any) -> None:
    handovers.hand_over(
        sheet.session, **sheet.on(by), to_id=to.id, note="Vu", agreed=True, shown_id="", now=at, **more
    )  # fmt: skip


def _card(sheet: Sheet, by: Account) -> None:
    at = AFTER if by is sheet.here.head else AFTER + timedelta(seconds=9)
    people.renew_card(sheet.session, by=by, account_id=sheet.zoe.id, proof=Proof(by.id, at), shown_at=NOW, now=at)


# The first of the two acts with the same screen is the head's, the second the adviser's.
OVERWRITING: dict[str, Callable[[Sheet, Account], object]] = {
    "next_steps.propose_step": lambda s, by: next_steps.propose_step(
        s.session, by=by, account_id=s.zoe.id, key="cv", instead_of=s.step_id, today=TODAY, now=AFTER
    ),
    "next_steps.propose_lesson": lambda s, by: next_steps.propose_lesson(
        s.session, **s.on(by), kind=LearningKind.LESSON, content_id="joindre-un-fichier", instead_of=s.step_id, now=AFTER
    ),
    "next_steps.withdraw_step": lambda s, by: next_steps.withdraw_step(
        s.session, by=by, step_id=s.step_id, today=TODAY, now=AFTER
    ),
    "appointments.note_outcome": lambda s, by: appointments.note_outcome(
        s.session, by=by, appointment_id=s.appointment_id, today=TODAY, now=AFTER,
        outcome="venu" if by is s.here.head else "absent",
    ),
    "appointments.withdraw_appointment": lambda s, by: appointments.withdraw_appointment(
        s.session, by=by, appointment_id=s.appointment_id, today=TODAY, now=AFTER
    ),
    "contacts.change_phone": lambda s, by: contacts.change_phone(
        s.session, **s.on(by), typed="06 39 98 11 11" if by is s.here.head else "06 39 98 22 22"
    ),
    "handovers.hand_over": lambda s, by: _hand(s, by, s.lea if by is s.here.head else s.here.karim,
                                               until=TODAY + timedelta(days=7)),
    "handovers.take_back": lambda s, by: handovers.take_back(
        s.session, by=by, handover_id=_lent(s), today=TODAY, now=AFTER
    ),
    "case_closure.close_case": lambda s, by: case_closure.close_case(s.session, **s.on(by), reason="cdi", now=AFTER),
    "people.renew_card": _card,
}  # fmt: skip
# These only add, or repeat what is already so; each with what the second person is told or keeps.
ADDING = {
    "threads.write_to_young": "Both messages stand in the thread.",
    "threads.take_message_back": "One's own message.",
    "threads.mark_read_by_adviser": "Read is read.",
    "notes.write_note": "Both notes stay.",
    "notes.remove_note": "One's own note.",
    "comments.add_comment": "Both comments stay.",
    "comments.remove_comment": "One's own comment.",
    "comments.mark_comment_read": "Read is read.",
    "contacts.note_contact": "Both calls stay; the latest decides the reminder, and both are shown.",
    "contacts.undo_contact": "One's own call.",
    "appointments.propose_appointment": "Both appointments stand; the person answers each.",
    "appointments.mark_answer_seen": "Seen is seen.",
    "next_steps.mark_step_seen": "Seen is seen.",
    "help_requests.settle_help_request": "It says that a colleague has answered already.",
    "appointment_requests.settle_appointment_request": "It says that a colleague has answered already.",
    "lists.add_to_list": "One's own list.",
    "lists.take_out": "One's own list.",
    "alert_silences.silence_alert": "For oneself alone.",
    "alert_silences.undo_silence": "For oneself alone.",
    "people.unlock_card": "Unlocked is unlocked.",
    "person_file.up_to_date": "Computed from the work.",
    "permissions.note_view": "A line of the log.",
    "case_closure.bring_back": "Tried below.",
    "file_merges.merge_files": "The second finds no file to take in.",
    "merge_undo.undo_merge": "The second finds it undone.",
}
READING = {
    "channels.reached_person",
    "file_merges.merge_sides",
    "person_file.person_file",
    "permissions.followed_person",
    "lessons_done.lessons_done",
    "threads.thread_on_person",
}


@for_each("name", OVERWRITING)
def test_the_second_of_two_acts_on_the_same_screen_is_refused(session: Session, name: str) -> None:
    with session.begin_nested() as savepoint:
        sheet = Sheet(session)
        if name == "handovers.take_back":
            _lent(sheet)
        OVERWRITING[name](sheet, sheet.here.head)
        with pytest.raises(ChangedMeanwhile) as refused:
            OVERWRITING[name](sheet, sheet.here.claire)
        assert " te " not in f" {refused.value.sentence} ", "professionals read « vous »"
        savepoint.rollback()


def test_a_file_is_reopened_once(session: Session) -> None:
    sheet = Sheet(session)
    case_closure.close_case(session, **sheet.on(sheet.here.claire), reason="cdi", now=NOW)
    case_closure.bring_back(session, **sheet.on(sheet.here.head), now=AFTER)
    with pytest.raises(ChangedMeanwhile):
        case_closure.bring_back(session, **sheet.on(sheet.here.claire), now=AFTER)


def test_the_second_who_answers_a_request_is_told_that_it_was_answered(session: Session) -> None:
    sheet = Sheet(session)
    help_requests.ask_for_help(session, by=sheet.zoe, now=NOW)
    offered = [one.key for one in appointment_requests.offered_half_days(TODAY)[:2]]
    appointment_requests.ask_for_appointment(
        session, by=sheet.zoe, half_days=offered, reasons=["cv"], today=TODAY, now=NOW
    )
    for settle in (help_requests.settle_help_request, appointment_requests.settle_appointment_request):
        answers = [settle(session, **sheet.on(by), now=AFTER) for by in (sheet.here.head, sheet.here.claire)]
        assert answers == [True, False]


def test_every_gesture_of_the_sheet_is_known_here() -> None:
    rooms = PACKAGE / "ui" / "adviser"
    files = [*(rooms / "person").glob("*.py"), rooms / "new_card.py", rooms / "meetings.py", rooms / "seen_alerts.py"]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    called = {f"{room}.{name}" for room, name in re.findall(r"(\w+)\.(\w+)\(\s*(?:session|s), by=me", code)}
    called |= {f"{room}.{name}" for room, name in re.findall(r"(\w+)\.(\w+)\(\s*session,\s*by=me", code)}
    assert len(called) > 20
    assert called - {*OVERWRITING, *ADDING} - READING == set()
