"""What every table uses: identifiers, time-zone-aware instants, the clock, enums stored as text, the base class."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, TypeDecorator
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Instant(TypeDecorator[datetime]):
    """A time-zone-aware datetime, stored in UTC. SQLite drops the zone, so it is added again on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC. Raises ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the value with its zone."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def random_id() -> str:
    """Return a random identifier that reveals nothing and cannot be guessed (96 bits, 16 URL-safe characters)."""
    return secrets.token_urlsafe(12)


_STOPPED: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def utc_now() -> datetime:
    """Return the current instant in UTC, or the one fixed by `fixed_clock`."""
    return _STOPPED.get() or datetime.now(UTC)


@contextmanager
def fixed_clock(instant: datetime) -> Iterator[None]:
    """Fix `utc_now` within the block, so that demo data and benchmarks create their past with the usual functions."""
    token = _STOPPED.set(instant)
    try:
        yield
    finally:
        _STOPPED.reset(token)


class Record(SQLModel, registry=registry()):
    """The base class of the tables. Its own registry lets a module be reloaded without defining a table twice."""


def instant_column(**rest: Any) -> Any:
    """Declare a column of type Instant."""
    return Field(sa_type=Instant, **rest)


def one_of(words: type[StrEnum]) -> Any:
    """Return the type of an enum column, stored as text so that a new member needs no migration of the type."""
    return Enum(words, native_enum=False, length=16, values_callable=lambda kinds: [kind.value for kind in kinds])
