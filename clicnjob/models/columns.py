"""What every table shares: identifiers, instants with zone, words as text, and a registry of its own."""

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
    """An instant with zone, stored in UTC; SQLite forgets zones, so it is given back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive instant is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back with its zone."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def random_id() -> str:
    """An identifier that tells nothing and cannot be guessed (96 bits, 16 URL-safe characters)."""
    return secrets.token_urlsafe(12)


_STOPPED: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """This instant in UTC."""
    return _STOPPED.get() or datetime.now(UTC)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Within the block `now` is this instant: demonstration people and benchmarks live their past by the usual functions."""
    token = _STOPPED.set(instant)
    try:
        yield
    finally:
        _STOPPED.reset(token)


class Record(SQLModel, registry=registry()):
    """Base of the tables, with a registry of its own: a module reloaded in development does not define a table twice."""


def instant(**rest: Any) -> Any:
    """A column that holds an instant."""
    return Field(sa_type=Instant, **rest)


def one_of(words: type[StrEnum]) -> Any:
    """A column of words: text in the database, so that a new word needs no change of type."""
    return Enum(words, native_enum=False, length=16, values_callable=lambda kinds: [kind.value for kind in kinds])
