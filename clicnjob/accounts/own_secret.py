"""Asking for a person's own secret again, to wake a sleeping visit or before an act that cannot be undone.

A PIN is hashed together with the card's number, which the database does not know. The visit stores that number
encrypted with the browser's token (`presence.card_code`), so only the browser of the visit can ask for the PIN alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from clicnjob import db
from clicnjob.accounts import cards, presence, staff
from clicnjob.accounts.presence import Present
from clicnjob.errors import Refusal
from clicnjob.models import STAFF_ROLES, Account, Password, Role

Attempt = cards.CardAttempt | staff.PasswordAttempt


class OwnSecret(StrEnum):
    """The kind of secret that a person can be asked for again."""

    PIN = "pin"
    PASSWORD = "password"  # noqa: S105 - the kind, not one
    NOTHING = "nothing"


class WrongOwnPin(Refusal):
    """The person's own PIN, given again, is wrong."""

    sentence = "Ce n’est pas ton code secret. Essaie encore."


class WrongOwnPassword(Refusal):
    """The person's own password, given again, is wrong."""

    sentence = "Ce n’est pas votre mot de passe actuel. Vérifiez-le."


class NothingToAsk(Refusal):
    """There is no secret to ask for: a guest, a professional who signs in elsewhere only, or a visit without a card."""

    sentence = "Il faut se reconnecter pour continuer."


@dataclass(frozen=True, slots=True)
class OwnSecretGiven:
    """Proof that this person has just given their own secret correctly. Only `prove_own_secret` makes it."""

    account_id: str


def own_secret(session: Session, *, of: Present) -> OwnSecret:
    """Return which secret this person can be asked for in this visit."""
    if of.role is Role.YOUNG:
        return OwnSecret.PIN if of.card_locked else OwnSecret.NOTHING
    kept = session.get(Password, of.id) if of.roles & STAFF_ROLES else None
    return OwnSecret.PASSWORD if kept and kept.hash else OwnSecret.NOTHING


def prove_own_secret(me: Present, token: str, typed: str, *, now: datetime) -> OwnSecretGiven:
    """Check the person's own secret. A wrong one counts as it does at sign-in.

    It opens its own transactions, as signing in does: hashing must not hold the database, and a refusal must not roll
    back the count. Raises WrongOwnPin, WrongOwnPassword, NothingToAsk, TooManyTries, and what `cards.admit_card_holder` and
    `staff.admit_professional` raise.
    """
    with db.write_transaction() as session:
        attempt = begin_own_attempt(session, of=me, token=token, now=now)
    if not attempt.secret_fits(typed):
        raise WrongOwnPin if isinstance(attempt, cards.CardAttempt) else WrongOwnPassword
    with db.write_transaction() as session:
        return OwnSecretGiven(_admitted_account(session, attempt, now=now).id)


def _admitted_account(session: Session, attempt: Attempt, *, now: datetime) -> Account:
    if isinstance(attempt, cards.CardAttempt):
        return cards.admit_card_holder(session, attempt)
    return staff.admit_professional(session, attempt, now=now)


def begin_own_attempt(session: Session, *, of: Present, token: str, now: datetime) -> Attempt:
    """Count a try before it is checked. Raises NothingToAsk, TooManyTries."""
    kind = own_secret(session, of=of)
    if kind is OwnSecret.PASSWORD:
        return staff.begin_own_try(session, account_id=of.id, now=now)
    code = presence.card_code(of, token, now=now) if kind is OwnSecret.PIN else ""
    if not code:
        raise NothingToAsk
    return cards.begin_try(session, code=code, now=now)
