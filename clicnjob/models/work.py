"""The tables of people's work: versioned JSON bodies, their revisions, and the photo, the drafts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, UniqueConstraint
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, one_of, random_id, utc_now
from clicnjob.models.words import WorkKind


class Work(Record, table=True):
    """A person's work: its latest body, and the version that `works.save_work` checks.

    `place` is where the person last was in the guided CV; it is not part of the work and has no history.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    kind: WorkKind = Field(sa_type=one_of(WorkKind))
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    version: int = 1
    place: str = Field(default="", max_length=64)
    created_at: datetime = instant_column(default_factory=utc_now)
    changed_at: datetime = instant_column(default_factory=utc_now, index=True)
    deleted_at: datetime | None = instant_column(default=None)


class Revision(Record, table=True):
    """A saved version of a work, for history and undo."""

    __table_args__ = (UniqueConstraint("work_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    work_id: str = Field(foreign_key="work.id", ondelete="CASCADE", max_length=32)
    version: int
    restores: int | None = None
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    operation: str = Field(unique=True, max_length=64)
    by_id: str = Field(max_length=32)
    at: datetime = instant_column(default_factory=utc_now, index=True)


class Draft(Record, table=True):
    """A message that a young person is writing and has not sent; `box` is the name of the box that it is typed into."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    box: str = Field(primary_key=True, max_length=64)
    text: str = Field(max_length=4000)
    at: datetime = instant_column(default_factory=utc_now)


class Photo(Record, table=True):
    """A person's photo, if they want one: a re-encoded JPEG without metadata."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    jpeg: bytes = Field(sa_type=LargeBinary)
    changed_at: datetime = instant_column(default_factory=utc_now)
