"""« Essayer sans groupe »: a trainer tries a session alone, with ten invented people who do what a group does.

What they do is computed from the clock, in steps that the board asks for: no thread, and the same after a restart. They
come to the door while it is open, work at different speeds, one stays stuck until a hint, one calls for help, and all answer
the questions. Nobody real can join, nothing is counted, and the end erases everything (`lifecycle`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field
from sqlmodel import Session, col, select

from clicnjob import audit, content, workshop_policy
from clicnjob.content import ContentModel
from clicnjob.models import (
    Actor,
    GroupAnswer,
    GroupQuestion,
    ParticipantState,
    QuestionState,
    Workshop,
    WorkshopHelp,
    WorkshopHint,
    WorkshopParticipant,
    WorkshopProgress,
)
from clicnjob.paths import DATA
from clicnjob.workshops import events, lifecycle, permissions
from clicnjob.workshops.live import activities, entrance, pushing, questions
from clicnjob.workshops.live.pushing import Push

_PEOPLE = 10
_STEPS = 6  # of an activity whose page counts them
_COMES_AFTER, _COMES_EVERY = 3, 2  # seconds: the first at the door, then one after the other
_OPENS_AFTER, _STEP_LASTS = 3, 12  # seconds; each person takes a little longer than the one before
_CALLS_AFTER = 20
_ANSWERS_AFTER = 5
_CALLER, _STUCK = 3, 6  # who calls for help, and who stays at the second step until a hint comes
_STUCK_AT = 2


class RehearsalWords(ContentModel):
    """The first names of the invented people, and what they write."""

    prenoms: list[str] = Field(min_length=_PEOPLE, max_length=_PEOPLE)
    mots: list[str] = Field(min_length=_PEOPLE, max_length=_PEOPLE)
    phrases: list[str] = Field(min_length=_PEOPLE, max_length=_PEOPLE)


@dataclass(frozen=True, slots=True)
class ScriptedState:
    """How far an invented person is in an activity; `opened` False before they begin."""

    opened: bool
    step: int = 0
    stuck: bool = False
    done: bool = False


@content.loaded_once
def rehearsal_words() -> RehearsalWords:
    """The content of data/seances/essai.yaml. Raises content.ContentMistakes."""
    return content.read_content(RehearsalWords, DATA / "seances" / "essai.yaml")


def begin_rehearsal(session: Session, *, by: Actor, plan_id: str, now: datetime) -> str:
    """Start a rehearsal of a plan, one at a time like any session, with its door open. Returns its id.

    Raises RunsNone, NotFound for an unknown plan, AlreadyRunning.
    """
    workshop_id = lifecycle.begin_planned_workshop(session, by=by, plan_id=plan_id, rehearsal=True, now=now)
    entrance.open_joining(session, by=by, workshop_id=workshop_id, now=now)
    audit.note_act(session, by=by, act="group session tried", now=now)
    return workshop_id


def step_rehearsal(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> bool:
    """Let the invented people do what is due by now; return whether anything changed. Raises NotFound.

    Nothing happens in a session with a real group.
    """
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    if not workshop.rehearsal:
        return False
    query = select(WorkshopParticipant).where(
        WorkshopParticipant.workshop_id == workshop.id, col(WorkshopParticipant.simulated)
    )
    people = session.exec(query.order_by(WorkshopParticipant.id)).all()
    changed = _ask_to_enter(session, workshop, people, now)
    for row in people:
        if row.state is ParticipantState.ADMITTED and row.left_at is None:
            changed |= _advance_work(session, workshop, row, now)
    changed |= _answer_question(session, workshop, people, now)
    if changed:
        session.flush()
        events.change_board(session, workshop_id=workshop.id)
    return changed


def scripted_state(place: int, seconds: float, *, steps: int, helped: bool) -> ScriptedState:
    """Return how far the person at `place` (from 0) is so many seconds after they could begin.

    `steps` is 0 for an activity on paper or aloud. `helped`: the one who is stuck got a hint, or the call of the one who
    calls was answered; until then neither goes on.
    """
    working = seconds - _OPENS_AFTER - 2 * place
    if working < 0:
        return ScriptedState(opened=False)
    pace = _STEP_LASTS + 3 * place
    step = min(1 + int(working / pace), _STEPS)
    waits = place in (_STUCK, _CALLER) and not helped and step >= _STUCK_AT
    if waits:
        return ScriptedState(True, _STUCK_AT if steps else 0, stuck=place == _STUCK)
    return ScriptedState(True, min(step, steps), done=working >= pace * _STEPS)


def _ask_to_enter(session: Session, workshop: Workshop, people: Sequence[WorkshopParticipant], now: datetime) -> bool:
    if not workshop.joining_open:
        return False
    since = (now - workshop.began_at).total_seconds() - _COMES_AFTER
    due = max(0, min(_PEOPLE, 1 + int(since / _COMES_EVERY))) if since >= 0 else 0
    for place in range(len(people), due):
        session.add(
            WorkshopParticipant(
                id=f"{workshop.id[:28]}-{place:02}", workshop_id=workshop.id, first_name=rehearsal_words().prenoms[place],
                guest=True, simulated=True, asked_at=now, alive_at=now,
            )
        )  # fmt: skip
    return due > len(people)


def _advance_work(session: Session, workshop: Workshop, row: WorkshopParticipant, now: datetime) -> bool:
    push = pushing.current_push(workshop, participant_id=row.id)
    if push is None:
        return False
    begins_at = max(push.at, row.admitted_at or push.at)
    steps = _STEPS if activities.known_activity(push.activity).compte else 0
    place, seconds = _place_of(row), (now - begins_at).total_seconds()
    state = scripted_state(place, seconds, steps=steps, helped=_is_helped(session, row, push))
    changed = (
        _call_for_help(session, workshop, row, push, now) if place == _CALLER and seconds >= _CALLS_AFTER else False
    )
    if not state.opened:
        return changed
    at = session.get(WorkshopProgress, (row.id, push.number))
    if at is None:
        at = WorkshopProgress(
            participant_id=row.id, activity_number=push.number, activity=push.activity, opened_at=now, since_at=now
        )
        session.add(at)
    if at.done_at is None:
        if (at.step, at.steps) != (state.step, steps):
            at.step, at.steps, at.since_at, at.failed = state.step, steps, now, 0
        if state.stuck and not at.failed:
            at.failed = workshop_policy.STUCK_FAILED_TRIES + 1
        at.done_at = now if state.done else None
    return changed or session.is_modified(at)


def _is_helped(session: Session, row: WorkshopParticipant, push: Push) -> bool:
    """Whether a hint came, or a call was answered, since the activity was sent."""
    if _place_of(row) == _CALLER:
        call = select(WorkshopHelp.id).where(
            WorkshopHelp.participant_id == row.id,
            WorkshopHelp.asked_at >= push.at,
            col(WorkshopHelp.done_at).is_not(None),
        )
        return session.exec(call).first() is not None
    hint = select(WorkshopHint.id).where(WorkshopHint.participant_id == row.id, WorkshopHint.sent_at >= push.at)
    return session.exec(hint).first() is not None


def _call_for_help(session: Session, workshop: Workshop, row: WorkshopParticipant, push: Push, now: datetime) -> bool:
    """Call for help once in an activity, unless a call is still open."""
    call = WorkshopHelp
    lately = (col(call.asked_at) >= push.at) | col(call.done_at).is_(None)
    if session.exec(select(call.id).where(call.participant_id == row.id, lately)).first() is not None:
        return False
    reason = next(iter(activities.stuck_reasons()))
    session.add(WorkshopHelp(workshop_id=workshop.id, participant_id=row.id, reason=reason, asked_at=now))
    return True


def _answer_question(
    session: Session, workshop: Workshop, people: Sequence[WorkshopParticipant], now: datetime
) -> bool:
    query = select(GroupQuestion).where(
        GroupQuestion.workshop_id == workshop.id, GroupQuestion.state == QuestionState.OPEN
    )
    asked, changed = session.exec(query).first(), False
    if asked is None:
        return False
    said = set(session.exec(select(GroupAnswer.participant_id).where(GroupAnswer.question_id == asked.id)))
    for row in people:
        place = _place_of(row)
        due = (now - asked.asked_at).total_seconds() >= _ANSWERS_AFTER + 2 * place
        if due and row.id not in said and row.state is ParticipantState.ADMITTED:
            words = rehearsal_words().mots if asked.kind == "nuage" else rehearsal_words().phrases
            choice = {"echelle": 1 + place % 5, "choix": place % max(len(asked.choices), 1)}.get(asked.kind)
            written = "" if choice is not None else words[place]
            questions.put_answer(
                session, question=asked, participant_id=row.id, written=written, choice=choice, now=now
            )
            changed = True
    return changed


def _place_of(row: WorkshopParticipant) -> int:
    return int(row.id[-2:])
