"""What a person did of a lesson or a scene: where they are, what they answered right, when it comes again.

It is their own: no function here takes somebody else's account, and no professional's page, figure or log reads the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from clicnjob import own_work, policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.learn import answers
from clicnjob.learn.answers import Exercise, Feedback
from clicnjob.learn.lesson import GestureScreen, Lesson
from clicnjob.learn.own import published
from clicnjob.learn.scene import Scene
from clicnjob.models import Actor, LearningKind, LearningRecord


class TooManyLessons(Refusal):
    """The person opened more lessons than are kept."""

    sentence = "Tu as ouvert beaucoup de leçons. Celle-ci ne peut pas être gardée."


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """One lesson or scene as its person left it. `answers` are the right ones, by the id of their question."""

    kind: LearningKind
    content_id: str
    place: str
    answers: Mapping[str, tuple[str, ...]]
    finished_at: datetime | None
    due_at: datetime | None

    def is_due(self, *, now: datetime) -> bool:
        """Tell whether it is time to do it again."""
        return self.due_at is not None and self.due_at <= now

    @property
    def begun(self) -> bool:
        """Tell whether it was left somewhere on the way and never finished."""
        return self.finished_at is None and bool(self.place)


Records = Mapping[tuple[LearningKind, str], OwnRecord]


def own_records(session: Session, *, of: Actor) -> Records:
    """Return all that the person did, by kind and id, in one query. Raises NotForStaff."""
    _refuse_staff(of)
    rows = session.exec(select(LearningRecord).where(LearningRecord.account_id == of.id))
    return {(row.kind, row.content_id): _own_record(row) for row in rows}


def own_record(session: Session, *, of: Actor, kind: LearningKind, content_id: str) -> OwnRecord:
    """Return what the person did of one, empty before the first time; one query. Raises NotForStaff."""
    _refuse_staff(of)
    row = session.get(LearningRecord, (of.id, kind, content_id))
    return _own_record(row) if row else OwnRecord(kind, content_id, "", MappingProxyType({}), None, None)


def note_place(session: Session, *, by: Actor, kind: LearningKind, content_id: str, place: str, now: datetime) -> None:
    """Keep the screen or the moment at which the person is. Raises NotFound, NotForStaff, TooManyLessons."""
    entry = published.entry_to_learn(session, of=by, kind=kind, content_id=content_id, now=now)
    if place and place not in _known_places(entry):
        raise NotFound
    _opened_row(session, by, kind, content_id, now=now).place = place


def keep_answer(
    session: Session, *, by: Actor, lesson_id: str, exercise_id: str, answer: tuple[str, ...], now: datetime
) -> Feedback:
    """Judge an answer and keep what is right of it, in place of what was kept. Raises NotFound, NotForStaff, TooManyLessons."""
    lesson = published.lesson_to_learn(session, of=by, lesson_id=lesson_id, now=now)
    feedback = answers.feedback_on(exercise_with_id(lesson, exercise_id), _bounded_answer(answer))
    row = _opened_row(session, by, LearningKind.LESSON, lesson_id, now=now)
    kept = {key: value for key, value in row.answers.items() if key != exercise_id}
    row.answers = {**kept, exercise_id: list(feedback.kept)} if feedback.kept else kept
    return feedback


def finish_content(session: Session, *, by: Actor, kind: LearningKind, content_id: str, now: datetime) -> None:
    """Note that the person came to the end; a lesson comes again two days later, then seven days after that.

    Done again before it is due, it changes no date. Raises NotFound, NotForStaff, TooManyLessons.
    """
    row = _opened_row(session, by, kind, content_id, now=now)
    if row.finished_at is None or (row.due_at is not None and row.due_at <= now):
        waits = policy.LESSON_COMES_AGAIN if kind is LearningKind.LESSON else ()
        row.due_at = now + waits[row.times] if row.times < len(waits) else None
        row.times += 1
    row.finished_at, row.place = now, ""


def begin_again(session: Session, *, by: Actor, kind: LearningKind, content_id: str, now: datetime) -> None:
    """Go back to the beginning, with the answers forgotten. Raises NotFound, NotForStaff, TooManyLessons."""
    row = _opened_row(session, by, kind, content_id, now=now)
    row.place, row.answers = "", {}


def forget_record(session: Session, *, by: Actor, kind: LearningKind, content_id: str) -> None:
    """Delete what is kept of one lesson or scene. Raises NotForStaff."""
    _refuse_staff(by)
    row = LearningRecord
    session.exec(
        delete(row).where(col(row.account_id) == by.id, col(row.kind) == kind, col(row.content_id) == content_id)
    )


def exercise_with_id(lesson: Lesson, exercise_id: str) -> Exercise:
    """Return the question or the gesture of a lesson that has this id. Raises NotFound."""
    for question in lesson.quiz:
        if question.id == exercise_id:
            return question
    for screen in lesson.ecrans:
        if screen.id == exercise_id and isinstance(screen, GestureScreen):
            return screen.geste
    raise NotFound


def _known_places(entry: Lesson | Scene) -> tuple[str, ...]:
    return entry.places if isinstance(entry, Lesson) else tuple(one.id for one in entry.moments)


def _opened_row(session: Session, by: Actor, kind: LearningKind, content_id: str, *, now: datetime) -> LearningRecord:
    """Return the person's row of one lesson or scene, made at the first time."""
    _refuse_staff(by)
    content = published.entry_to_learn(session, of=by, kind=kind, content_id=content_id, now=now)
    row = session.get(LearningRecord, (by.id, kind, content_id))
    if row is None:
        own = select(func.count()).select_from(LearningRecord).where(col(LearningRecord.account_id) == by.id)
        if session.exec(own).one() >= policy.LEARNING_RECORDS_AT_MOST:
            raise TooManyLessons
        row = LearningRecord(
            account_id=by.id, kind=kind, content_id=content_id, version=content.version, started_at=now
        )
        session.add(row)
    row.version = content.version
    return row


def _bounded_answer(answer: tuple[str, ...]) -> tuple[str, ...]:
    words = answer[: policy.LEARNING_ANSWER_WORDS]
    return tuple(word[: policy.LEARNING_ANSWER_LENGTH] for word in words)


def _own_record(row: LearningRecord) -> OwnRecord:
    kept = {key: tuple(words) for key, words in row.answers.items()}
    return OwnRecord(row.kind, row.content_id, row.place, MappingProxyType(kept), row.finished_at, row.due_at)


def _refuse_staff(actor: Actor) -> None:
    if not own_work.may_have_own_work(actor):
        raise own_work.NotForStaff
