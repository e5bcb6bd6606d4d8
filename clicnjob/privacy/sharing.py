"""« Ce que voit mon conseiller »: what they see by mission, always; and what the young person chose to show, or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from clicnjob import audit, consents, models
from clicnjob.errors import Refusal
from clicnjob.models import Account, Actor, ConsentTo, Sharing
from clicnjob.privacy.permissions import may_share

CHOICES = (ConsentTo.PRACTICE, ConsentTo.APPLICATIONS)  # a question is asked only when something stands behind it


class NobodyToShareWith(Refusal):
    """A guest has no adviser, a professional has nothing to share."""

    sentence = "Il faut une carte pour partager avec un conseiller."


@dataclass(frozen=True, slots=True)
class Shared:
    """What a young person shows to their adviser besides the CV, the jobs chosen, progress and activity dates."""

    practice: bool = False
    applications: bool = False

    def shows(self, what: ConsentTo) -> bool:
        """One of them, by its word."""
        return bool(getattr(self, what.value))


NOTHING = Shared()


def shared(session: Session, *, of: str) -> Shared:
    """What the person of this account id shows; nothing until they chose. One query.

    For whoever shows a young person's work to an adviser: ask it first, and leave out what is not shared.
    """
    row = session.exec(select(Sharing).where(Sharing.account_id == of)).first()
    return Shared(row.practice, row.applications) if row else NOTHING


def switch(session: Session, *, by: Actor, what: ConsentTo, on: bool, now: datetime | None = None) -> None:
    """Show one thing, or no longer. The log keeps that it changed, never what is shown. Raises NobodyToShareWith."""
    if not may_share(by) or what not in CHOICES:
        raise NobodyToShareWith
    at = now or models.now()
    row = session.get(Sharing, by.id) or Sharing(account_id=by.id)
    if getattr(row, what.value) == on:
        return
    setattr(row, what.value, on)
    row.changed_at = at
    session.add(row)
    (consents.give if on else consents.withdraw)(session, by=by, what=what, now=at)
    audit.note(session, by=by, act="sharing on" if on else "sharing off", whom_id=by.id, why=what.value, now=at)


def adviser_name(session: Session, *, of: Actor) -> str:
    """The first name of who follows this person; '' when nobody does. One query."""
    adviser = select(Account.adviser_id).where(Account.id == of.id).scalar_subquery()
    return session.exec(select(Account.first_name).where(Account.id == adviser)).first() or ""
