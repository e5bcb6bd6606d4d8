"""Whoever is signed in gives their own secret again: to wake a visit that sleeps, or before what cannot be undone.

A PIN is sealed together with the number of its card, which the database does not know. The visit keeps that number locked
with the browser's token (`presence.card_code`), so that only the browser of the visit can ask for the PIN alone.
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

Attempt = cards.Try | staff.Try


class OwnSecret(StrEnum):
    """What a person can be asked for again."""

    PIN = "pin"
    PASSWORD = "password"  # noqa: S105 - the kind, not one
    NOTHING = "nothing"


class WrongOwnPin(Refusal):
    """One's own PIN, given again, is not right."""

    sentence = "Ce n’est pas ton code secret. Essaie encore."


class WrongOwnPassword(Refusal):
    """One's own password, given again, is not right."""

    sentence = "Ce n’est pas votre mot de passe actuel. Vérifiez-le."


class NothingToAsk(Refusal):
    """A guest, a professional known to an outside provider only, or a visit that knows no card."""

    sentence = "Il faut se reconnecter pour continuer."


@dataclass(frozen=True, slots=True)
class OwnSecretGiven:
    """This person has just given their own secret, and it was right. Made by `prove` only."""

    account_id: str


def own_secret(session: Session, *, of: Present) -> OwnSecret:
    """What this person can be asked for in this visit."""
    if of.role is Role.YOUNG:
        return OwnSecret.PIN if of.card_locked else OwnSecret.NOTHING
    kept = session.get(Password, of.id) if of.roles & STAFF_ROLES else None
    return OwnSecret.PASSWORD if kept and kept.hash else OwnSecret.NOTHING


def prove(me: Present, token: str, typed: str, *, now: datetime) -> OwnSecretGiven:
    """Check the person's own secret; a wrong one counts as at the sign-in.

    Has its own transactions, as signing in does: hashing must not hold the database, and a refusal must not undo the count.
    Raises WrongOwnPin, WrongOwnPassword, NothingToAsk, TooManyTries, and what `cards.admit` and `staff.admit` raise.
    """
    with db.transaction() as session:
        attempt = begin_own_attempt(session, of=me, token=token, now=now)
    if not attempt.fits(typed):
        raise WrongOwnPin if isinstance(attempt, cards.Try) else WrongOwnPassword
    with db.transaction() as session:
        return OwnSecretGiven(_admitted(session, attempt, now=now).id)


def _admitted(session: Session, attempt: Attempt, *, now: datetime) -> Account:
    if isinstance(attempt, cards.Try):
        return cards.admit(session, attempt)
    return staff.admit(session, attempt, now=now)


def begin_own_attempt(session: Session, *, of: Present, token: str, now: datetime) -> Attempt:
    """Count a try before it is checked. Raises NothingToAsk, TooManyTries."""
    kind = own_secret(session, of=of)
    if kind is OwnSecret.PASSWORD:
        return staff.begin_own_try(session, account_id=of.id, now=now)
    code = presence.card_code(of, token, now=now) if kind is OwnSecret.PIN else ""
    if not code:
        raise NothingToAsk
    return cards.begin_try(session, code=code, now=now)
