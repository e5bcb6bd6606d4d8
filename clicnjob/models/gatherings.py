"""The tables of group sessions (« séance de groupe ») and of who attended them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, random_id, utc_now

_RUNNING = text("ended_at IS NULL")


class Gathering(Record, table=True):
    """A group session. `kind` is a key of data/conseiller/seances.yaml; `minutes` is its length, 0 while it runs.

    A unique index lets a person run only one at a time.
    """

    __table_args__ = (
        Index("ix_gathering_running", "by_id", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        Index("ix_gathering_by", "by_id", "began_at"),
        Index("ix_gathering_began_at", "began_at"),
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    kind: str = Field(max_length=32)
    title: str = Field(max_length=400)
    began_at: datetime = instant_column(default_factory=utc_now)
    ended_at: datetime | None = instant_column(default=None)
    minutes: int = 0


class Attendance(Record, table=True):
    """The attendance of a young person at a group session."""

    gathering_id: str = Field(foreign_key="gathering.id", ondelete="CASCADE", primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, index=True, max_length=32)
