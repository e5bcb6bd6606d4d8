"""The lessons that a young person finished, for their adviser: titles only, and only if the person shares them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from clicnjob.cohort import permissions
from clicnjob.french import days
from clicnjob.learn import library
from clicnjob.learn.own import published
from clicnjob.models import Actor, LearningKind, LearningRecord
from clicnjob.privacy import sharing


@dataclass(frozen=True, slots=True)
class LessonDone:
    """A finished lesson: its title and its last day. Nothing says how it went."""

    title: str
    on: date


@dataclass(frozen=True, slots=True)
class SharedLessons:
    """The finished lessons, the latest first; none while `shared` is False."""

    shared: bool
    lessons: tuple[LessonDone, ...] = ()


def lessons_done(session: Session, *, by: Actor, account_id: str, now: datetime) -> SharedLessons:
    """Return the finished lessons of a followed person, if they share them.

    Three queries, four where they did a lesson of their structure. Raises NotFound for anybody whom the actor does not follow.
    """
    person = permissions.followed_person(session, by=by, account_id=account_id, today=days.local_day(now))
    if not sharing.shared_by(session, of=person.id).lessons:
        return SharedLessons(shared=False)
    row = LearningRecord
    own = (row.account_id == person.id, row.kind == LearningKind.LESSON, col(row.finished_at).is_not(None))
    found = session.exec(select(row).where(*own).order_by(col(row.finished_at).desc(), row.content_id)).all()
    titles = {lesson.id: lesson.titre for lesson in library.shipped_lessons().values()}
    titles |= published.own_titles(session, ids=frozenset(one.content_id for one in found))
    lessons = tuple(
        LessonDone(titles[one.content_id], days.local_day(one.finished_at))
        for one in found
        if one.finished_at is not None and one.content_id in titles
    )
    return SharedLessons(shared=True, lessons=lessons)
