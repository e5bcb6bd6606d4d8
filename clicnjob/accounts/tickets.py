"""The right to fetch one document, once, soon, from the browser that asked. No document is stored."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from clicnjob import models, policy
from clicnjob.accounts.presence import Present, digest
from clicnjob.errors import Refusal


class TicketSpent(Refusal):
    """Unknown, used, run out, or somebody else's: the four answer alike."""

    sentence = "Ce lien ne marche plus. Reviens sur la page et demande le document à nouveau."


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket that has just been taken: which document, of which work, for whom."""

    document: str
    work_id: str
    account_id: str
    sign_in_id: str


def ticket(session: Session, *, present: Present, document: str, work_id: str = "", now: datetime) -> str:
    """A token for one download of `document` (a key of `clicnjob.web.documents.MAKERS`) by this browser."""
    token = secrets.token_urlsafe(policy.TOKEN_BYTES)
    row = models.Ticket(
        token_digest=digest(token),
        sign_in_id=present.sign_in_id,
        account_id=present.id,
        document=document,
        work_id=work_id,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return token


def take(session: Session, token: str, *, sign_in_id: str, now: datetime) -> Ticket:
    """Use a ticket up. Raises TicketSpent. Two takers at the same instant: one gets it."""
    row = models.Ticket
    open_still = (
        col(row.token_digest) == digest(token),
        col(row.sign_in_id) == sign_in_id,
        col(row.taken_at).is_(None),
        col(row.made_at) > now - policy.DOCUMENT_LASTS,
    )
    if session.exec(update(row).where(*open_still).values(taken_at=now)).rowcount != 1:
        raise TicketSpent
    taken = session.exec(select(row).where(row.token_digest == digest(token))).one()
    return Ticket(taken.document, taken.work_id, taken.account_id, taken.sign_in_id)


def sweep(session: Session, *, now: datetime) -> int:
    """Delete the tickets that can no longer be taken; gives how many."""
    old = col(models.Ticket.made_at) <= now - policy.DOCUMENT_LASTS
    return session.exec(delete(models.Ticket).where(old)).rowcount
