"""The table of what a person did of lessons and scenes. It is theirs: no cohort, figure or log reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, one_of, utc_now
from clicnjob.models.words import LearningKind


class LearningRecord(Record, table=True):
    """One lesson or scene that a person opened: where they are, what they answered right, when it comes again.

    `answers` holds right answers only, by the id of their question. `times` counts how often it was finished when it was due.
    """

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    kind: LearningKind = Field(sa_type=one_of(LearningKind), primary_key=True)
    content_id: str = Field(primary_key=True, max_length=60)
    version: int
    place: str = Field(default="", max_length=64)
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    started_at: datetime = instant_column(default_factory=utc_now)
    finished_at: datetime | None = instant_column(default=None)
    times: int = 0
    due_at: datetime | None = instant_column(default=None)
