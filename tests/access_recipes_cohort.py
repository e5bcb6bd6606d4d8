"""How each function of the cohort is called in the access table, with arguments that only the right can spoil."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from clicnjob.cohort import (
    appointments,
    archives,
    attendance,
    bridge,
    calls,
    cards_paper,
    comments,
    enrolment,
    export,
    figures,
    follow,
    gatherings,
    handovers,
    hearing,
    intake,
    lists,
    notes,
    overview,
    person_file,
    progress,
    steps,
)
from clicnjob.cohort.candidates import Candidate
from clicnjob.models import ConsentTo
from tests.access_world import Case
from tests.cohort_people import NOW, TODAY

Recipe = Callable[[Case], Any]
PERIOD = {"start": TODAY - timedelta(days=7), "end": TODAY}
PEOPLE = [Candidate(line=2, first_name="Ana", last_name="Neuve")]
HERE = "https://ici.test"

ON_SOMEBODY: dict[str, Recipe] = {
    "appointments.propose": lambda c: appointments.propose(c.session, **c.today, words="Mardi", day=TODAY),
    "appointments.withdraw": lambda c: appointments.withdraw(
        c.session, by=c.me, appointment_id=c.it.appointment, today=TODAY
    ),
    "appointments.seen": lambda c: appointments.seen(c.session, by=c.me, appointment_id=c.it.appointment, today=TODAY),
    "appointments.answer": lambda c: appointments.answer(
        c.session, by=c.me, appointment_id=c.it.appointment, accepted=True
    ),
    "appointments.on_person": lambda c: appointments.on_person(c.session, **c.today),
    "archives.archive": lambda c: archives.archive(c.session, **c.today, reason="cdi"),
    "archives.bring_back": lambda c: archives.bring_back(c.set(archived_at=NOW).session, **c.today),
    "archives.ended": lambda c: archives.ended(c.session, **c.today),
    "attendance.note": lambda c: attendance.note(c.session, **c.today, gathering_id=c.ran()),
    "attendance.take_off": lambda c: attendance.take_off(c.session, **c.by, gathering_id=c.ran(whom=True)),
    "attendance.there": lambda c: attendance.there(c.session, **_ran(c)),
    "bridge.lines_of": lambda c: bridge.lines_of(c.session, **c.today, **PERIOD),
    "calls.settle": lambda c: calls.settle(c.session, **c.today),
    "cards_paper.cards_given": lambda c: cards_paper.cards_given(
        c.held_card().session, of=c.me, batch_id=c.it.batch, now=NOW
    ),
    "cards_paper.cancel_cards": lambda c: cards_paper.cancel_cards(
        c.held_card().session, by=c.me, batch_id=c.it.batch, proof=c.proof, now=NOW
    ),
    "cards_paper.printed": lambda c: cards_paper.printed(c.session, [c.it.whom], by=c.me, address=HERE, now=NOW),
    "comments.say": lambda c: comments.say(c.session, **c.today, section="identite", words="Bien"),
    "comments.remove": lambda c: comments.remove(c.session, by=c.me, comment_id=c.it.comment),
    "comments.on_person": lambda c: comments.on_person(c.session, **c.today),
    "comments.answer": lambda c: comments.answer(c.session, by=c.me, comment_id=c.it.comment, words="Oui"),
    "comments.settle": lambda c: comments.settle(c.session, by=c.me, comment_id=c.it.comment),
    "comments.read": lambda c: comments.read(c.session, by=c.me, comment_id=c.it.comment, today=TODAY),
    "enrolment.undo_import": lambda c: enrolment.undo_import(c.session, c.it.batch, by=c.me, now=NOW),
    "enrolment.never_came": lambda c: enrolment.never_came(c.session, of=c.me, batch_id=c.it.batch),
    "figures.figures": lambda c: figures.figures(c.session, of=c.me, **PERIOD, today=TODAY, list_id=c.it.list).people,
    "figures.report": lambda c: (
        _counted(c) and figures.report(c.session, by=c.me, **PERIOD, today=TODAY, purpose="bilan", list_id=c.it.list)
    ),
    "follow.followed": lambda c: follow.followed(c.session, **c.today),
    "follow.take": lambda c: follow.take(c.set(adviser_id=None).session, **c.by),
    "gatherings.end": lambda c: gatherings.end(c.session, **_ran(c), now=NOW),
    "gatherings.correct": lambda c: gatherings.correct(c.session, **_ran(c), minutes=60),
    "gatherings.cancel": lambda c: gatherings.cancel(c.session, **_ran(c)),
    "gatherings.held": lambda c: gatherings.held(c.session, **_ran(c)),
    "gatherings.ran": lambda c: gatherings.ran(c.session, **_ran(c)),
    "handovers.hand": lambda c: handovers.hand(
        c.session, **c.today, to_id=_another(c), note="Merci", agreed=True, now=NOW
    ),
    "handovers.take_back": lambda c: (c.handed(until=TODAY), handovers.take_back(c.session, **c.today, now=NOW))[1],
    "handovers.undo": lambda c: handovers.undo(
        c.set(adviser_id=c.world.head).session, by=c.me, handover_id=c.handed(), today=TODAY, now=NOW
    ),
    "handovers.of_person": lambda c: handovers.of_person(c.session, **c.today),
    "hearing.silence": lambda c: hearing.silence(c.session, **c.at, rule="aide"),
    "hearing.hear_again": lambda c: hearing.hear_again(c.session, **c.at, rule="aide"),
    "intake.cards_of": lambda c: intake.cards_of(c.session, c.it.whom, by=c.me, address=HERE, now=NOW),
    "lists.rename": lambda c: lists.rename(c.session, by=c.me, list_id=c.it.list, name="Mardi"),
    "lists.remove": lambda c: lists.remove(c.session, by=c.me, list_id=c.it.list),
    "lists.put": lambda c: lists.put(c.session, by=c.me, list_id=c.it.list, account_ids=[c.it.whom], today=TODAY),
    "lists.take_out": lambda c: lists.take_out(c.session, by=c.me, list_id=c.it.list, account_id=c.it.whom),
    "lists.holding": lambda c: lists.holding(c.session, of=c.me, account_id=c.it.whom),
    "lists.members": lambda c: lists.members(c.session, of=c.me, list_id=c.it.list, today=TODAY),
    "notes.write": lambda c: notes.write(c.session, **c.today, words="Vu"),
    "notes.remove": lambda c: notes.remove(c.session, by=c.me, note_id=c.it.note),
    "notes.on_person": lambda c: notes.on_person(c.session, **c.today),
    "person_file.person_file": lambda c: person_file.person_file(c.session, **c.today),
    "person_file.up_to_date": lambda c: person_file.up_to_date(c.session, **c.at),
    "steps.propose": lambda c: steps.propose(c.session, by=c.me, account_ids=[c.it.whom], key="test", today=TODAY),
    "steps.withdraw": lambda c: steps.withdraw(c.session, **c.today),
    "steps.on_person": lambda c: steps.on_person(c.session, **c.today),
    "steps.done": lambda c: steps.done(c.session, by=c.me, step_id=c.it.step),
    "steps.seen": lambda c: steps.seen(c.session, by=c.me, step_id=c.it.step, today=TODAY),
}

ON_ONESELF: dict[str, Recipe] = {
    "appointments.of_young": lambda c: appointments.of_young(c.session, of=c.me, today=TODAY),
    "attendance.people": lambda c: attendance.people(c.session, of=c.me, today=TODAY),
    "calls.ask": lambda c: calls.ask(c.session, by=c.me),
    "calls.take_back": lambda c: (calls.take_back(c.session, by=c.me), _settled(c))[1],
    "calls.latest": lambda c: calls.latest(c.session, of=c.me),
    "comments.of_young": lambda c: comments.of_young(c.session, of=c.me),
    "enrolment.twins": lambda c: enrolment.twins(c.session, PEOPLE, by=c.me),
    "enrolment.enrol_many": lambda c: enrolment.enrol_many(c.session, PEOPLE, by=c.me, now=NOW),
    "enrolment.imports": lambda c: enrolment.imports(c.session, of=c.me, now=NOW),
    "export.people": lambda c: export.people(c.session, by=c.me, today=TODAY, purpose="appel"),
    "figures.lists": lambda c: figures.lists(c.session, of=c.me),
    "follow.colleagues": lambda c: follow.colleagues(c.session, of=c.me, today=TODAY),
    "follow.waiting": lambda c: follow.waiting(c.session, of=c.me),
    "gatherings.begin": lambda c: gatherings.begin(c.session, by=c.me, kind="cv", now=NOW),
    "gatherings.running": lambda c: gatherings.running(c.session, of=c.me, now=NOW),
    "gatherings.past": lambda c: gatherings.past(c.session, of=c.me, now=NOW),
    "handovers.just_given": lambda c: (
        c.set(adviser_id=c.world.head).handed(),
        handovers.just_given(c.session, by=c.me, now=NOW),
    )[1],
    "hearing.choose_number": lambda c: hearing.choose_number(c.session, by=c.me, rule="inactif", number=3, today=TODAY),
    "intake.preview": lambda c: intake.preview(c.session, "Prénom;Nom\nAna;Neuve".encode(), by=c.me, today=TODAY),
    "lists.make": lambda c: lists.make(c.session, by=c.me, name="Jeudi"),
    "lists.named": lambda c: lists.named(c.session, of=c.me),
    "notes.of_young": lambda c: notes.of_young(c.session, of=c.me),
    "overview.overview": lambda c: overview.overview(c.session, adviser=c.me, today=TODAY),
    "progress.change_sharing": lambda c: progress.change_sharing(
        c.session, by=c.me, what=ConsentTo.PRACTICE, on=True, now=NOW
    ),
    "progress.bring_up_to_date": lambda c: progress.bring_up_to_date(c.session, of=c.me, now=NOW),
    "progress.is_due": lambda c: progress.is_due(c.session, of=c.me, now=NOW),
    "steps.for_young": lambda c: steps.for_young(c.session, of=c.me),
}

# Nothing given is as good as « non » here: these filter instead of refusing.
FILTERING = {
    "cards_paper.cards_given", "cards_paper.cancel_cards",
    "appointments.of_young", "calls.latest", "calls.take_back", "comments.of_young", "enrolment.never_came", "figures.figures",
    "figures.lists", "figures.report", "handovers.just_given", "lists.holding", "lists.named", "notes.of_young",
    "steps.for_young",
}  # fmt: skip


def _ran(c: Case) -> dict[str, Any]:
    """A session of whoever the case is about."""
    return {"by": c.me, "gathering_id": c.it.gathering}


def _another(c: Case) -> str:
    """An adviser of the structure who does not follow the person yet."""
    mine = c.it.member == c.world.colleague
    return c.world.people["adviser"].id if mine else c.world.colleague


def _counted(c: Case) -> int:
    return figures.figures(c.session, of=c.me, **PERIOD, today=TODAY, list_id=c.it.list).people


def _settled(c: Case) -> bool:
    """Whether the actor had called, and no longer does."""
    latest = calls.latest(c.session, of=c.me)
    return latest is not None and latest.settled_at is not None
