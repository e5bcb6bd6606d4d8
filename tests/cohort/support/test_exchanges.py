"""What a professional and a young person tell one another: comments, steps, notes, calls for help, appointments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session

from clicnjob import models, policy
from clicnjob.cohort import vocabulary
from clicnjob.cohort.support import appointments, comments, help_requests, next_steps, notes
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, NextStep, Role
from clicnjob.paths import PAGES
from tests.cohort_people import NOW, TODAY, Place, place
from tests.conftest import person
from tests.for_each import for_each

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]

LATER = NOW + timedelta(hours=1)
PLAN = AppointmentPlan(TODAY + timedelta(days=1), time(14), 30, "sur_place", "Bureau 12")


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def zoe(here: Place) -> Account:
    return here.young()


def said(here: Place, zoe: Account, words: str = "Ajoute ton stage.") -> str:
    return comments.add_comment(
        here.session, by=here.claire, account_id=zoe.id, section="experiences", words=words, today=TODAY, now=NOW
    )


def _proposed_step(here: Place, zoe: Account) -> str:
    """The id of a step that her adviser proposed."""
    step = NextStep(account_id=zoe.id, by_id=here.claire.id, key="cv", at=NOW)
    here.session.add(step)
    here.session.flush()
    return step.id


ACTS: dict[str, Callable[[Place, Account, Account], object]] = {
    "comment": lambda here, who, zoe: comments.add_comment(
        here.session, by=who, account_id=zoe.id, section="experiences", words="Bien", today=TODAY, now=models.utc_now()
    ),
    "read comments": lambda here, who, zoe: comments.on_person(here.session, by=who, account_id=zoe.id, today=TODAY),
    "step": lambda here, who, zoe: next_steps.propose_step(
        here.session, by=who, account_id=zoe.id, key="cv", today=TODAY, now=models.utc_now()
    ),
    "read steps": lambda here, who, zoe: next_steps.on_person(here.session, by=who, account_id=zoe.id, today=TODAY),
    "withdraw step": lambda here, who, zoe: next_steps.withdraw_step(
        here.session, by=who, step_id=_proposed_step(here, zoe), today=TODAY, now=models.utc_now()
    ),
    "note": lambda here, who, zoe: notes.write_note(
        here.session, by=who, account_id=zoe.id, words="Vu", today=TODAY, now=models.utc_now()
    ),
    "read notes": lambda here, who, zoe: notes.on_person(here.session, by=who, account_id=zoe.id, today=TODAY),
    "settle call": lambda here, who, zoe: help_requests.settle_help_request(
        here.session, by=who, account_id=zoe.id, today=TODAY, now=models.utc_now()
    ),
    "appointment": lambda here, who, zoe: appointments.propose_appointment(
        here.session, by=who, account_id=zoe.id, plan=PLAN, today=TODAY, now=NOW
    ),
    "read appointments": lambda here, who, zoe: appointments.on_person(
        here.session, by=who, account_id=zoe.id, today=TODAY
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_who_follows_somebody_writes_to_them_and_reads_them(
    here: Place, zoe: Account, session: Session, act: str
) -> None:
    for who in (here.claire, here.head):
        ACTS[act](here, who, zoe)
    other = place(session, "Ailleurs")
    admin = person(session, Role.ADMIN, organisation_id=here.organisation_id)
    for who in (here.karim, here.trainer, other.claire, other.head, admin, zoe, here.young("Autre", "Jeune")):
        with pytest.raises(NotFound):
            ACTS[act](here, who, zoe)


def test_a_comment_is_read_in_its_place_and_answered_once(here: Place, zoe: Account) -> None:
    comment_id = said(here, zoe)
    (shown,) = comments.of_young(here.session, of=zoe, waiting=True)
    assert (shown.section, shown.text, shown.by, shown.waits) == ("experiences", "Ajoute ton stage.", "Claire", True)
    comments.answer_comment(here.session, by=zoe, comment_id=comment_id, words="C’est fait\u00a0!", now=LATER)
    assert comments.of_young(here.session, of=zoe, waiting=True) == ()
    (read,) = comments.on_person(here.session, by=here.claire, account_id=zoe.id, today=TODAY)
    assert (read.answer, read.answered_at, read.read_at) == ("C’est fait\u00a0!", LATER, None)
    comments.mark_comment_read(here.session, by=here.claire, comment_id=comment_id, today=TODAY, now=LATER)
    assert comments.on_person(here.session, by=here.claire, account_id=zoe.id, today=TODAY)[0].read_at == LATER


def test_a_comment_can_be_settled_without_a_word(here: Place, zoe: Account) -> None:
    comment_id = said(here, zoe)
    comments.settle_comment(here.session, by=zoe, comment_id=comment_id, now=models.utc_now())
    assert comments.of_young(here.session, of=zoe, waiting=True) == ()
    with pytest.raises(NotFound):
        comments.answer_comment(here.session, by=zoe, comment_id=comment_id, words="Trop tard", now=models.utc_now())


def test_nobody_answers_settles_or_removes_what_is_not_theirs(here: Place, zoe: Account) -> None:
    comment_id = said(here, zoe)
    other = here.young("Autre", "Jeune")
    for act in (
        lambda: comments.answer_comment(here.session, by=other, comment_id=comment_id, words="x", now=models.utc_now()),
        lambda: comments.settle_comment(here.session, by=other, comment_id=comment_id, now=models.utc_now()),
        lambda: comments.remove_comment(here.session, by=here.head, comment_id=comment_id, now=models.utc_now()),
        lambda: comments.mark_comment_read(
            here.session, by=here.karim, comment_id=comment_id, today=TODAY, now=models.utc_now()
        ),
        lambda: comments.settle_comment(here.session, by=zoe, comment_id="unknown", now=models.utc_now()),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_comment_taken_away_is_seen_by_nobody(here: Place, zoe: Account) -> None:
    comments.remove_comment(here.session, by=here.claire, comment_id=said(here, zoe), now=models.utc_now())
    assert comments.of_young(here.session, of=zoe) == ()
    assert comments.on_person(here.session, by=here.claire, account_id=zoe.id, today=TODAY) == ()


@pytest.mark.parametrize("words", ["", "   ", "\u200b", "x" * 501, "\ud83d", "a" + "\u0301" * 50])
def test_words_that_say_nothing_or_too_much_are_refused(here: Place, zoe: Account, words: str) -> None:
    comment_id = said(here, zoe)
    for act in (
        lambda: said(here, zoe, words),
        lambda: comments.answer_comment(here.session, by=zoe, comment_id=comment_id, words=words, now=models.utc_now()),
        lambda: notes.write_note(
            here.session, by=here.claire, account_id=zoe.id, words=words, today=TODAY, now=models.utc_now()
        ),
    ):
        with pytest.raises(Refusal):
            act()


def test_a_comment_is_on_a_section_that_exists(here: Place, zoe: Account) -> None:
    with pytest.raises(NotFound):
        comments.add_comment(
            here.session,
            by=here.claire,
            account_id=zoe.id,
            section="santé",
            words="Bien",
            today=TODAY,
            now=models.utc_now(),
        )


def test_the_latest_step_is_the_one_on_the_home(here: Place, zoe: Account) -> None:
    for key in ("metiers", "cv"):
        next_steps.propose_step(
            here.session,
            by=here.claire,
            account_id=zoe.id,
            key=key,
            word="Courage",
            today=TODAY,
            now=models.utc_now(),
        )
    shown = next_steps.for_young(here.session, of=zoe)
    assert shown is not None and (shown.step.cle, shown.word, shown.by) == ("cv", "Courage", "Claire")
    next_steps.mark_step_done(here.session, by=zoe, step_id=shown.id, now=LATER)
    assert next_steps.for_young(here.session, of=zoe) is None
    (told,) = next_steps.on_person(here.session, by=here.claire, account_id=zoe.id, today=TODAY)
    assert told.done_at == LATER


def test_a_step_taken_back_leaves_the_home(here: Place, zoe: Account) -> None:
    next_steps.propose_step(
        here.session, by=here.claire, account_id=zoe.id, key="cv", today=TODAY, now=models.utc_now()
    )
    (shown,) = next_steps.on_person(here.session, by=here.claire, account_id=zoe.id, today=TODAY)
    next_steps.withdraw_step(here.session, by=here.claire, step_id=shown.id, today=TODAY, now=models.utc_now())
    assert next_steps.for_young(here.session, of=zoe) is None


def test_a_step_is_done_by_whom_it_was_proposed_to(here: Place, zoe: Account) -> None:
    next_steps.propose_step(
        here.session, by=here.claire, account_id=zoe.id, key="cv", today=TODAY, now=models.utc_now()
    )
    shown = next_steps.for_young(here.session, of=zoe)
    assert shown is not None
    with pytest.raises(NotFound):
        next_steps.mark_step_done(here.session, by=here.young("Autre", "Jeune"), step_id=shown.id, now=models.utc_now())


def test_an_unknown_step_is_not_proposed(here: Place, zoe: Account) -> None:
    with pytest.raises(NotFound):
        next_steps.propose_step(
            here.session, by=here.claire, account_id=zoe.id, key="x", today=TODAY, now=models.utc_now()
        )


@for_each("step", vocabulary.step_choices().values())
def test_every_step_opens_a_page_and_a_question_that_exist(step: vocabulary.StepWords) -> None:
    from clicnjob.cv.model.prompts import cv_prompts

    assert (PAGES / step.page).exists()
    assert not step.ecran or step.ecran in cv_prompts().screens


def test_the_young_person_reads_the_notes_about_them(here: Place, zoe: Account) -> None:
    notes.write_note(
        here.session,
        by=here.claire,
        account_id=zoe.id,
        words="Cherche en restauration.",
        today=TODAY,
        now=models.utc_now(),
    )
    assert [(one.text, one.by) for one in notes.of_young(here.session, of=zoe)] == [
        ("Cherche en restauration.", "Claire")
    ]
    assert notes.of_young(here.session, of=here.young("Autre", "Jeune")) == ()


@pytest.mark.parametrize("what", ["comment", "note", "step"])
def test_what_is_written_about_one_person_has_a_bound_a_day(here: Place, zoe: Account, what: str) -> None:
    """A loop would fill the table, and the pages of the young person, who reads it all."""
    asked: dict[str, Any] = {"by": here.claire, "account_id": zoe.id, "today": TODAY}
    acts: dict[str, Callable[..., object]] = {
        "comment": partial(comments.add_comment, here.session, **asked, section="experiences", words="Bien"),
        "note": partial(notes.write_note, here.session, **asked, words="Vu"),
        "step": partial(next_steps.propose_step, here.session, **asked, key="cv"),
    }
    for _ in range(policy.WRITTEN_A_DAY):
        acts[what](now=NOW)
    with pytest.raises(comments.TooManyWritten):
        acts[what](now=NOW + timedelta(hours=1))
    acts[what](now=NOW + timedelta(days=1, seconds=1))


def test_a_note_is_removed_by_who_wrote_it(here: Place, zoe: Account) -> None:
    notes.write_note(here.session, by=here.claire, account_id=zoe.id, words="Oups", today=TODAY, now=models.utc_now())
    (kept,) = notes.of_young(here.session, of=zoe)
    with pytest.raises(NotFound):
        notes.remove_note(here.session, by=here.head, note_id=kept.id, now=models.utc_now())
    notes.remove_note(here.session, by=here.claire, note_id=kept.id, now=models.utc_now())
    assert notes.of_young(here.session, of=zoe) == ()


def test_help_is_asked_in_one_act_and_seen_to(here: Place, zoe: Account) -> None:
    help_requests.ask_for_help(here.session, by=zoe, now=NOW)
    help_requests.ask_for_help(here.session, by=zoe, word="Je suis bloquée", now=LATER)
    assert here.row(zoe).help_word == "Je suis bloquée"
    help_requests.settle_help_request(
        here.session, by=here.claire, account_id=zoe.id, today=TODAY, now=models.utc_now()
    )
    call = help_requests.latest_help_request(here.session, of=zoe)
    assert call is not None and (call.word, call.seen_by) == ("Je suis bloquée", "Claire")
    assert here.row(zoe).help_at is None


def test_who_found_by_themselves_takes_the_call_back(here: Place, zoe: Account) -> None:
    help_requests.ask_for_help(here.session, by=zoe, now=models.utc_now())
    help_requests.take_back(here.session, by=zoe, now=models.utc_now())
    call = help_requests.latest_help_request(here.session, of=zoe)
    assert call is not None and call.settled_at is not None and call.seen_by == ""


@pytest.mark.parametrize("role", [Role.GUEST, Role.ADVISER, Role.ADMIN])
def test_others_have_nobody_to_ask(session: Session, role: Role) -> None:
    with pytest.raises(help_requests.NobodyToAsk):
        help_requests.ask_for_help(session, by=person(session, role), now=models.utc_now())


def test_a_word_with_a_call_is_short(here: Place, zoe: Account) -> None:
    with pytest.raises(Refusal):
        help_requests.ask_for_help(
            here.session, by=zoe, word="x" * (policy.SHORT_WORD_LENGTH + 1), now=models.utc_now()
        )


def test_an_appointment_is_accepted_or_not(here: Place, zoe: Account) -> None:
    day = TODAY + timedelta(days=2)
    appointments.propose_appointment(
        here.session,
        by=here.claire,
        account_id=zoe.id,
        plan=replace(PLAN, day=day),
        today=TODAY,
        now=NOW,
    )
    (shown,) = appointments.of_young(here.session, of=zoe, today=TODAY)
    assert (shown.start, shown.place, shown.by, shown.accepted) == (PLAN.start, PLAN.place, "Claire", None)
    appointments.answer_appointment(here.session, by=zoe, appointment_id=shown.id, accepted=False, now=LATER)
    assert here.row(zoe).declined_at == LATER
    appointments.answer_appointment(here.session, by=zoe, appointment_id=shown.id, accepted=True, now=LATER)
    assert here.row(zoe).declined_at is None
    assert appointments.of_young(here.session, of=zoe, today=day + timedelta(days=1)) == ()


def test_an_appointment_is_answered_by_whom_it_is_for(here: Place, zoe: Account) -> None:
    appointments.propose_appointment(here.session, by=here.claire, account_id=zoe.id, plan=PLAN, today=TODAY, now=NOW)
    (shown,) = appointments.of_young(here.session, of=zoe, today=TODAY)
    with pytest.raises(NotFound):
        appointments.answer_appointment(
            here.session, by=here.young("Autre", "J"), appointment_id=shown.id, accepted=True, now=models.utc_now()
        )
    appointments.withdraw_appointment(
        here.session, by=here.claire, appointment_id=shown.id, today=TODAY, now=models.utc_now()
    )
    with pytest.raises(NotFound):
        appointments.answer_appointment(
            here.session, by=zoe, appointment_id=shown.id, accepted=True, now=models.utc_now()
        )
