"""Tickets: the right to download one document once, within minutes. No document is stored.

An ordinary ticket works only in the browser that asked. A phone is not signed in, so its ticket works for whoever has
the link, but ends with the visit that asked: nothing can be downloaded after « J’ai fini ».
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from clicnjob import models, policy
from clicnjob.accounts import presence
from clicnjob.accounts.presence import Present, token_digest
from clicnjob.errors import Refusal
from clicnjob.models import SignIn

OWN_WORK = frozenset({"pdf", "docx", "resume", "work", "dossier"})  # the documents that hold what a person made here


class TicketSpent(Refusal):
    """The ticket is unknown, used, expired, or somebody else's. The answer is the same for all four."""

    sentence = "Ce lien ne marche plus. Reviens sur la page et demande le document à nouveau."


@dataclass(frozen=True, slots=True)
class TakenTicket:
    """A ticket that has just been used: which document, of which work, for whom."""

    document: str
    work_id: str
    account_id: str
    sign_in_id: str


class PhoneLinkSpent(TicketSpent):
    """As TicketSpent, for a phone, which has no page to go back to."""

    sentence = "Ce lien ne marche plus. Sur l’ordinateur, demande un nouveau carré."


def issue_ticket(
    session: Session, *, present: Present, document: str, work_id: str = "", by_phone: bool = False, now: datetime
) -> str:
    """Return a token for one download of `document`, a key of `clicnjob.web.documents.serving.MAKERS`.

    It works in this browser or, if `by_phone`, on a phone; a new phone link voids the unused ones of this visit.
    """
    if by_phone:
        session.exec(delete(models.Ticket).where(*_unused_links(present.sign_in_id)))
    token = secrets.token_urlsafe(policy.TOKEN_BYTES)
    row = models.Ticket(
        token_digest=token_digest(token),
        sign_in_id=present.sign_in_id,
        account_id=present.id,
        document=document,
        work_id=work_id,
        by_phone=by_phone,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return token


def take_ticket(session: Session, token: str, *, sign_in_id: str, now: datetime) -> TakenTicket:
    """Use a ticket up. If two requests come at once, one gets it. Raises TicketSpent."""
    mine = col(models.Ticket.sign_in_id) == sign_in_id
    taken = _take_row(session, token, mine, col(models.Ticket.by_phone).is_(False), now=now)
    if taken is None:
        raise TicketSpent
    session.exec(update(SignIn).where(col(SignIn.id) == sign_in_id).values(took_file=True))
    _note_work_taken(session, taken, now=now)
    return taken


def take_by_phone(session: Session, token: str, *, now: datetime) -> TakenTicket:
    """Use a phone's link up, if the visit that asked for it still lasts. Raises PhoneLinkSpent."""
    taken = _take_row(session, token, col(models.Ticket.by_phone).is_(True), now=now)
    if taken is None or not presence.sign_in_lasts(session, taken.sign_in_id, now=now):
        raise PhoneLinkSpent
    _note_work_taken(session, taken, now=now)
    return taken


def waits_for_phone(session: Session, token: str, *, now: datetime) -> bool:
    """Whether a phone's link can still be used. Checking does not use it."""
    query = select(models.Ticket.sign_in_id).where(*_open_conditions(token, now), col(models.Ticket.by_phone).is_(True))
    sign_in_id = session.exec(query).first()
    return sign_in_id is not None and presence.sign_in_lasts(session, sign_in_id, now=now)


def _note_work_taken(session: Session, taken: TakenTicket, *, now: datetime) -> None:
    if taken.document in OWN_WORK:
        session.exec(update(SignIn).where(col(SignIn.id) == taken.sign_in_id).values(work_taken_at=now))


def _take_row(session: Session, token: str, *which: ColumnElement[bool], now: datetime) -> TakenTicket | None:
    row = models.Ticket
    if session.exec(update(row).where(*_open_conditions(token, now), *which).values(taken_at=now)).rowcount != 1:
        return None
    taken = session.exec(select(row).where(row.token_digest == token_digest(token))).one()
    return TakenTicket(taken.document, taken.work_id, taken.account_id, taken.sign_in_id)


def _open_conditions(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    row = models.Ticket
    return (
        col(row.token_digest) == token_digest(token),
        col(row.taken_at).is_(None),
        col(row.made_at) > now - policy.DOCUMENT_LASTS,
    )


def _unused_links(sign_in_id: str) -> tuple[ColumnElement[bool], ...]:
    row = models.Ticket
    return (col(row.sign_in_id) == sign_in_id, col(row.by_phone).is_(True), col(row.taken_at).is_(None))


def sweep_tickets(session: Session, *, now: datetime) -> int:
    """Delete the expired tickets. Returns how many."""
    old = col(models.Ticket.made_at) <= now - policy.DOCUMENT_LASTS
    return session.exec(delete(models.Ticket).where(old)).rowcount
