"""The tables of people: structures, accounts, cards, passwords, sign-ins, tickets, what is shared."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from clicnjob.models.columns import Record, instant, now, one_of, random_id
from clicnjob.models.words import Role

_AWAKE = text("ended_at IS NULL AND slept_at IS NULL")


class Organisation(Record, table=True):
    """A mission locale or an École de la 2e chance (« structure »)."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    name: str = Field(max_length=200)
    created_at: datetime = instant(default_factory=now)


class Account(Record, table=True):
    """A person who signs in: a young person, a guest, or a member of staff.

    `adviser_id` is who follows a young person. A frozen file (« dossier gelé ») is kept as it is, out of
    retention and of erasure, for a coded reason. `notice_version` is the privacy notice that the person read last.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    organisation_id: str | None = Field(default=None, foreign_key="organisation.id", index=True, max_length=32)
    role: Role = Field(sa_type=one_of(Role))
    first_name: str = Field(default="", max_length=400)
    last_name: str = Field(default="", max_length=400)
    created_at: datetime = instant(default_factory=now)
    seen_at: datetime | None = instant(default=None)
    closed_at: datetime | None = instant(default=None)
    adviser_id: str | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL", index=True, max_length=32
    )
    archived_at: datetime | None = instant(default=None)
    frozen_at: datetime | None = instant(default=None)
    frozen_why: str = Field(default="", max_length=16)
    notice_version: int = 0

    @property
    def roles(self) -> frozenset[Role]:
        """The main role only: the others, with their end, are known to who is signed in (`Present.roles`)."""
        return frozenset({self.role})


class RoleHeld(Record, table=True):
    """One role of a professional, for ever or until the end of a day. One person may hold several."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    role: Role = Field(sa_type=one_of(Role), primary_key=True)
    until: date | None = None


class Card(Record, table=True):
    """The card of a young person. The code itself is never stored, only a keyed digest that finds the row.

    `remade_by_id` is the professional who made it for somebody who had used a card before: its owner and the head are told.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    code_digest: str = Field(unique=True, max_length=64)
    pin_hash: str | None = Field(default=None, max_length=200)
    created_at: datetime = instant(default_factory=now)
    pin_chosen_at: datetime | None = instant(default=None)
    voided_at: datetime | None = instant(default=None)
    remade_by_id: str | None = Field(default=None, max_length=32)


class Password(Record, table=True):
    """The name and password of a member of staff."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    login: str = Field(unique=True, max_length=100)
    hash: str = Field(max_length=200)


class WrongTries(Record, table=True):
    """The wrong tries at one door: a card, a login, a professional's own browser. It names nobody, known or not.

    `key` is a keyed digest of what was typed; for a card it is `Card.code_digest`.
    """

    key: str = Field(primary_key=True, max_length=64)
    wrong: int = 0
    wait_until: datetime | None = instant(default=None)
    last_at: datetime = instant(default_factory=now, index=True)


class SignIn(Record, table=True):
    """One signed-in browser. Only the SHA-256 of its token is kept; an ended row answers like an unknown one.

    `took_file` says that a file went to this computer during the visit, not which: for the list shown at leaving.
    `projected`: a professional shows this screen to a group, and names become initials. While they run a group session
    names are initials anyway, except on the screen that asked for names during this very one (`names_for`, its id or '').
    `browser` and `computer`, one word each, let a professional recognise their own sign-ins; of young people both are ''.
    `seen_at` is the last act of the person, `tab_at` when one of their tabs was last known to be open; a visit whose tabs
    have all gone sleeps (`slept_at`). `card_locked` is the number of the card, which only the browser's token unlocks: the
    PIN is sealed together with it and is asked again when the visit sleeps.
    """

    __table_args__ = (Index("ix_signin_awake", "tab_at", sqlite_where=_AWAKE, postgresql_where=_AWAKE),)

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    token_digest: str = Field(unique=True, max_length=64)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    started_at: datetime = instant(default_factory=now)
    seen_at: datetime = instant(default_factory=now)
    ended_at: datetime | None = instant(default=None)
    end_reason: str = Field(default="", max_length=32)
    took_file: bool = False
    projected: bool = False
    names_for: str = Field(default="", max_length=32)
    browser: str = Field(default="", max_length=16)
    computer: str = Field(default="", max_length=16)
    tab_at: datetime = instant(default_factory=now)
    slept_at: datetime | None = instant(default=None)
    card_locked: str = Field(default="", max_length=200)


class Ticket(Record, table=True):
    """The right to fetch one document once: the document itself is made when it is fetched and is stored nowhere.

    `by_phone`: whoever holds the link fetches it (« Sur mon téléphone »), while the sign-in that asked for it lasts.
    """

    id: str = Field(default_factory=random_id, primary_key=True, max_length=32)
    token_digest: str = Field(unique=True, max_length=64)
    sign_in_id: str = Field(foreign_key="signin.id", ondelete="CASCADE", index=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", index=True, max_length=32)
    document: str = Field(max_length=16)
    work_id: str = Field(default="", max_length=100)
    made_at: datetime = instant(default_factory=now)
    taken_at: datetime | None = instant(default=None)
    by_phone: bool = False


class Sharing(Record, table=True):
    """What a young person chose to show to their adviser besides the CV and progress; absent: nothing of it."""

    account_id: str = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True, max_length=32)
    practice: bool = False
    applications: bool = False
    changed_at: datetime = instant(default_factory=now)
