"""The tables of a support: what an adviser and a young person tell each other and agree on. There is no chat."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Index
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, random_id, utc_now


class Comment(Record, table=True):
    """A professional's comment on one section of the CV. The young person answers once, or marks it as settled."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    section: str = Field(max_length=16)
    text: str = Field(max_length=4000)
    at: datetime = instant_column(default_factory=utc_now)
    answer: str = Field(default="", max_length=4000)
    answered_at: datetime | None = instant_column(default=None)
    settled_at: datetime | None = instant_column(default=None)
    read_at: datetime | None = instant_column(default=None)
    removed_at: datetime | None = instant_column(default=None)


class NextStep(Record, table=True):
    """The next step that a professional proposes; `key` is one of data/conseiller/etapes.yaml.

    `content_id` is the lesson or scene that it opens, '' for every other step.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    key: str = Field(max_length=32)
    word: str = Field(default="", max_length=1000)
    content_id: str = Field(default="", max_length=60)
    at: datetime = instant_column(default_factory=utc_now)
    done_at: datetime | None = instant_column(default=None)
    seen_at: datetime | None = instant_column(default=None)
    withdrawn_at: datetime | None = instant_column(default=None)


class Note(Record, table=True):
    """A short note on a young person's file. The young person can read it."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    text: str = Field(max_length=4000)
    at: datetime = instant_column(default_factory=utc_now)
    removed_at: datetime | None = instant_column(default=None)


class Handover(Record, table=True):
    """The handover of a young person to a colleague: for good (`until` is None), or up to and including a day.

    `from_id` is the adviser before. Those of one act share `by_id` and `at`, and are undone together.
    """

    __table_args__ = (Index("ix_handover_by_id_at", "by_id", "at"),)

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    from_id: str | None = Field(default=None, max_length=32)
    to_id: str = Field(max_length=32)
    until: date | None = None
    note: str = Field(default="", max_length=4000)
    at: datetime = instant_column(default_factory=utc_now)
    ended_at: datetime | None = instant_column(default=None)


class Archive(Record, table=True):
    """The end of a young person's support, with its coded reason (data/conseiller/sorties.yaml)."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    reason: str = Field(max_length=32)
    comment: str = Field(default="", max_length=4000)
    at: datetime = instant_column(default_factory=utc_now)
    undone_at: datetime | None = instant_column(default=None)


class Appointment(Record, table=True):
    """A proposed appointment; the young person accepts it or says that they cannot come.

    `by_id` is with whom it is. `start` is the hour of the clock where the server is. Older rows have no hour: their `words`
    say everything. `handover_id` is the handover that passed it to a colleague, so that undoing that gives it back.
    """

    __table_args__ = (Index("ix_appointment_by_id_day", "by_id", "day"),)

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    words: str = Field(default="", max_length=1000)
    day: date
    start: time | None = None
    minutes: int | None = None
    kind: str = Field(default="", max_length=16)
    place: str = Field(default="", max_length=1000)
    at: datetime = instant_column(default_factory=utc_now)
    accepted: bool | None = None
    answered_at: datetime | None = instant_column(default=None)
    seen_at: datetime | None = instant_column(default=None)
    withdrawn_at: datetime | None = instant_column(default=None)
    outcome: str = Field(default="", max_length=16)
    outcome_at: datetime | None = instant_column(default=None)
    handover_id: str = Field(default="", max_length=32)


class AppointmentRequest(Record, table=True):
    """The latest appointment that a young person asked for: half-days that suit them, and reasons, all ticked.

    `half_days` are written « 2026-12-01:matin », with spaces between; `reasons` are the sentences, with « | » between.
    """

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    half_days: str = Field(max_length=200)
    reasons: str = Field(max_length=200)
    at: datetime = instant_column(default_factory=utc_now)
    settled_at: datetime | None = instant_column(default=None)
    settled_by: str | None = Field(default=None, max_length=32)


class ContactNote(Record, table=True):
    """One attempt to reach a young person: how it ended (data/conseiller/contacts.yaml), and the day to try again."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    outcome: str = Field(max_length=32)
    at: datetime = instant_column(default_factory=utc_now)
    remind_on: date | None = None
    undone_at: datetime | None = instant_column(default=None)


class ThreadMessage(Record, table=True):
    """One message between a young person and the professionals who follow them; `by_id` is its author.

    `read_at` is when the other side first had it on a screen. Its author can take it back until then.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    by_id: str = Field(max_length=32)
    text: str = Field(max_length=4000)
    at: datetime = instant_column(default_factory=utc_now)
    read_at: datetime | None = instant_column(default=None)
    removed_at: datetime | None = instant_column(default=None)


class HelpAsked(Record, table=True):
    """A request for help (« J’ai besoin d’aide »), with an optional message; open until a professional settles it."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    word: str = Field(default="", max_length=1000)
    at: datetime = instant_column(default_factory=utc_now)
    settled_at: datetime | None = instant_column(default=None)
    settled_by: str | None = Field(default=None, max_length=32)
