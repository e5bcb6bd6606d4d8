"""What a young person is told of a merge of their files, and the work that stayed aside, which is for them alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import text
from clicnjob.errors import NotFound
from clicnjob.models import Account, Actor, FileMerge, Role, Work
from clicnjob.privacy.export import archive


@dataclass(frozen=True, slots=True)
class ToldMerge:
    """A merge that its person has not yet read about: by whom, when, and whether some work stayed aside."""

    id: str
    by: str
    at: datetime
    has_work_aside: bool


def unread_merge(session: Session, *, of: Actor) -> ToldMerge | None:
    """Return the latest merge into the person's own account that they have not read about. One or two queries."""
    if of.role is not Role.YOUNG:
        return None
    query = select(FileMerge, Account).outerjoin(Account, col(Account.id) == col(FileMerge.by_id))
    query = query.where(
        FileMerge.kept_id == of.id, col(FileMerge.undone_at).is_(None), col(FileMerge.read_at).is_(None)
    )
    row = session.exec(query.order_by(col(FileMerge.at).desc(), FileMerge.id).limit(1)).first()
    if row is None:
        return None
    merge, who = row
    aside = select(Work.id).where(Work.account_id == merge.other_id, col(Work.deleted_at).is_(None))
    by = text.short_name(who.first_name, who.last_name) if who else "ta structure"
    return ToldMerge(merge.id, by, merge.at, session.exec(aside.limit(1)).first() is not None)


def mark_merge_read(session: Session, *, by: Actor, merge_id: str, now: datetime) -> None:
    """Record that the person has read about a merge. Raises NotFound."""
    _own_merge(session, by, merge_id).read_at = now
    session.flush()


def work_aside(session: Session, *, of: Actor, merge_id: str, now: datetime) -> bytes:
    """Return the work that stayed with the other account, as a file that can be reopened here. Raises NotFound."""
    other = session.get(Account, _own_merge(session, of, merge_id).other_id)
    if other is None:
        raise NotFound
    return archive.work_file(session, of=other, now=now)


def _own_merge(session: Session, actor: Actor, merge_id: str) -> FileMerge:
    merge = session.get(FileMerge, merge_id)
    if merge is None or merge.kept_id != actor.id or merge.undone_at is not None:
        raise NotFound
    return merge
