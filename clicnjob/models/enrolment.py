"""The tables of signing up: what a structure gave with a name to tell people apart and to call them, and the imports."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from clicnjob.models.columns import Record, instant, now, random_id


class ImportBatch(Record, table=True):
    """One list of people signed up at once; undone as a whole, soon, as long as they did not come."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    made_at: datetime = instant(default_factory=now)
    people: int = 0
    undone_at: datetime | None = instant(default=None)


class Enrolment(Record, table=True):
    """What the structure gave when it signed a young person up: a telephone, a month of birth ("YYYY-MM"), or nothing."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    batch_id: str | None = Field(
        default=None, foreign_key="importbatch.id", ondelete="SET NULL", index=True, max_length=32
    )
    phone: str = Field(default="", max_length=32)
    birth_month: str = Field(default="", max_length=7)
