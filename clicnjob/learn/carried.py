"""The lessons and scenes that a person finished, as « Mon travail » carries them to another computer: ids and dates only.

No answer leaves, right or wrong: what was typed in a lesson was a try. The dates of return are counted again on arrival.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session, col, select

from clicnjob import own_work, policy
from clicnjob.french.days import local_day
from clicnjob.learn import library
from clicnjob.learn.own import published
from clicnjob.models import Actor, LearningKind, LearningRecord


class CarriedLesson(BaseModel):
    """One lesson or scene, the last day on which it was finished, and how often it was when it was due."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: LearningKind
    id: str = Field(min_length=1, max_length=60)
    finished_on: date
    times: int = Field(ge=1, le=1_000)


def carried_lessons(session: Session, *, of: Actor) -> list[dict[str, Any]]:
    """Return what the person finished, oldest first. One query. Raises NotForStaff."""
    if not own_work.may_have_own_work(of):
        raise own_work.NotForStaff
    row = LearningRecord
    rows = session.exec(
        select(row)
        .where(row.account_id == of.id, col(row.finished_at).is_not(None))
        .order_by(col(row.finished_at), row.content_id)
    )
    return [
        CarriedLesson(
            kind=one.kind,
            id=one.content_id,
            finished_on=local_day(one.finished_at),  # type: ignore[arg-type]
            times=max(one.times, 1),
        ).model_dump(mode="json")
        for one in rows
    ]


def adopt_lessons(session: Session, lessons: Sequence[CarriedLesson], *, by: Actor, now: datetime) -> None:
    """Note what a file says was finished; what is unknown here is left out, what is newer here stays. Raises NotForStaff.

    Known are our lessons and scenes, and those that the person's structure shows: two queries more where the file names one.
    """
    if not own_work.may_have_own_work(by):
        raise own_work.NotForStaff
    mine = session.exec(select(LearningRecord).where(LearningRecord.account_id == by.id))
    kept = {(one.kind, one.content_id): one for one in mine}
    own = published.published_entries(session, of=by, now=now) if _names_own_content(lessons) else {}
    for lesson in lessons:
        shipped = library.shipped_lessons() if lesson.kind is LearningKind.LESSON else library.shipped_scenes()
        content = shipped.get(lesson.id) or own.get((lesson.kind, lesson.id))
        row = kept.get((lesson.kind, lesson.id))
        if content is None or (row is None and len(kept) >= policy.LEARNING_RECORDS_AT_MOST):
            continue
        at = min(now, datetime.combine(lesson.finished_on, time(12), UTC))
        if row is None:
            row = LearningRecord(
                account_id=by.id, kind=lesson.kind, content_id=lesson.id, version=content.version, started_at=at
            )
            session.add(row)
            kept[lesson.kind, lesson.id] = row
        if row.finished_at is None or row.finished_at < at:
            waits = policy.LESSON_COMES_AGAIN if lesson.kind is LearningKind.LESSON else ()
            row.due_at = at + waits[lesson.times - 1] if lesson.times <= len(waits) else None
            row.finished_at, row.times = at, lesson.times
    session.flush()


def _names_own_content(lessons: Sequence[CarriedLesson]) -> bool:
    return any(published.is_own_id(one.id) for one in lessons)
