"""Drafts: what a young person has typed into the box of a message and not sent yet. Only they ever see it.

A draft is stored as it is typed, so that a reload or a restart loses nothing. It is deleted when the message is sent.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from clicnjob import own_work, policy, text
from clicnjob.models import Actor, Draft


def own_drafts(session: Session, *, of: Actor) -> dict[str, str]:
    """Return the person's drafts by the name of their box. One query. Raises NotForStaff."""
    if not own_work.may_have_own_work(of):
        raise own_work.NotForStaff
    rows = session.exec(select(Draft.box, Draft.text).where(Draft.account_id == of.id).order_by(Draft.box))
    return dict(rows.all())


def save_draft(session: Session, *, by: Actor, box: str, typed: str, most: int, now: datetime) -> None:
    """Store what a box holds; an empty text deletes the draft.

    The oldest drafts are deleted beyond `policy.DRAFTS_AT_ONCE`. Raises NotForStaff, and what `text.clean_paragraph` raises.
    """
    if not own_work.may_have_own_work(by):
        raise own_work.NotForStaff
    words = text.clean_paragraph(typed, most=min(most, policy.TEXT_LENGTH))
    if not words:
        forget_draft(session, by=by, box=box)
        return
    session.merge(Draft(account_id=by.id, box=box, text=words, at=now))
    session.flush()
    newest = select(Draft.box).where(Draft.account_id == by.id).order_by(col(Draft.at).desc(), Draft.box)
    kept = session.exec(newest.limit(policy.DRAFTS_AT_ONCE)).all()
    session.exec(delete(Draft).where(col(Draft.account_id) == by.id, col(Draft.box).not_in(kept)))


def forget_draft(session: Session, *, by: Actor, box: str) -> None:
    """Delete the draft of a box, because its message was sent or emptied. Raises NotForStaff."""
    if not own_work.may_have_own_work(by):
        raise own_work.NotForStaff
    session.exec(delete(Draft).where(col(Draft.account_id) == by.id, col(Draft.box) == box))
