"""A structure writes its lessons and scenes: begun, copied, changed by several at once, published, withdrawn, deleted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from clicnjob import audit, policy
from clicnjob.accounts import structures
from clicnjob.errors import NotFound
from clicnjob.french import days
from clicnjob.learn.own import boxes, checks, new_parts, parts, permissions
from clicnjob.learn.own.refusals import LessonNotReady, LessonTooLong, TooManyOwnLessons, TooManyParts
from clicnjob.learn.own.written_lessons import lesson_choice
from clicnjob.models import Actor, LearningKind, OwnLesson
from clicnjob.own_content import changes
from clicnjob.own_content.changes import Body, ContentChange, InsertPart, PartGone, Path, PutValue, StoredContent
from clicnjob.own_content.own_rows import ContentBounds, OwnContent

_NAMELESS = {LearningKind.LESSON: "Leçon sans titre", LearningKind.SCENE: "Situation sans titre"}


def begin_lesson(session: Session, *, by: Actor, kind: LearningKind, today: date, now: datetime) -> str:
    """Begin a lesson or a scene from nothing; return its id. Raises NotFound, TooManyOwnLessons."""
    place = structures.name_of(session, by.organisation_id)
    return _add_lesson(
        session, by, kind, StoredContent(content=new_parts.empty_body(kind, structure=place, today=today)), now
    )


def copy_lesson(session: Session, *, by: Actor, kind: LearningKind, content_id: str, now: datetime) -> str:
    """Copy a lesson or scene, ours or the structure's, to adapt it; return the new id. Raises NotFound, TooManyOwnLessons.

    The licence stays, the structure becomes the author, and what it comes from is written down.
    """
    chosen = lesson_choice(session, of=by, kind=kind, content_id=content_id, today=days.local_day(now))
    body = _as_own_copy(chosen.body, structures.name_of(session, by.organisation_id))
    made = _add_lesson(session, by, kind, StoredContent(content=body), now)
    audit.note_act(session, by=by, act="own lesson copied", now=now)
    return made


def add_brought_lesson(session: Session, *, by: Actor, kind: LearningKind, body: Body, now: datetime) -> str:
    """Store what came in a file as a new draft, as its author wrote it; return its id. Raises NotFound, TooManyOwnLessons."""
    made = _add_lesson(session, by, kind, StoredContent(content=body, brought=True), now)
    audit.note_act(session, by=by, act="own lesson taken in", now=now)
    return made


def set_value(
    session: Session, *, by: Actor, lesson_id: str, path: Path, value: Any, shown: Collection[str], now: datetime
) -> tuple[int, str]:
    """Write into one box; return the version of the lesson and the fingerprint of what the box holds now.

    `shown` are the fingerprints of what the screen showed in the box and last wrote into it, so that two people may
    write at once. Raises NotFound, PartGone, WrongBoxValue, BoxChanged, LessonTooLong, what `text` raises.
    """
    return _LESSONS.set_value(session, by=by, row_id=lesson_id, path=path, value=value, shown=shown, now=now)


def add_part(
    session: Session, *, by: Actor, lesson_id: str, listed: str, form: str, after: str, base: int, now: datetime
) -> str:
    """Put an empty screen, question or moment behind `after`, at the end without one; return its id.

    Raises NotFound, ContentChanged, PartGone, TooManyParts.
    """
    if form not in parts.FORMS.get(listed, {}):
        raise PartGone
    part = new_parts.empty_part(listed, form)

    def change_of(_: OwnLesson, body: Body) -> ContentChange:
        rows = changes.value_at(body, (listed,))
        if len(rows) >= parts.PARTS_AT_MOST[listed]:
            raise TooManyParts
        ids = [one["id"] for one in rows]
        return InsertPart(path=(listed,), at=ids.index(after) + 1 if after in ids else len(ids), body=part)

    _LESSONS.change_row(session, by=by, row_id=lesson_id, change_of=change_of, base=base, now=now)
    return str(part["id"])


def add_item(session: Session, *, by: Actor, lesson_id: str, path: Path, base: int, now: datetime) -> None:
    """Put an empty choice, line, file or thing to judge at the end of a list. Raises as `add_part`."""

    def change_of(_: OwnLesson, body: Body) -> ContentChange:
        items, rows = boxes.find_items(body, path), changes.value_at(body, path)
        if len(rows) >= items.most:
            raise TooManyParts
        return InsertPart(path=path, at=len(rows), body=new_parts.empty_item(items))

    _LESSONS.change_row(session, by=by, row_id=lesson_id, change_of=change_of, base=base, now=now)


def remove_part(
    session: Session, *, by: Actor, lesson_id: str, path: Path, part: str, base: int, now: datetime
) -> None:
    """Take a part out of the list at `path`. Raises NotFound, ContentChanged, PartGone."""
    _LESSONS.remove_part(session, by=by, row_id=lesson_id, path=path, part=part, base=base, now=now)


def move_part(
    session: Session, *, by: Actor, lesson_id: str, path: Path, part: str, places: int, base: int, now: datetime
) -> None:
    """Move a part down by so many places, up where negative. Raises NotFound, ContentChanged, PartGone."""
    _LESSONS.move_part(session, by=by, row_id=lesson_id, path=path, part=part, places=places, base=base, now=now)


def mark_right(session: Session, *, by: Actor, lesson_id: str, path: Path, item: str, base: int, now: datetime) -> None:
    """Make one thing of a list the right one, and the others not. Raises NotFound, ContentChanged, PartGone."""

    def change_of(_: OwnLesson, body: Body) -> ContentChange:
        items, rows = boxes.find_items(body, path), changes.value_at(body, path)
        if items.right != "one" or all(one["id"] != item for one in rows):
            raise PartGone
        return PutValue(path=path, value=[{**one, "juste": one["id"] == item} for one in rows])

    _LESSONS.change_row(session, by=by, row_id=lesson_id, change_of=change_of, base=base, now=now)


def undo_change(session: Session, *, by: Actor, lesson_id: str, base: int, now: datetime) -> None:
    """Take back the last change, whoever made it: `base` says that the screen shows it.

    Does nothing when there is none. Raises NotFound, ContentChanged.
    """
    _LESSONS.undo_change(session, by=by, row_id=lesson_id, base=base, now=now)


def publish_lesson(session: Session, *, by: Actor, lesson_id: str, base: int, today: date, now: datetime) -> None:
    """Show the lesson as it is now to the young people of the structure. Raises NotFound, ContentChanged, LessonNotReady.

    They go on seeing this copy, whatever is written later, until it is published again or withdrawn.
    """
    row = _LESSONS.locked_row(session, by=by, row_id=lesson_id, base=base)
    stored = StoredContent.model_validate(row.body)
    if checks.lesson_mistakes(stored.content, row.kind, today=today):
        raise LessonNotReady
    again = bool(row.published_version)
    body = {**stored.content, "version": stored.content["version"] + again}
    row.published = checks.ready_entry(body, row.kind).model_dump(mode="json")
    row.published_at = now
    _LESSONS.store_next(session, row, stored.model_copy(update={"content": body}), now=now)
    row.published_version = row.version
    audit.note_act(session, by=by, act="own lesson published", now=now)


def withdraw_lesson(session: Session, *, by: Actor, lesson_id: str, now: datetime) -> None:
    """Take the lesson from the young people; what is written stays. Raises NotFound."""
    row = _LESSONS.locked_row(session, by=by, row_id=lesson_id)
    if row.published_at is not None:
        row.published_at = None
        audit.note_act(session, by=by, act="own lesson withdrawn", now=now)


def delete_lesson(session: Session, *, by: Actor, lesson_id: str, base: int, now: datetime) -> None:
    """Delete a lesson of the structure for good. Raises NotFound, ContentChanged."""
    _LESSONS.delete_row(session, by=by, row_id=lesson_id, base=base, act="own lesson deleted", now=now)


def _add_lesson(session: Session, by: Actor, kind: LearningKind, stored: StoredContent, now: datetime) -> str:
    if not permissions.may_write(by) or by.organisation_id is None:
        raise NotFound
    row = OwnLesson(organisation_id=by.organisation_id, by_id=by.id, kind=kind, title="", made_at=now, changed_at=now)
    return _LESSONS.add_row(session, row=row, stored=stored)


def _as_own_copy(body: Body, structure: str) -> Body:
    origin = {"lecon": body["id"], "version": body["version"], "structure": body["auteur"]["structure"]}
    return {**body, "version": 1, "auteur": {"structure": structure[:120], "nom": ""}, "copie_de": origin}


def _clean_value(row: OwnLesson, body: Body, path: Path, value: Any) -> Any:
    box = boxes.find_box(body, row.kind, path)
    if box is None:
        raise PartGone
    return boxes.clean_value(box, value)


_LESSONS = OwnContent(
    table=OwnLesson,
    bounds=ContentBounds(
        policy.LESSON_FILE_BYTES, LessonTooLong,
        policy.OWN_LESSONS_MOST, policy.OWN_LESSONS_CHARACTERS, TooManyOwnLessons,
    ),
    may_write=permissions.may_write,
    nameless_title=lambda row: _NAMELESS[row.kind],
    clean_value=_clean_value,
    check_list=boxes.check_list,
    check_change=lambda _body, _change: None,  # what somebody types is kept, and judged when they publish
    adapt_body=_as_own_copy,
)  # fmt: skip
