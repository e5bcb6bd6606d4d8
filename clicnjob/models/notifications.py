"""The tables of notifications: where a young person agreed to be notified, and what left."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, one_of, random_id, utc_now
from clicnjob.models.words import MailState, NotificationChannel, NotificationReason


class NotificationAddress(Record, table=True):
    """The number or the e-mail address that a young person gave to be notified; deleted when they stop."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    channel: NotificationChannel = Field(sa_type=one_of(NotificationChannel), primary_key=True)
    address: str = Field(max_length=254)
    agreed_at: datetime = instant_column(default_factory=utc_now)


class SentNotification(Record, table=True):
    """One notification, claimed before it leaves: `operation` is unique, so that it leaves once.

    `fault` is a key of `notifications.outcomes.FAULTS`, '' for none. `address_digest` is keyed: it counts what goes to one
    number without storing it.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    channel: NotificationChannel = Field(sa_type=one_of(NotificationChannel))
    reason: NotificationReason = Field(sa_type=one_of(NotificationReason))
    operation: str = Field(unique=True, max_length=100)
    address_digest: str = Field(index=True, max_length=64)
    state: MailState = Field(default=MailState.LEAVING, sa_type=one_of(MailState))
    fault: str = Field(default="", max_length=16)
    attempts: int = 1
    at: datetime = instant_column(default_factory=utc_now, index=True)
