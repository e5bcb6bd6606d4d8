"""The tables of professionals: one-time links, second factor, recovery codes, outside identity; a structure's settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from clicnjob.models.columns import Record, instant, now, random_id


class Invitation(Record, table=True):
    """A one-time link with which a professional chooses a password: at the invitation, and whenever it was lost.

    Only the SHA-256 of its token is kept; used, revoked, run out and unknown answer alike.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    token_digest: str = Field(unique=True, max_length=64)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    made_at: datetime = instant(default_factory=now)
    used_at: datetime | None = instant(default=None)
    revoked_at: datetime | None = instant(default=None)


class SecondFactor(Record, table=True):
    """The secret of a professional's code application, locked with a key outside the database.

    `next_secret` is one that waits for its first right code; the one in use serves until then. `last_step` is the half
    minute of the last code used: no code serves twice.
    """

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    secret: str = Field(default="", max_length=400)
    next_secret: str = Field(default="", max_length=400)
    made_at: datetime = instant(default_factory=now)
    confirmed_at: datetime | None = instant(default=None)
    last_step: int = 0
    wrong_tries: int = 0
    wait_until: datetime | None = instant(default=None)


class RecoveryCode(Record, table=True):
    """One code for the day when the telephone is lost: used once, kept as a keyed digest."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    code_digest: str = Field(unique=True, max_length=64)
    used_at: datetime | None = instant(default=None)


class OutsideIdentity(Record, table=True):
    """Who a professional is for the outside provider: the address that the head gave, then the provider's own subject."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    email: str = Field(unique=True, max_length=254)
    issuer: str = Field(default="", max_length=300)
    subject: str = Field(default="", index=True, max_length=255)
    linked_at: datetime | None = instant(default=None)


class StructureSettings(Record, table=True):
    """One version of the settings of a structure; the highest one holds, the earlier ones say who changed what."""

    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", primary_key=True, max_length=32)
    version: int = Field(primary_key=True)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    by_id: str = Field(max_length=32)
    at: datetime = instant(default_factory=now)
