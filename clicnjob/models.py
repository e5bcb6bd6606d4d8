"""The tables. Work (a profile, a CV) is a validated JSON body with a version; everything else is plain columns."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import JSON, DateTime, Dialect, Enum, LargeBinary, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Role(StrEnum):
    """What a person is here. A guest is a young person without a card, whose work goes with the session."""

    YOUNG = "young"
    GUEST = "guest"
    ADVISER = "adviser"
    TRAINER = "trainer"
    ADMIN = "admin"


YOUNG_ROLES = frozenset({Role.YOUNG, Role.GUEST})
STAFF_ROLES = frozenset({Role.ADVISER, Role.TRAINER, Role.ADMIN})


class WorkKind(StrEnum):
    """What a piece of work is: the profile (one a person), one of the CVs, or what is kept of the jobs (one a person)."""

    PROFILE = "profile"
    CV = "cv"
    JOBS = "jobs"


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


class Actor(Protocol):
    """Who acts: what every feature asks of the person it is called for."""

    @property
    def id(self) -> str:
        """The account's identifier."""

    @property
    def role(self) -> Role:
        """The role in which the person acts."""


def random_id() -> str:
    """An identifier that tells nothing and cannot be guessed (96 bits, 16 URL-safe characters)."""
    return secrets.token_urlsafe(12)


def now() -> datetime:
    """This instant in UTC."""
    return datetime.now(UTC)


class Record(SQLModel, registry=registry()):
    """Base of the tables, with a registry of its own: a module reloaded in development does not define a table twice."""


def _instant(**rest: Any) -> Any:
    return Field(sa_type=Instant, **rest)


def _one_of(words: type[StrEnum]) -> Any:
    """A column of words: text in the database, so that a new word needs no change of type."""
    return Enum(words, native_enum=False, length=16, values_callable=lambda kinds: [kind.value for kind in kinds])


class Organisation(Record, table=True):
    """A mission locale or an École de la 2e chance (« structure »)."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    name: str = Field(max_length=200)
    created_at: datetime = _instant(default_factory=now)


class Account(Record, table=True):
    """A person who signs in: a young person, a guest, or a member of staff."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id", index=True, max_length=32)
    role: Role = Field(sa_type=_one_of(Role))
    first_name: str = Field(default="", max_length=400)
    last_name: str = Field(default="", max_length=400)
    created_at: datetime = _instant(default_factory=now)
    seen_at: datetime | None = _instant(default=None)
    closed_at: datetime | None = _instant(default=None)


class Card(Record, table=True):
    """The card of a young person. The code itself is never stored, only a keyed digest that finds the row."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    code_digest: str = Field(unique=True, max_length=64)
    pin_hash: str | None = Field(default=None, max_length=200)
    created_at: datetime = _instant(default_factory=now)
    pin_chosen_at: datetime | None = _instant(default=None)
    voided_at: datetime | None = _instant(default=None)
    wrong_pins: int = 0
    wait_until: datetime | None = _instant(default=None)


class Password(Record, table=True):
    """The name and password of a member of staff."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    login: str = Field(unique=True, max_length=100)
    hash: str = Field(max_length=200)
    wrong_tries: int = 0
    wait_until: datetime | None = _instant(default=None)


class SignIn(Record, table=True):
    """One signed-in browser. Only the SHA-256 of its token is kept; an ended row answers like an unknown one."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    token_digest: str = Field(unique=True, max_length=64)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    started_at: datetime = _instant(default_factory=now)
    seen_at: datetime = _instant(default_factory=now)
    ended_at: datetime | None = _instant(default=None)
    end_reason: str = Field(default="", max_length=32)


class Work(Record, table=True):
    """A piece of work of a person: its latest body, and the version that `works.save` checks.

    `place` is where the person was last in the guided way; it is no part of the work and has no history.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    kind: WorkKind = Field(sa_type=_one_of(WorkKind))
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    version: int = 1
    place: str = Field(default="", max_length=64)
    created_at: datetime = _instant(default_factory=now)
    changed_at: datetime = _instant(default_factory=now)
    deleted_at: datetime | None = _instant(default=None)


class Revision(Record, table=True):
    """One saved version of a piece of work: what history and undo are made of."""

    __table_args__ = (UniqueConstraint("work_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    work_id: str = Field(foreign_key="work.id", ondelete="CASCADE", max_length=32)
    version: int
    restores: int | None = None
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    operation: str = Field(unique=True, max_length=64)
    by_id: str = Field(max_length=32)
    at: datetime = _instant(default_factory=now)


class Photo(Record, table=True):
    """The photo of a person, if they want one: a re-encoded JPEG without metadata."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    jpeg: bytes = Field(sa_type=LargeBinary)
    changed_at: datetime = _instant(default_factory=now)


class OfficialTitle(Record, table=True):
    """One job title of France Travail's directory (ROME), all of one version: imported whole, replaced whole."""

    number: str = Field(primary_key=True, max_length=16)
    label: str = Field(max_length=300)
    code: str = Field(max_length=8)
    sheet: str = Field(max_length=8)
    main: bool = False
    rare: bool = False
    version: str = Field(max_length=16)


class MissingWord(Record, table=True):
    """Words for which the search of jobs had nothing that fits: counted, without the person."""

    __table_args__ = (UniqueConstraint("organisation_id", "words"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id", ondelete="CASCADE", max_length=32)
    words: str = Field(max_length=80)
    count: int = 1
    last_on: date


class Synonym(Record, table=True):
    """Everyday words that a structure added to the search of jobs: they lead to one sheet."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id", ondelete="CASCADE", max_length=32)
    words: str = Field(max_length=80)
    job: str = Field(max_length=64)
    by_id: str = Field(max_length=32)
    created_at: datetime = _instant(default_factory=now)


class Ticket(Record, table=True):
    """The right to fetch one document once: the document itself is made when it is fetched and is stored nowhere."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    token_digest: str = Field(unique=True, max_length=64)
    sign_in_id: str = Field(foreign_key="signin.id", ondelete="CASCADE", index=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    document: str = Field(max_length=16)
    work_id: str = Field(default="", max_length=32)
    made_at: datetime = _instant(default_factory=now)
    taken_at: datetime | None = _instant(default=None)
