"""Sends what is due, at most once: each notification is claimed in the database before it leaves.

A process that dies while it sends leaves its claim behind, and nobody sends it again: a reminder may be lost, never doubled.
Only what surely did not leave is tried again, a few times.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, col, select

from clicnjob import config, db, policy
from clicnjob.cohort.notifications import channels, due, sentences
from clicnjob.cohort.notifications.due import DueNotification
from clicnjob.config import Settings
from clicnjob.french.days import local_day
from clicnjob.models import (
    Account,
    MailState,
    NotificationAddress,
    NotificationChannel,
    Organisation,
    SentNotification,
)
from clicnjob.sending import mail_server, sms_gateway

_LOG = logging.getLogger(__name__)
_COUNTED = (MailState.LEAVING, MailState.SENT, MailState.UNKNOWN)
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)
NUMBER_FAULT, SERVER_FAULT = "address", "server"


@dataclass(frozen=True, slots=True)
class ClaimedNotification:
    """A notification that is ours to send, once; `first` is the first by this channel since its owner agreed."""

    id: str
    due: DueNotification
    first: bool


def send_due(*, now: Callable[[], datetime], settings: Settings) -> int:
    """Send what is due in this minute. Returns how many left. Blocks while the servers answer."""
    usable = set(channels.channels_set_up(settings))
    if not usable or not due.may_leave_at(now()):
        return 0
    with db.read_transaction() as session:
        found = due.due_notifications(session, channels=usable, now=now())
        gone = _operations_done(session, found, now=now())
    left = tried = 0
    for one in found:
        if one.operation in gone or one.channel not in usable:
            continue
        if tried == policy.NOTIFICATIONS_AT_ONCE or not due.may_leave_at(now()):
            break
        with db.write_transaction() as session:
            claimed = claim_notification(session, due_one=one, now=now())
        if claimed is None:
            continue
        tried += 1
        state, fault = _send_notification(claimed, now=now(), settings=settings)
        with db.write_transaction() as session:
            finish_notification(session, notification_id=claimed.id, state=state, fault=fault)
        left += state is MailState.SENT
        if fault == SERVER_FAULT or state is MailState.UNKNOWN:
            usable.discard(one.channel)  # the rest waits for the next round, so that a dead server costs one wait
    return left


def claim_notification(session: Session, *, due_one: DueNotification, now: datetime) -> ClaimedNotification | None:
    """Mark a notification as leaving; None when it is not to leave: gone already, stopped, not true any more, too many.

    The structure's row is locked, so that two processes cannot share the last place of a bound.
    """
    one = due_one
    session.exec(select(Organisation.id).where(Organisation.id == one.organisation_id).with_for_update()).first()
    kept = session.get(NotificationAddress, (one.account_id, one.channel))
    person = session.get(Account, one.account_id)
    if kept is None or kept.address != one.address or person is None or person.archived_at or person.closed_at:
        return None
    if not due.is_still_due(session, one) or _is_too_many(session, one, now=now):
        return None
    before = select(SentNotification.id).where(
        SentNotification.account_id == one.account_id,
        SentNotification.channel == one.channel,
        col(SentNotification.state).in_(_COUNTED),
        col(SentNotification.at) >= kept.agreed_at,
    )
    first = session.exec(before.limit(1)).first() is None
    claimed_id = _claimed_id(session, one, now=now)
    return ClaimedNotification(claimed_id, one, first) if claimed_id else None


def finish_notification(session: Session, *, notification_id: str, state: MailState, fault: str) -> None:
    """Write what became of a claimed notification."""
    row = SentNotification
    ours = (col(row.id) == notification_id, col(row.state) == MailState.LEAVING)
    session.exec(update(row).where(*ours).values(state=state, fault=fault))


def address_digest(address: str) -> str:
    """Return what counts the notifications of a number without storing it."""
    return hmac.new(config.secret_pepper(), b"notified:" + address.encode(), hashlib.sha256).hexdigest()


def _operations_done(session: Session, found: tuple[DueNotification, ...], *, now: datetime) -> frozenset[str]:
    """Return which of these need no claim: they left, or wait to be tried again."""
    again = _may_be_tried_again(now)
    query = select(SentNotification.operation).where(
        col(SentNotification.account_id).in_({one.account_id for one in found}), ~again
    )
    return frozenset(session.exec(query))


def _may_be_tried_again(now: datetime) -> ColumnElement[bool]:
    row = SentNotification
    return (
        (col(row.state) == MailState.REFUSED)
        & (col(row.fault) == SERVER_FAULT)
        & (col(row.attempts) < policy.NOTIFICATION_TRIES)
        & (col(row.at) <= now - policy.NOTIFICATION_TRIED_AGAIN)
    )


def _claimed_id(session: Session, one: DueNotification, *, now: datetime) -> str:
    """Return the id of the row that is ours now; '' when another has it."""
    row = SentNotification
    known = session.exec(select(row.id).where(row.operation == one.operation)).first()
    if known is None:
        made = SentNotification(
            account_id=one.account_id, organisation_id=one.organisation_id, channel=one.channel, reason=one.reason,
            operation=one.operation, address_digest=address_digest(one.address), at=now,
        )  # fmt: skip
        session.add(made)
        session.flush()
        return made.id
    again = update(row).where(col(row.id) == known, _may_be_tried_again(now))
    taken = again.values(
        state=MailState.LEAVING, fault="", attempts=row.attempts + 1, at=now, address_digest=address_digest(one.address)
    )
    return known if session.exec(taken.execution_options(synchronize_session=False)).rowcount else ""


def _is_too_many(session: Session, one: DueNotification, *, now: datetime) -> bool:
    row = SentNotification
    counted = (col(row.state).in_(_COUNTED), row.channel == one.channel)
    week = (*counted, col(row.at) > now - _WEEK)
    bounds = (
        (policy.NOTIFICATIONS_A_WEEK, (*week, row.account_id == one.account_id)),
        (policy.NOTIFICATIONS_OF_AN_ADDRESS, (*week, row.address_digest == address_digest(one.address))),
        (
            policy.NOTIFICATIONS_OF_A_STRUCTURE_A_DAY,
            (*counted, col(row.at) > now - _DAY, row.organisation_id == one.organisation_id),
        ),
    )
    return any(
        session.exec(select(func.count()).select_from(row).where(*which)).one() >= most for most, which in bounds
    )


def _send_notification(claimed: ClaimedNotification, *, now: datetime, settings: Settings) -> tuple[MailState, str]:
    """Hand it over, and return what became of it."""
    one, today = claimed.due, local_day(now)
    try:
        if one.channel is NotificationChannel.SMS:
            words = sentences.sms_text(one.reason, day=one.day, today=today, first=claimed.first)
            sms_gateway.send_sms(one.address, words, settings=settings)
        else:
            sender = settings.smtp_from
            mail = sentences.mail_message(one.reason, day=one.day, recipient=one.address, sender=sender, now=now)
            mail_server.send_mail(mail, sender=sender, recipient=one.address, settings=settings)
    except (sms_gateway.NumberRefused, mail_server.AddressRefused):
        return MailState.REFUSED, NUMBER_FAULT
    except (sms_gateway.SmsRefused, mail_server.MailRefused):
        return MailState.REFUSED, SERVER_FAULT
    except (sms_gateway.SmsUnknown, mail_server.MailUnknown):
        return MailState.UNKNOWN, ""
    except ValueError as fault:  # an address that this protocol cannot write
        _LOG.warning("a notification cannot be written", extra={"fields": {"kind": type(fault).__name__}})
        return MailState.REFUSED, NUMBER_FAULT
    return MailState.SENT, ""
