"""The tables of traces: who did what, when, to whom and why, never contents; and who was erased, without saying who."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from clicnjob.models.columns import Record, instant, now


class AuditEvent(Record, table=True):
    """One line of the audit log. `chain` seals the line and all before it: a line changed or removed is seen."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant(default_factory=now)
    by_id: str = Field(max_length=32)
    organisation_id: str | None = Field(default=None, index=True, max_length=32)
    act: str = Field(max_length=48)
    whom_id: str = Field(default="", index=True, max_length=32)
    why: str = Field(default="", max_length=200)
    chain: str = Field(max_length=64)


class AuditSeal(Record, table=True):
    """Where the audit log begins (`start`: the last line that retention removed) and ends (`end`: the last one written).

    Without the first, retention would break the chain; without the second, the last lines could go unseen.
    """

    name: str = Field(primary_key=True, max_length=8)
    line_id: int
    chain: str = Field(max_length=64)
    seal: str = Field(max_length=64)


class Tombstone(Record, table=True):
    """Somebody was erased: a digest of their identifier, so that a backup from before cannot bring them back."""

    digest: str = Field(primary_key=True, max_length=64)
    erased_at: datetime = instant(default_factory=now)


class InstallationMark(Record, table=True):
    """What the database knows of its installation: `pepper`, a keyed check of the secret its codes are sealed with;
    `anchors`, that the audit log has anchors outside of it; `probe`, the last time that /sante wrote.
    """

    name: str = Field(primary_key=True, max_length=16)
    value: str = Field(max_length=64)
    at: datetime = instant(default_factory=now)
