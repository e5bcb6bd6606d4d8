"""The thread between a young person and those who follow them: short messages both ways, with read marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support import help_requests
from clicnjob.cohort.support.comments import SOMEBODY, EmptyAnswer, EmptyWords, cleaned_words
from clicnjob.cohort.support.help_requests import NobodyToAsk, SupportEnded
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, ThreadMessage


class TooManyUnread(Refusal):
    """The other side has not read the earlier messages yet."""

    sentence = "Il y a déjà beaucoup de messages non lus."


class TooManyToday(Refusal):
    """One side has written as much as a day may hold, with what it took back."""

    sentence = "Beaucoup de messages sont déjà partis aujourd’hui. La suite, demain."


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One message as shown; `by` is the author's first name, `from_young` tells the side."""

    id: str
    text: str
    by: str
    by_id: str
    from_young: bool
    at: datetime
    read_at: datetime | None


def write_to_young(session: Session, *, by: Actor, account_id: str, words: str, today: date, now: datetime) -> None:
    """Write to one person; an open help request of theirs is settled by it, since it was written for them.

    Raises NotFound, EmptyWords, what `text.clean_paragraph` raises, TooManyUnread, TooManyToday.
    """
    said = cleaned_words(words, most=policy.MESSAGE_LENGTH)
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    _check_room(session, account_id, col(ThreadMessage.by_id) != account_id, now=now)
    session.add(ThreadMessage(account_id=account_id, by_id=by.id, text=said, at=now))
    help_requests.settle_help_request(session, by=by, account_id=account_id, today=today, now=now)
    session.flush()


def write_to_adviser(session: Session, *, by: Actor, words: str, now: datetime) -> None:
    """Write to those who follow the actor. Raises NobodyToAsk, SupportEnded, EmptyAnswer, TooManyUnread, TooManyToday."""
    if not help_requests.may_ask(by):
        raise NobodyToAsk
    if session.exec(select(Account.archived_at).where(Account.id == by.id)).one() is not None:
        raise SupportEnded
    try:
        said = cleaned_words(words, most=policy.MESSAGE_LENGTH)
    except EmptyWords:
        raise EmptyAnswer from None
    _check_room(session, by.id, col(ThreadMessage.by_id) == by.id, now=now)
    session.add(ThreadMessage(account_id=by.id, by_id=by.id, text=said, at=now))
    session.flush()
    refreshing.mark_outdated(session, account_id=by.id)


def take_message_back(session: Session, *, by: Actor, message_id: str, today: date, now: datetime) -> None:
    """Take back one's own message that the other side has not read. Raises NotFound."""
    kept = session.get(ThreadMessage, message_id)
    if kept is None or kept.by_id != by.id or kept.removed_at is not None or kept.read_at is not None:
        raise NotFound
    if kept.account_id != by.id:
        permissions.followed_person(session, by=by, account_id=kept.account_id, today=today)
    kept.removed_at = now
    session.flush()
    refreshing.mark_outdated(session, account_id=kept.account_id)


def thread_on_person(session: Session, *, by: Actor, account_id: str, today: date) -> tuple[ShownMessage, ...]:
    """Return the latest messages with somebody, earliest first. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    return _thread_messages(session, account_id)


def own_thread(session: Session, *, of: Actor) -> tuple[ShownMessage, ...]:
    """Return the young person's latest messages, earliest first. One query."""
    return _thread_messages(session, of.id)


def unread_by_young(session: Session, *, of: Actor) -> int:
    """Return how many messages the young person has not read. One query."""
    query = select(func.count()).select_from(ThreadMessage)
    return session.exec(query.where(*_unread_conditions(of.id), col(ThreadMessage.by_id) != of.id)).one()


def mark_read_by_young(session: Session, *, by: Actor, now: datetime) -> None:
    """Mark what was written to the actor as read."""
    for kept in session.exec(
        select(ThreadMessage).where(*_unread_conditions(by.id), col(ThreadMessage.by_id) != by.id)
    ):
        kept.read_at = now
    session.flush()


def mark_read_by_adviser(session: Session, *, by: Actor, account_id: str, today: date, now: datetime) -> None:
    """Mark what a young person wrote as read. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    for kept in session.exec(
        select(ThreadMessage).where(*_unread_conditions(account_id), ThreadMessage.by_id == account_id)
    ):
        kept.read_at = now
    session.flush()
    refreshing.mark_outdated(session, account_id=account_id)


def _thread_messages(session: Session, account_id: str) -> tuple[ShownMessage, ...]:
    query = (
        select(ThreadMessage, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(ThreadMessage.by_id))
        .where(ThreadMessage.account_id == account_id, col(ThreadMessage.removed_at).is_(None))
        .order_by(col(ThreadMessage.at).desc(), ThreadMessage.id)
        .limit(policy.MESSAGES_SHOWN)
    )
    found = [
        ShownMessage(m.id, m.text, name or SOMEBODY, m.by_id, m.by_id == m.account_id, m.at, m.read_at)
        for m, name in session.exec(query)
    ]
    return tuple(reversed(found))


def _unread_conditions(account_id: str) -> tuple[Any, ...]:
    unread = (col(ThreadMessage.read_at).is_(None), col(ThreadMessage.removed_at).is_(None))
    return (ThreadMessage.account_id == account_id, *unread)


def _check_room(session: Session, account_id: str, side: ColumnElement[bool], *, now: datetime) -> None:
    """Count what one side wrote: unread, and within a day, taken back or not, so that no loop fills the table."""
    count = select(func.count()).select_from(ThreadMessage)
    if session.exec(count.where(*_unread_conditions(account_id), side)).one() >= policy.MESSAGES_UNREAD:
        raise TooManyUnread
    lately = (ThreadMessage.account_id == account_id, col(ThreadMessage.at) > now - timedelta(days=1))
    if session.exec(count.where(*lately, side)).one() >= policy.MESSAGES_A_DAY:
        raise TooManyToday
