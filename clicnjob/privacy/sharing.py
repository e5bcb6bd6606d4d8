"""« Ce que voit mon conseiller »: what an adviser sees in any case, and what the young person chose to share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from clicnjob import audit, consents
from clicnjob.errors import Refusal
from clicnjob.models import Account, Actor, ConsentTo, Sharing
from clicnjob.privacy.permissions import may_share

CHOICES = (ConsentTo.PRACTICE, ConsentTo.APPLICATIONS)  # only what exists in the app is asked about


class NobodyToShareWith(Refusal):
    """The actor is a guest, who has no adviser, or a professional, who has nothing to share."""

    sentence = "Il faut une carte pour partager avec un conseiller."


@dataclass(frozen=True, slots=True)
class SharedChoices:
    """What a young person shares with their adviser besides CV, chosen jobs, progress and activity dates."""

    practice: bool = False
    applications: bool = False

    def is_shown(self, what: ConsentTo) -> bool:
        """Whether this one is shared."""
        return bool(getattr(self, what.value))


NOTHING = SharedChoices()


def shared_by(session: Session, *, of: str) -> SharedChoices:
    """Return what the person of this account id shares; nothing until they chose. One query.

    Whoever shows a young person's work to an adviser must ask this first, and leave out what is not shared.
    """
    row = session.exec(select(Sharing).where(Sharing.account_id == of)).first()
    return SharedChoices(row.practice, row.applications) if row else NOTHING


def switch_sharing(session: Session, *, by: Actor, what: ConsentTo, on: bool, now: datetime) -> None:
    """Share one thing, or stop. The log says that it changed, never what is shared. Raises NobodyToShareWith."""
    if not may_share(by) or what not in CHOICES:
        raise NobodyToShareWith
    row = session.get(Sharing, by.id) or Sharing(account_id=by.id)
    if getattr(row, what.value) == on:
        return
    setattr(row, what.value, on)
    row.changed_at = now
    session.add(row)
    (consents.give_consent if on else consents.withdraw_consent)(session, by=by, what=what, now=now)
    audit.note_act(session, by=by, act="sharing on" if on else "sharing off", whom_id=by.id, why=what.value, now=now)


def adviser_name(session: Session, *, of: Actor) -> str:
    """Return the first name of the person's adviser; '' when they have none. One query."""
    adviser = select(Account.adviser_id).where(Account.id == of.id).scalar_subquery()
    return session.exec(select(Account.first_name).where(Account.id == adviser)).first() or ""
