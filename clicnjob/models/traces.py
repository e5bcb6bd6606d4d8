"""The tables of the audit log, of erased people (as digests), and of the installation's own marks."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, utc_now


class AuditEvent(Record, table=True):
    """A line of the audit log: who did what, when, to whom and why, never contents.

    `chain` is a keyed digest of this line and all before it, which detects changed or removed lines.
    """

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant_column(default_factory=utc_now)
    by_id: str = Field(max_length=32)
    organisation_id: str | None = Field(default=None, index=True, max_length=32)
    act: str = Field(max_length=48)
    whom_id: str = Field(default="", index=True, max_length=32)
    why: str = Field(default="", max_length=200)
    chain: str = Field(max_length=64)


class AuditSeal(Record, table=True):
    """The limits of the audit log: `start` is the last line deleted by retention, `end` the last line written.

    Without `start`, retention would break the chain; without `end`, nobody would notice that the last lines are gone.
    """

    name: str = Field(primary_key=True, max_length=8)
    line_id: int
    chain: str = Field(max_length=64)
    seal: str = Field(max_length=64)


class Tombstone(Record, table=True):
    """The digest of an erased person's identifier, so that restoring an older backup does not bring them back."""

    digest: str = Field(primary_key=True, max_length=64)
    erased_at: datetime = instant_column(default_factory=utc_now)


class InstallationMark(Record, table=True):
    """What the database knows about its installation, by name: `pepper` is a check value of the secret that its codes are
    hashed with, `anchors` says that the audit log has an anchor file, `probe` is the last write of /sante/pret,
    `leader` names the process that does the periodic work, until `at`.
    """

    name: str = Field(primary_key=True, max_length=16)
    value: str = Field(max_length=64)
    at: datetime = instant_column(default_factory=utc_now)
