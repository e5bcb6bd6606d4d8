"""Comments on a section of a CV. The young person sees them in place and answers once or settles them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import refreshing
from clicnjob.cv.model import guide
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, Comment

SECTIONS = guide.STAGES
SOMEBODY = "Un conseiller"  # shown when the author's account is gone
READY_ANSWERS = ("C’est fait\u00a0!", "Je ne comprends pas.", "On en parle quand on se voit\u00a0?")


class EmptyWords(Refusal):
    """The text has no visible character."""

    sentence = "Il n’y a rien d’écrit. Écrivez une phrase."


class TooManyWritten(Refusal):
    """As much was written about one person as a day may hold, with what was removed."""

    sentence = "Beaucoup de choses sont déjà écrites pour ce jeune aujourd’hui. La suite, demain."


class EmptyAnswer(Refusal):
    """As EmptyWords, addressed to a young person."""

    sentence = "Il n’y a rien d’écrit. Choisis une phrase ou écris la tienne."


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment as shown; `by` is the author's first name."""

    id: str
    section: str
    text: str
    by: str
    by_id: str
    at: datetime
    answer: str
    answered_at: datetime | None
    settled_at: datetime | None
    read_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether the young person has neither answered nor settled it."""
        return self.answered_at is None and self.settled_at is None


def add_comment(
    session: Session, *, by: Actor, account_id: str, section: str, words: str, today: date, now: datetime
) -> str:
    """Comment on a section of a CV; returns the comment's id. Raises NotFound, TooManyWritten, what `cleaned_words` raises."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    if section not in SECTIONS:
        raise NotFound
    lately = (Comment.account_id == account_id, col(Comment.at) > now - timedelta(days=1))
    if session.exec(select(func.count()).select_from(Comment).where(*lately)).one() >= policy.WRITTEN_A_DAY:
        raise TooManyWritten
    said = Comment(account_id=account_id, by_id=by.id, section=section, text=cleaned_words(words), at=now)
    session.add(said)
    refreshing.mark_outdated(session, account_id=account_id)
    return said.id


def remove_comment(session: Session, *, by: Actor, comment_id: str, now: datetime) -> None:
    """Remove one's own comment. Raises NotFound."""
    said = session.get(Comment, comment_id)
    if not permissions.may_follow(by) or said is None or said.by_id != by.id or said.removed_at is not None:
        raise NotFound
    said.removed_at = now
    refreshing.mark_outdated(session, account_id=said.account_id)


def of_young(session: Session, *, of: Actor, waiting: bool = False) -> tuple[ShownComment, ...]:
    """Return the comments on the young person's own CV, oldest first. One query."""
    query = _SAID.where(col(Comment.account_id) == of.id, col(Comment.removed_at).is_(None))
    if waiting:
        query = query.where(col(Comment.answered_at).is_(None), col(Comment.settled_at).is_(None))
    return tuple(ShownComment(*row) for row in session.execute(query))


def on_person(session: Session, *, by: Actor, account_id: str, today: date) -> tuple[ShownComment, ...]:
    """Return the comments on somebody's CV, for those who follow them. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    query = _SAID.where(col(Comment.account_id) == account_id, col(Comment.removed_at).is_(None))
    return tuple(ShownComment(*row) for row in session.execute(query))


def answer_comment(session: Session, *, by: Actor, comment_id: str, words: str, now: datetime) -> None:
    """Store the young person's answer, which replaces an earlier one. Raises NotFound, EmptyAnswer."""
    said = _own_comment(session, by, comment_id)
    if not (typed := text.clean_paragraph(words, most=policy.COMMENT_LENGTH)):
        raise EmptyAnswer
    said.answer, said.answered_at, said.read_at = typed, now, None
    refreshing.mark_outdated(session, account_id=by.id)


def settle_comment(session: Session, *, by: Actor, comment_id: str, now: datetime) -> None:
    """Mark a comment as settled without an answer (« C’est réglé »). Raises NotFound."""
    _own_comment(session, by, comment_id).settled_at = now
    refreshing.mark_outdated(session, account_id=by.id)


def mark_comment_read(session: Session, *, by: Actor, comment_id: str, today: date, now: datetime) -> None:
    """Record that a professional has read the answer. Raises NotFound."""
    said = session.get(Comment, comment_id)
    if said is None or said.removed_at is not None:
        raise NotFound
    permissions.followed_person(session, by=by, account_id=said.account_id, today=today)
    said.read_at = now
    refreshing.mark_outdated(session, account_id=said.account_id)


def cleaned_words(words: str, *, most: int = policy.COMMENT_LENGTH) -> str:
    """Return a professional's text, cleaned. Raises EmptyWords and what `text.clean_paragraph` raises."""
    if not (typed := text.clean_paragraph(words, most=most)):
        raise EmptyWords
    return typed


def _own_comment(session: Session, actor: Actor, comment_id: str) -> Comment:
    said = session.get(Comment, comment_id)
    if said is None or said.account_id != actor.id or said.removed_at is not None or said.settled_at is not None:
        raise NotFound
    return said


_COLUMNS: Any = (
    Comment.id, Comment.section, Comment.text, func.coalesce(Account.first_name, SOMEBODY), Comment.by_id, Comment.at,
    Comment.answer, Comment.answered_at, Comment.settled_at, Comment.read_at,
)  # fmt: skip
_SAID = (
    sqlalchemy.select(*_COLUMNS)
    .outerjoin(Account, col(Account.id) == col(Comment.by_id))
    .order_by(col(Comment.at), col(Comment.id))
)
