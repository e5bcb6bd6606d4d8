"""The tables of an adviser's cohort: each young person's progress, the lists and the views, the alerts and the i-milo lines."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, random_id, utc_now

_COUNTED = (
    "alerts",
    "stage",
    "cv_state",
    "activated_at",
    "last_activity_at",
)  # the list of a structure is counted by these
_SORTED = ("urgency", "name_key")  # and then put in order by these


class Progress(Record, table=True):
    """A young person's progress, computed from their work so that a cohort is read in a fixed number of queries.

    The row can be deleted and computed again, except `cv_done_on`, `visits` and the `step_` columns, which record
    history. It holds nothing that the person does not share. `organisation_id`, `adviser_id`, `lent_to_id` and
    `archived_at` copy the account for the indexes; permissions are still checked against the account. `alerts` lists the
    keys of the raised alerts, as « |aide|inactif| »; what one professional has seen of them is in `AlertView`.
    """

    __table_args__ = (
        Index("ix_progress_counted", "organisation_id", "archived_at", *_COUNTED, *_SORTED, "account_id"),
        Index("ix_progress_adviser", "adviser_id", "archived_at"),
        Index("ix_progress_lent", "lent_to_id"),
        Index("ix_progress_change", "next_change_on"),
    )

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    organisation_id: str | None = Field(default=None, max_length=32)
    adviser_id: str | None = Field(default=None, max_length=32)
    lent_to_id: str | None = Field(default=None, max_length=32)
    lent_until: date | None = None
    archived_at: datetime | None = instant_column(default=None)
    name_key: str = Field(default="", max_length=1000)
    stage: str = Field(default="jamais_venu", max_length=16)
    cv_state: str = Field(default="rien", max_length=16)
    missing: str = Field(default="", max_length=100)
    jobs_count: int = 0
    practice_count: int | None = None
    applications_count: int | None = None
    enrolled_on: date
    card_on: date | None = None
    activated_at: datetime | None = instant_column(default=None)
    last_activity_at: datetime | None = instant_column(default=None)
    last_visit_at: datetime | None = instant_column(default=None)
    visits: int = 0
    step: str = Field(default="", max_length=16)
    step_visits: int = 0
    cv_done_on: date | None = None
    last_application_on: date | None = None
    next_follow_up_on: date | None = None
    interview_on: date | None = None
    yes_on: date | None = None
    help_at: datetime | None = instant_column(default=None)
    help_word: str = Field(default="", max_length=1000)
    comment_waits_at: datetime | None = instant_column(default=None)
    answer_at: datetime | None = instant_column(default=None)
    declined_at: datetime | None = instant_column(default=None)
    step_done_at: datetime | None = instant_column(default=None)
    remind_on: date | None = None
    message_at: datetime | None = instant_column(default=None)
    appointment_asked_at: datetime | None = instant_column(default=None)
    alerts: str = Field(default="", max_length=400)
    urgency: int = 0
    next_change_on: date | None = None
    refreshed_at: datetime | None = instant_column(default=None)


class ActivityDay(Record, table=True):
    """One person's activity of one day and kind: the number of actions, and the seconds between close ones."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    day: date = Field(primary_key=True, index=True)
    kind: str = Field(primary_key=True, max_length=16)
    acts: int = 0
    seconds: int = 0
    last_at: datetime | None = instant_column(default=None)


class Watermark(Record, table=True):
    """The instant up to which a periodic task has read its source."""

    name: str = Field(primary_key=True, max_length=32)
    at: datetime = instant_column()


class PeopleList(Record, table=True):
    """A group of young people that an adviser made (« liste »)."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", index=True, max_length=32)
    owner_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    name: str = Field(max_length=400)
    created_at: datetime = instant_column(default_factory=utc_now)


class Membership(Record, table=True):
    """The membership of a young person in a list."""

    list_id: str = Field(foreign_key="peoplelist.id", ondelete="CASCADE", primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, index=True, max_length=32)


class SilencedAlert(Record, table=True):
    """An alert that one professional has marked « Vu ».

    It stays hidden from them until the `fingerprint` of its cause changes, or before the day `until`, or until it is
    undone. The row stays as the history of what was seen.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    rule: str = Field(max_length=32)
    fingerprint: str = Field(max_length=64)
    by_id: str = Field(max_length=32)
    at: datetime = instant_column(default_factory=utc_now)
    until: date | None = None
    ended_at: datetime | None = instant_column(default=None)


class AlertView(Record, table=True):
    """The alerts of one person as a professional sees them who has marked some « Vu »; without a row, all of them.

    It can be deleted and computed again from `Progress` and `SilencedAlert`.
    """

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    by_id: str = Field(primary_key=True, max_length=32)
    alerts: str = Field(default="", max_length=400)
    urgency: int = 0


class AlertThreshold(Record, table=True):
    """An organisation's own threshold (days, visits) for a rule of data/alerts, in place of the default."""

    organisation_id: str = Field(foreign_key="organisation.id", ondelete="CASCADE", primary_key=True, max_length=32)
    rule: str = Field(primary_key=True, max_length=32)
    number: int


class ImiloEntry(Record, table=True):
    """A line for i-milo that a professional says they typed there: whose, which one, how many minutes of it.

    `line` is the key of an `ImiloLine`. A line that grew afterwards has a second entry for the rest.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    line: str = Field(max_length=64)
    minutes: int
    by_id: str = Field(max_length=32)
    at: datetime = instant_column(default_factory=utc_now)
    undone_at: datetime | None = instant_column(default=None)


class CohortView(Record, table=True):
    """The columns of « Mes jeunes » that a professional chose: keys of `cohort.columns`, with spaces between."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    columns: str = Field(default="", max_length=200)
