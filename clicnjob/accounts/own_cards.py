"""A guest keeps their work with a card of their own making (« Le garder avec une carte »).

Nobody enters the cohort of a structure this way: the account belongs to no structure, no professional sees it, and nobody
can remake its card. docs/decisions/0014-own-cards.md gives the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import audit, policy, text
from clicnjob.accounts import presence, sealing
from clicnjob.accounts.cards import strong_pin
from clicnjob.accounts.codes import code_digest, new_code
from clicnjob.config import current_settings
from clicnjob.errors import Refusal
from clicnjob.models import Account, Actor, Card, Role


class NoOwnCard(Refusal):
    """The person has a card already, or this installation makes none without a structure."""

    sentence = "Ici, une carte se demande à un conseiller. Emporte ton travail dans un fichier."


class TooManyOwnCards(NoOwnCard):
    """The installation has as many people without a structure as it takes."""

    sentence = "Il n’y a plus de carte pour l’instant. Emporte ton travail dans un fichier."


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card number and the hash of the PIN chosen for it; nothing of it is stored yet."""

    code: str
    pin_hash: str


def may_make_own_card(actor: Actor) -> bool:
    """Guests may, where the installation allows it: it is their own work, which would be deleted with the visit."""
    return actor.role is Role.GUEST and current_settings().own_cards


def new_card(pin: str) -> NewCard:
    """Return a new card with this PIN. 25 ms: call it before any query. Raises NotAPin, WeakPin, DatePin."""
    code, chosen = new_code(), strong_pin(pin)
    return NewCard(code, sealing.sealed_secret("pin", code, chosen))


def keep_with_card(
    session: Session, *, by: Actor, card: NewCard, first_name: str, last_name: str, now: datetime
) -> Account:
    """Turn the guest into a young person of no structure who owns this card; their work stays where it is.

    Every sign-in of the guest ends. The names, which may be empty, are those of their CV. Raises NoOwnCard, TooManyOwnCards,
    and what `text.clean_name` raises.
    """
    if not may_make_own_card(by):
        raise NoOwnCard
    alone = (Account.role == Role.YOUNG, col(Account.organisation_id).is_(None))
    if session.exec(select(func.count()).where(*alone)).one() >= policy.OWN_CARDS_AT_MOST:
        raise TooManyOwnCards
    account = session.exec(select(Account).where(Account.id == by.id).with_for_update()).first()
    if account is None or account.role is not Role.GUEST:  # the visit ended meanwhile, or another tab was faster
        raise NoOwnCard
    account.role = Role.YOUNG
    account.first_name, account.last_name = text.clean_name(first_name), text.clean_name(last_name)
    digest = code_digest(card.code)
    session.add(
        Card(account_id=account.id, code_digest=digest, pin_hash=card.pin_hash, created_at=now, pin_chosen_at=now)
    )
    presence.end_all(session, account_id=account.id, reason="own card", now=now)
    session.flush()
    audit.note_act(session, by=account, act="own card made", whom_id=account.id, now=now)
    return account
