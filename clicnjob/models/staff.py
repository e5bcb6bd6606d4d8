"""The tables of professionals: one-time links, second factors, recovery codes, external identities, calendars, settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, random_id, utc_now


class Invitation(Record, table=True):
    """A one-time link with which a professional chooses a password, at first or after losing it.

    Only the SHA-256 of its token is stored. Used, revoked, expired and unknown tokens get the same answer.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    token_digest: str = Field(unique=True, max_length=64)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    made_at: datetime = instant_column(default_factory=utc_now)
    used_at: datetime | None = instant_column(default=None)
    revoked_at: datetime | None = instant_column(default=None)


class SecondFactor(Record, table=True):
    """The TOTP secret of a professional, encrypted with a key outside the database.

    `next_secret` waits to be confirmed by a first code; `secret` stays valid until then. `last_step` is the 30-second
    step of the last code used, so that no code is accepted twice.
    """

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    secret: str = Field(default="", max_length=400)
    next_secret: str = Field(default="", max_length=400)
    made_at: datetime = instant_column(default_factory=utc_now)
    confirmed_at: datetime | None = instant_column(default=None)
    last_step: int = 0
    wrong_tries: int = 0
    wait_until: datetime | None = instant_column(default=None)


class RecoveryCode(Record, table=True):
    """A one-time code for a lost telephone, stored as a keyed digest."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    code_digest: str = Field(unique=True, max_length=64)
    used_at: datetime | None = instant_column(default=None)


class OutsideIdentity(Record, table=True):
    """A professional's identity at the external provider: first the e-mail address given by the head, then `sub`."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    email: str = Field(unique=True, max_length=254)
    issuer: str = Field(default="", max_length=300)
    subject: str = Field(default="", index=True, max_length=255)
    linked_at: datetime | None = instant_column(default=None)


class CalendarFeed(Record, table=True):
    """The private address at which a calendar program reads a professional's appointments. Only its digest is stored.

    `names` is a key of `cohort.support.calendar_feed.NAMES`: what the calendar may say of a young person.
    """

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    token_digest: str = Field(unique=True, max_length=64)
    names: str = Field(default="", max_length=16)
    made_at: datetime = instant_column(default_factory=utc_now)


class StructureSettings(Record, table=True):
    """One version of an organisation's settings. The highest is in force; the earlier ones tell who changed what."""

    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", primary_key=True, max_length=32)
    version: int = Field(primary_key=True)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    by_id: str = Field(max_length=32)
    at: datetime = instant_column(default_factory=utc_now)
