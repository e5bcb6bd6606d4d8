"""The tables of people: organisations, accounts, cards, passwords, sign-ins, tickets, sharing."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from clicnjob.models.columns import Record, instant_column, one_of, random_id, utc_now
from clicnjob.models.words import Role

_AWAKE = text("ended_at IS NULL AND slept_at IS NULL")


class Organisation(Record, table=True):
    """A mission locale or an École de la 2e chance (« structure »)."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    name: str = Field(max_length=200)
    created_at: datetime = instant_column(default_factory=utc_now)


class Account(Record, table=True):
    """A person who signs in: a young person, a guest, or a member of staff.

    `adviser_id` is who follows a young person. A frozen account (« dossier gelé ») is exempt from retention and erasure
    for a coded reason, `frozen_why`. `notice_version` is the last privacy notice that the person read.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id", index=True, max_length=32)
    role: Role = Field(sa_type=one_of(Role))
    first_name: str = Field(default="", max_length=400)
    last_name: str = Field(default="", max_length=400)
    created_at: datetime = instant_column(default_factory=utc_now)
    seen_at: datetime | None = instant_column(default=None)
    closed_at: datetime | None = instant_column(default=None)
    adviser_id: str | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL", index=True, max_length=32
    )
    archived_at: datetime | None = instant_column(default=None)
    frozen_at: datetime | None = instant_column(default=None)
    frozen_why: str = Field(default="", max_length=16)
    notice_version: int = 0

    @property
    def roles(self) -> frozenset[Role]:
        """The main role only. `Present.roles` has all roles held today, which need a query."""
        return frozenset({self.role})


class RoleHeld(Record, table=True):
    """A role of a professional, permanent or up to and including the day `until`. A person may hold several."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    role: Role = Field(sa_type=one_of(Role), primary_key=True)
    until: date | None = None


class Card(Record, table=True):
    """The card of a young person. Its number is never stored, only a keyed digest that finds the row.

    `remade_by_id` is the professional who replaced a card that was already in use; its owner and the head are told.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    code_digest: str = Field(unique=True, max_length=64)
    pin_hash: str | None = Field(default=None, max_length=200)
    created_at: datetime = instant_column(default_factory=utc_now)
    pin_chosen_at: datetime | None = instant_column(default=None)
    voided_at: datetime | None = instant_column(default=None)
    remade_by_id: str | None = Field(default=None, max_length=32)


class Password(Record, table=True):
    """The login and the password hash of a member of staff."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    login: str = Field(unique=True, max_length=100)
    hash: str = Field(max_length=200)


class WrongTries(Record, table=True):
    """The failed tries for a card, a login or a professional's known browser, whether it exists or not.

    `key` is a keyed digest of what was typed, so that a row names nobody; for a card it is `Card.code_digest`.
    """

    key: str = Field(primary_key=True, max_length=64)
    wrong: int = 0
    wait_until: datetime | None = instant_column(default=None)
    last_at: datetime = instant_column(default_factory=utc_now, index=True)


class SignIn(Record, table=True):
    """A signed-in browser. Only the SHA-256 of its token is stored; an ended row is treated like an unknown token.

    `took_file`: some file was downloaded during the visit; the page shown at the end then reminds of it. `work_taken_at`:
    when the person last downloaded their own work; what a guest changed later would be lost with the visit.
    `projected`: a professional shows this screen to a group, so names become initials. During a group session that they
    run, names are initials anyway, unless this browser asked for names in that session (`names_for`, its id or '').
    `browser` and `computer`, one word each, let professionals recognise their own sign-ins; '' for young people.
    `seen_at` is the person's last action, `tab_at` the last time a tab was known to be open. A visit whose tabs have all
    gone sleeps (`slept_at`). `card_locked` is the card's number, encrypted with the browser's token: the PIN hash covers
    both the PIN and this number, which is needed to check the PIN when the visit wakes.
    """

    __table_args__ = (Index("ix_signin_awake", "tab_at", sqlite_where=_AWAKE, postgresql_where=_AWAKE),)

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    token_digest: str = Field(unique=True, max_length=64)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    started_at: datetime = instant_column(default_factory=utc_now)
    seen_at: datetime = instant_column(default_factory=utc_now)
    ended_at: datetime | None = instant_column(default=None)
    end_reason: str = Field(default="", max_length=32)
    took_file: bool = False
    work_taken_at: datetime | None = instant_column(default=None)
    projected: bool = False
    names_for: str = Field(default="", max_length=32)
    browser: str = Field(default="", max_length=16)
    computer: str = Field(default="", max_length=16)
    tab_at: datetime = instant_column(default_factory=utc_now)
    slept_at: datetime | None = instant_column(default=None)
    card_locked: str = Field(default="", max_length=200)


class Ticket(Record, table=True):
    """The right to fetch one document once. The document is made when it is fetched, and never stored.

    `by_phone`: anybody with the link may fetch it (« Sur mon téléphone »), while the sign-in that created it lasts.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    token_digest: str = Field(unique=True, max_length=64)
    sign_in_id: str = Field(foreign_key="signin.id", ondelete="CASCADE", index=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    document: str = Field(max_length=16)
    work_id: str = Field(default="", max_length=1700)
    made_at: datetime = instant_column(default_factory=utc_now)
    taken_at: datetime | None = instant_column(default=None)
    by_phone: bool = False


class Sharing(Record, table=True):
    """What a young person shows to their adviser besides the CV and progress; without a row, nothing."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    practice: bool = False
    applications: bool = False
    lessons: bool = False
    digital_check: bool = False
    changed_at: datetime = instant_column(default_factory=utc_now)
