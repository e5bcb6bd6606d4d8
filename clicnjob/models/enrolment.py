"""The tables of enrolment: imported lists, and what an organisation gave besides a name."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, random_id, utc_now


class ImportBatch(Record, table=True):
    """A list of people enrolled together. For a short time it can be undone as a whole, if nobody has signed in yet."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    made_at: datetime = instant_column(default_factory=utc_now)
    people: int = 0
    undone_at: datetime | None = instant_column(default=None)


class Enrolment(Record, table=True):
    """What the organisation gave to tell a young person from others and to call them; any of it may be empty.

    `birth_month` is "YYYY-MM".
    """

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    batch_id: str | None = Field(
        default=None, foreign_key="importbatch.id", ondelete="SET NULL", index=True, max_length=32
    )
    phone: str = Field(default="", max_length=32)
    birth_month: str = Field(default="", max_length=7)
