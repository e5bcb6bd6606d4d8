"""The tables of a person's decisions about their data: consents and planned erasures."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, one_of, random_id, utc_now
from clicnjob.models.words import ConsentTo, ErasureWhy


class Consent(Record, table=True):
    """A consent (« oui ») of a young person, with its instant and that of its withdrawal."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    what: ConsentTo = Field(sa_type=one_of(ConsentTo))
    given_at: datetime = instant_column(default_factory=utc_now)
    withdrawn_at: datetime | None = instant_column(default=None)


class ErasurePlan(Record, table=True):
    """A planned erasure: requested by the person, or announced after a long time without visits."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    why: ErasureWhy = Field(sa_type=one_of(ErasureWhy))
    noted_at: datetime = instant_column(default_factory=utc_now)
    due_at: datetime = instant_column(index=True)
