"""The table of traces: who did what, when, to whom and why; never contents."""

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
