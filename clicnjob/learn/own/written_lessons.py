"""What a professional chooses from to read, write, copy and pass on: their structure's lessons and scenes, and ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlmodel import Session, select

from clicnjob import policy
from clicnjob.errors import NotFound
from clicnjob.learn import library
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import boxes, checks, permissions
from clicnjob.learn.own.published import is_own_id
from clicnjob.learn.scene import Scene
from clicnjob.models import Actor, LearningKind, OwnLesson
from clicnjob.own_content.changes import Body, ContentMistake, StoredContent

LessonState = Literal["shipped", "draft", "published", "changed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class LessonChoice:
    """A lesson or scene as professionals see it. `entry` may still miss something, as `mistakes` say.

    `version` is that of the row: it rises with each change. `undoes` says what « Annuler » would take back.
    """

    id: str
    kind: LearningKind
    state: LessonState
    entry: Lesson | Scene
    body: Body
    version: int = 0
    mistakes: tuple[ContentMistake, ...] = ()
    undoes: str = ""

    @property
    def own(self) -> bool:
        """Whether it belongs to the structure and can be written."""
        return self.state != "shipped"


@dataclass(frozen=True, slots=True)
class ListedLesson:
    """A line of the structure's list."""

    id: str
    kind: LearningKind
    title: str
    state: LessonState


def structure_lessons(session: Session, *, of: Actor) -> tuple[ListedLesson, ...]:
    """List the structure's lessons and scenes by title; one query. Raises NotFound for who writes none."""
    if not permissions.may_write(of):
        raise NotFound
    query = select(OwnLesson).where(OwnLesson.organisation_id == of.organisation_id)
    rows = session.exec(query.order_by(OwnLesson.title, OwnLesson.id).limit(policy.OWN_LESSONS_MOST))
    return tuple(ListedLesson(row.id, row.kind, row.title, _state_of(row)) for row in rows)


def lesson_choice(session: Session, *, of: Actor, kind: LearningKind, content_id: str, today: date) -> LessonChoice:
    """Return one, ours or the structure's. Raises NotFound for an unknown one and another structure's alike."""
    if not permissions.may_write(of):
        raise NotFound
    if not is_own_id(content_id):
        is_lesson = kind is LearningKind.LESSON
        entry = library.lesson_with_id(content_id) if is_lesson else library.scene_with_id(content_id)
        return LessonChoice(entry.id, kind, "shipped", entry, entry.model_dump(mode="json"))
    row = session.get(OwnLesson, content_id)
    if row is None or row.organisation_id != of.organisation_id or row.kind is not kind:
        raise NotFound
    stored = StoredContent.model_validate(row.body)
    undoes = boxes.said_change(stored.undo[-1], stored.content, kind) if stored.undo else ""
    mistakes = checks.lesson_mistakes(stored.content, kind, today=today)
    entry = checks.draft_entry(stored.content, kind)
    return LessonChoice(row.id, kind, _state_of(row), entry, stored.content, row.version, mistakes, undoes)


def _state_of(row: OwnLesson) -> LessonState:
    if row.published_at is None:
        return "withdrawn" if row.published_version else "draft"
    return "published" if row.published_version == row.version else "changed"
