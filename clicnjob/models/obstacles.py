"""The tables of what blocks somebody: the obstacles shown to an adviser, and the services of a territory."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, utc_now


class SharedObstacle(Record, table=True):
    """One obstacle that a young person shows to their adviser. Without a row, it is theirs alone."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    obstacle: str = Field(primary_key=True, max_length=32)
    shared_at: datetime = instant_column(default_factory=utc_now)


class TerritoryRecord(Record):
    """What structures and services of a territory have in common, as data·inclusion v1 gives it.

    `run` is the number of the import that last had it, `updated_on` the date of its producer, `gone_on` that of an import
    without it.
    """

    id: str = Field(primary_key=True, max_length=200)
    name: str = Field(max_length=150)
    address: str = Field(default="", max_length=200)
    town: str = Field(default="", max_length=100)
    town_key: str = Field(default="", max_length=100)
    postcode: str = Field(default="", max_length=5)
    insee: str = Field(default="", max_length=5)
    phone: str = Field(default="", max_length=20)
    link: str = Field(default="", max_length=300)
    hours: str = Field(default="", max_length=300)
    updated_on: date
    run: int
    gone_on: date | None = None


class LocalStructure(TerritoryRecord, table=True):
    """A structure of a territory."""

    networks: str = Field(default="", max_length=400)


class LocalService(TerritoryRecord, table=True):
    """A service of a territory.

    `zone` holds the codes of its zone, each between spaces; '' when the file gives none.
    """

    __table_args__ = (
        Index("ix_localservice_town", "town_key"),
        Index("ix_localservice_postcode", "postcode"),
        Index("ix_localservice_insee", "insee"),
    )

    structure_id: str = Field(max_length=200, index=True)
    description: str = Field(default="", max_length=240)
    fee: str = Field(default="", max_length=40)
    conditions: str = Field(default="", max_length=400)
    for_users: bool = False
    remote: bool = False
    zone: str = Field(default="", sa_type=Text)


class LocalServiceTheme(Record, table=True):
    """One theme of a service, so that services are found by theme."""

    theme: str = Field(primary_key=True, max_length=100)
    service_id: str = Field(
        foreign_key="localservice.id", ondelete="CASCADE", primary_key=True, max_length=200, index=True
    )
