"""The lessons that the people of a list finished, at a glance: titles only, and only of people who share them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from clicnjob.cohort.support import lists
from clicnjob.learn import library
from clicnjob.learn.own import published
from clicnjob.models import Account, Actor, LearningKind, LearningRecord, Sharing


@dataclass(frozen=True, slots=True)
class PersonLessons:
    """Somebody who shares their lessons, and the titles of those that they finished, the latest first."""

    account_id: str
    first_name: str
    last_name: str
    titles: tuple[str, ...]


def lessons_of_list(session: Session, *, by: Actor, list_id: str, today: date) -> tuple[PersonLessons, ...]:
    """Return those of the list who share their lessons, by name; who shares none is not in it, and not counted.

    A fixed number of queries. Raises NotFound for somebody else's list and an unknown one alike.
    """
    members = lists.list_members(session, of=by, list_id=list_id, today=today)
    sharing = select(Account).join(Sharing, col(Sharing.account_id) == Account.id)
    sharing = sharing.where(col(Account.id).in_(members), col(Sharing.lessons).is_(True))
    people = session.exec(sharing.order_by(Account.first_name, Account.last_name, Account.id)).all()
    row = LearningRecord
    done = select(row).where(
        col(row.account_id).in_([one.id for one in people]),
        row.kind == LearningKind.LESSON,
        col(row.finished_at).is_not(None),
    )
    rows = session.exec(done.order_by(col(row.finished_at).desc(), row.content_id)).all()
    titles = {lesson.id: lesson.titre for lesson in library.shipped_lessons().values()}
    titles |= published.own_titles(session, ids=frozenset(one.content_id for one in rows))
    finished: dict[str, list[str]] = {one.id: [] for one in people}
    for one in rows:
        if one.content_id in titles:
            finished[one.account_id].append(titles[one.content_id])
    return tuple(PersonLessons(one.id, one.first_name, one.last_name, tuple(finished[one.id])) for one in people)
