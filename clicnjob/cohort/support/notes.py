"""Short notes on a young person's file, which the young person can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.cohort import permissions
from clicnjob.cohort.support.comments import SOMEBODY, TooManyWritten, cleaned_words
from clicnjob.errors import NotFound
from clicnjob.models import Account, Actor, Note


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """A note as shown, to professionals and to the young person alike."""

    id: str
    text: str
    by: str
    by_id: str
    at: datetime


def write_note(session: Session, *, by: Actor, account_id: str, words: str, today: date, now: datetime) -> None:
    """Write a note. Raises NotFound, comments.EmptyWords, comments.TooManyWritten, what `text.clean_paragraph` raises."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    kept = cleaned_words(words, most=policy.NOTE_LENGTH)
    lately = (Note.account_id == account_id, col(Note.at) > now - timedelta(days=1))
    if session.exec(select(func.count()).select_from(Note).where(*lately)).one() >= policy.WRITTEN_A_DAY:
        raise TooManyWritten
    session.add(Note(account_id=account_id, by_id=by.id, text=kept, at=now))
    session.flush()


def remove_note(session: Session, *, by: Actor, note_id: str, now: datetime) -> None:
    """Remove one's own note. Raises NotFound."""
    kept = session.get(Note, note_id)
    if not permissions.may_follow(by) or kept is None or kept.by_id != by.id or kept.removed_at is not None:
        raise NotFound
    kept.removed_at = now


def on_person(session: Session, *, by: Actor, account_id: str, today: date) -> tuple[WrittenNote, ...]:
    """Return the notes on somebody, newest first. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    return _notes_of(session, account_id)


def of_young(session: Session, *, of: Actor) -> tuple[WrittenNote, ...]:
    """Return the notes about the young person, newest first. One query."""
    return _notes_of(session, of.id)


def _notes_of(session: Session, account_id: str) -> tuple[WrittenNote, ...]:
    query = (
        select(Note, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(Note.by_id))
        .where(Note.account_id == account_id, col(Note.removed_at).is_(None))
        .order_by(col(Note.at).desc(), Note.id)
    )
    return tuple(WrittenNote(n.id, n.text, name or SOMEBODY, n.by_id, n.at) for n, name in session.exec(query))
