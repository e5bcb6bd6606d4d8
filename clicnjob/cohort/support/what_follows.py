"""What follows young people to the colleague to whom they are handed over, and comes back when that is undone.

Messages, help requests, reminders and alerts belong to the young person, so they follow by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import and_, update
from sqlmodel import Session, col, select

from clicnjob.models import Account, Actor, Appointment, Handover, ThreadMessage


def pass_appointments(session: Session, given: Mapping[str, Handover], *, today: date) -> None:
    """Pass the appointments to come to the colleague, so that they stand in the agenda of who will be there.

    Those are the appointments with the adviser before, or with somebody whose account is closed.
    """
    for one, with_nobody in _coming_appointments(session, list(given), today=today):
        handover = given[one.account_id]
        if with_nobody or one.by_id == handover.from_id:
            one.by_id, one.handover_id = handover.to_id, handover.id


def adopt_appointments(session: Session, *, by: Actor, account_id: str, today: date) -> None:
    """Take over what somebody whose account is closed had arranged with a person that the actor now follows."""
    for one, with_nobody in _coming_appointments(session, [account_id], today=today):
        if with_nobody:
            one.by_id = by.id


def _coming_appointments(
    session: Session, account_ids: Sequence[str], *, today: date
) -> Sequence[tuple[Appointment, bool]]:
    """Return the appointments to come of these people, and whether who proposed each is there no more. One query."""
    query = (
        select(Appointment, Account.id)
        .outerjoin(Account, and_(col(Account.id) == col(Appointment.by_id), col(Account.closed_at).is_(None)))
        .where(
            col(Appointment.account_id).in_(account_ids), col(Appointment.day) >= today,
            col(Appointment.withdrawn_at).is_(None), Appointment.outcome == "",
        )
    )  # fmt: skip
    return [(one, there is None) for one, there in session.exec(query)]


def return_appointments(session: Session, undone: Sequence[Handover]) -> None:
    """Give back the appointments that these handovers had passed on."""
    before = {one.id: one.from_id for one in undone}
    for one in session.exec(select(Appointment).where(col(Appointment.handover_id).in_(list(before)))):
        one.by_id, one.handover_id = before[one.handover_id] or one.by_id, ""


def take_messages_back(session: Session, account_ids: Sequence[str], *, by: Actor, at: datetime, now: datetime) -> None:
    """Take back what the act told its people, where they have not read it."""
    told = update(ThreadMessage).where(
        col(ThreadMessage.account_id).in_(account_ids), col(ThreadMessage.by_id) == by.id,
        col(ThreadMessage.at) == at, col(ThreadMessage.read_at).is_(None),
    )  # fmt: skip
    session.exec(told.values(removed_at=now))
