"""Writing the same message to many people, each alone in their thread, and taking back what nobody has read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.cohort import permissions
from clicnjob.cohort.many.reach import Reach, TickedPeople, ticked_people
from clicnjob.cohort.support.comments import cleaned_words
from clicnjob.models import Account, Actor, Progress, ThreadMessage


def message_reach(session: Session, *, by: Actor, account_ids: Collection[str], today: date, now: datetime) -> Reach:
    """Return who would receive a message; who has too many already is left out. Four queries.

    Raises what `ticked_people` raises.
    """
    ticked = ticked_people(session, by=by, account_ids=account_ids, today=today)
    never = select(Progress.account_id).where(
        col(Progress.account_id).in_(ticked.ids), col(Progress.activated_at).is_(None)
    )
    later = dict.fromkeys(session.exec(never), "jamais connecté\u00a0: lira à sa première visite")
    return ticked.sorted_reach(left_out=full_threads(session, ticked, now=now), warnings=later)


def full_threads(session: Session, ticked: TickedPeople, *, now: datetime) -> dict[str, str]:
    """Return, by id, why no further message goes to some of these people. Two queries."""
    from_staff = (col(ThreadMessage.account_id).in_(ticked.ids), ThreadMessage.by_id != ThreadMessage.account_id)
    unread = (col(ThreadMessage.read_at).is_(None), col(ThreadMessage.removed_at).is_(None))
    today = (col(ThreadMessage.at) > now - timedelta(days=1),)
    bounds = (
        (today, policy.MESSAGES_A_DAY, "trop de messages aujourd’hui"),
        (unread, policy.MESSAGES_UNREAD, "trop de messages non lus"),
    )
    found: dict[str, str] = {}
    for which, most, why in bounds:
        query = select(ThreadMessage.account_id).where(*from_staff, *which).group_by(col(ThreadMessage.account_id))
        found |= dict.fromkeys(session.exec(query.having(func.count() >= most)), why)
    return found


def write_to_many(
    session: Session,
    *,
    by: Actor,
    account_ids: Collection[str],
    words: str,
    shown: str,
    today: date,
    now: datetime,
) -> int:
    """Write to all whom the screen showed; `now` is by what it is undone. Returns how many.

    Unlike an answer to one person, it settles no help request: it was not written for whoever asked. Raises EmptyWords, what
    `message_reach`, `Reach.check_shown` and `text.clean_paragraph` raise.
    """
    said = cleaned_words(words, most=policy.MESSAGE_LENGTH)
    reach = message_reach(session, by=by, account_ids=account_ids, today=today, now=now)
    reach.check_shown(shown)
    session.add_all(ThreadMessage(account_id=one, by_id=by.id, text=said, at=now) for one in reach.ids)
    session.flush()
    return len(reach.ids)


def take_messages_back(session: Session, *, by: Actor, at: datetime, today: date, now: datetime) -> int:
    """Take back what one wrote at that instant, within a day, where it is not read yet. Returns how many."""
    if now - at > policy.UNDO_WITHIN:
        return 0
    readable = select(Account.id).where(permissions.may_be_read(by, today=today))
    own = (col(ThreadMessage.by_id) == by.id, col(ThreadMessage.at) == at, col(ThreadMessage.account_id).in_(readable))
    waiting = (col(ThreadMessage.read_at).is_(None), col(ThreadMessage.removed_at).is_(None))
    taken = update(ThreadMessage).where(*own, *waiting).values(removed_at=now)
    count: int = session.exec(taken.execution_options(synchronize_session=False)).rowcount
    return count
