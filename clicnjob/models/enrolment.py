"""The tables of enrolment: imported lists, what an organisation gave besides a name, and two files made one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
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


class ImportRemainder(Record, table=True):
    """A row of an imported file that could not be enrolled yet, for the professional who imported it to mend.

    `typed` holds what it says of each part that the import reads, `reasons` a sentence for each part that is wrong.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(index=True, max_length=32)
    batch_id: str | None = Field(default=None, foreign_key="importbatch.id", ondelete="SET NULL", max_length=32)
    line: int
    typed: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    reasons: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    at: datetime = instant_column(default_factory=utc_now, index=True)


class ImportLayout(Record, table=True):
    """Which column of a structure's own file holds what, when its titles did not say so.

    `titles` is a digest of the row of titles, so that nothing of a file is kept; `places` are the columns of each field.
    """

    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", primary_key=True, max_length=32)
    titles: str = Field(primary_key=True, max_length=64)
    places: dict[str, list[int]] = Field(default_factory=dict, sa_type=JSON)
    used_at: datetime = instant_column(default_factory=utc_now)


class FileMerge(Record, table=True):
    """Two accounts of one young person made one: what belonged to `other_id` moved to `kept_id`.

    `moved` lists the rows that changed their owner, as [table, key, owner before]; `before` is what the kept account said
    of its person. Both serve to undo the merge. `read_at` is when the young person said that they had read about it.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    kept_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    other_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    at: datetime = instant_column(default_factory=utc_now)
    moved: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
    before: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    undone_at: datetime | None = instant_column(default=None)
    read_at: datetime | None = instant_column(default=None)
