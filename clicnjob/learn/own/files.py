"""Lessons and scenes travel as files, with their licence, author, source, version and the day they were checked."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from clicnjob import content, text
from clicnjob.errors import NotFound
from clicnjob.french import days
from clicnjob.generated_file import GeneratedFile
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import brought_file, checks, permissions, refusals, writing
from clicnjob.learn.own.written_lessons import lesson_choice
from clicnjob.learn.scene import Scene
from clicnjob.models import Actor, LearningKind

_YAML = "application/yaml"


def carried_lesson(session: Session, *, of: Actor, kind: LearningKind, content_id: str, now: datetime) -> GeneratedFile:
    """Return a lesson or scene as the file that any ClicNJob takes in, or keeps in data/. Raises NotFound, LessonNotReady."""
    chosen = lesson_choice(session, of=of, kind=kind, content_id=content_id, today=days.local_day(now))
    if chosen.mistakes:
        raise refusals.LessonNotReady
    entry = checks.ready_entry(chosen.body, kind)
    name = "leçon" if kind is LearningKind.LESSON else "situation"
    written = content.dump_yaml(entry.model_dump(mode="json", exclude_defaults=True))
    return GeneratedFile(text.file_name(f"{entry.titre} - {name}.yaml"), _YAML, written.encode())


def lesson_of_file(data: bytes, *, by: Actor) -> tuple[LearningKind, Lesson | Scene]:
    """Return what a file holds, to be shown before it is taken in. Raises NotFound, BadLessonFile, TooManyReaders."""
    if not permissions.may_write(by):
        raise NotFound
    entry = brought_file.read_brought_lesson(data)
    return LearningKind.SCENE if isinstance(entry, Scene) else LearningKind.LESSON, entry


def take_in_lesson(session: Session, *, by: Actor, kind: LearningKind, entry: Lesson | Scene, now: datetime) -> str:
    """Store what a file held as a new draft of the structure, as its author wrote it; return its id.

    Raises NotFound, TooManyOwnLessons, LessonTooLong.
    """
    return writing.add_brought_lesson(session, by=by, kind=kind, body=entry.model_dump(mode="json"), now=now)
