"""The tables of jobs: official titles, words that the search did not find, synonyms added by organisations."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, random_id, utc_now


class OfficialTitle(Record, table=True):
    """A job title of France Travail's directory (ROME). An import replaces all rows, so they have one version."""

    number: str = Field(primary_key=True, max_length=16)
    label: str = Field(max_length=300)
    code: str = Field(max_length=8)
    sheet: str = Field(max_length=8)
    main: bool = False
    rare: bool = False
    version: str = Field(max_length=16)


class MissingWord(Record, table=True):
    """Words for which the job search found nothing, counted without saying who typed them."""

    __table_args__ = (UniqueConstraint("organisation_id", "words"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id", ondelete="CASCADE", max_length=32)
    words: str = Field(max_length=80)
    count: int = 1
    last_on: date


class Synonym(Record, table=True):
    """Everyday words that an organisation added to the job search; they lead to one job sheet."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id", ondelete="CASCADE", max_length=32)
    words: str = Field(max_length=80)
    job: str = Field(max_length=64)
    by_id: str = Field(max_length=32)
    created_at: datetime = instant_column(default_factory=utc_now)
