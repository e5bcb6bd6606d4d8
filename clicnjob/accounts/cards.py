"""Sign-in of young people by card: the card's code finds the row, and the PIN that its owner chose opens it.

A sign-in takes three steps, so that hashing never holds a database lock and every try is counted: `begin_try` (one
transaction, counts the try), `Try.fits` (25 ms, no database), `admit_card_holder` (one transaction, resets the count).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from clicnjob import audit, policy
from clicnjob.accounts import pins, presence, sealing
from clicnjob.accounts.codes import code_digest, new_code, printed_code, read_code
from clicnjob.accounts.waits import count_keyed_try, forgive_tries
from clicnjob.errors import Refusal
from clicnjob.models import Account, Actor, Card
from clicnjob.text import usual_digits

__all__ = [
    "CardAttempt",
    "admit_card_holder",
    "begin_try",
    "choose_pin",
    "first_use",
    "issue_card",
    "read_code",
    "printed_code",
]

WAIT = "Trop d’essais. Attends {wait}, ou demande une nouvelle carte."


class WrongCard(Refusal):
    """The card is unknown or void, or the PIN is wrong. The answer and its timing are the same for all three."""

    sentence = "Ce numéro et ce code secret ne vont pas ensemble. Vérifie les deux."


class CardRunOut(Refusal):
    """The person did not choose the PIN of their first card in time."""

    sentence = "Cette carte n’est plus valable. Demande une nouvelle carte à ton conseiller."


class WeakPin(Refusal):
    """The PIN is one that people commonly choose."""

    sentence = "Ce code est trop facile à deviner. Mélange plus les chiffres."


class DatePin(WeakPin):
    """The PIN reads as a date, which somebody who knows the person would try first."""

    sentence = "Ce code ressemble à une date. Une date se devine vite. Choisis 6 autres chiffres."


class NotAPin(Refusal):
    """What was typed is not six digits."""

    sentence = "Le code secret a 6 chiffres. Écris 6 chiffres."


@dataclass(frozen=True, slots=True)
class CardAttempt:
    """A counted try, with what is needed to check the PIN without the database."""

    code: str
    card_id: str | None
    kept: str | None

    def secret_fits(self, pin: str) -> bool:
        """Whether the PIN is right. It takes as long for an unknown card as for a known one."""
        return sealing.secret_fits("pin", self.code, _pin_digits(pin), kept=self.kept)


def issue_card(session: Session, *, account: Account, remade_by: Actor | None = None, now: datetime) -> str:
    """Make a card and return its code, which cannot be read again later. Void earlier cards and end every sign-in.

    `remade_by` is stored only if the person had used a card before: they and the head then see who made the new one.
    """
    used = select(Card.id).where(Card.account_id == account.id, col(Card.pin_chosen_at).is_not(None)).limit(1)
    maker = remade_by.id if remade_by and session.exec(used).first() else None
    void = update(Card).where(col(Card.account_id) == account.id, col(Card.voided_at).is_(None))
    session.exec(void.values(voided_at=now))
    presence.end_all(session, account_id=account.id, reason="new card", now=now)
    code = new_code()
    session.add(Card(account_id=account.id, code_digest=code_digest(code), created_at=now, remade_by_id=maker))
    session.flush()
    return code


def first_use(session: Session, *, code: str, now: datetime) -> bool:
    """Whether the card still needs its PIN. Raises CardRunOut after `policy.FIRST_CARD_LASTS`."""
    card = _live_card(session, code)
    if card is None or card.pin_hash is not None:
        return False
    if now >= card.created_at + policy.FIRST_CARD_LASTS:
        raise CardRunOut
    return True


def choose_pin(session: Session, *, code: str, pin: str, now: datetime) -> Account:
    """Set the PIN of a new card. Raises NotAPin, WeakPin, CardRunOut; WrongCard when it is not a new card."""
    chosen = sealing.sealed_secret("pin", code, strong_pin(pin))  # hashed before the first query: no lock is held
    card = session.exec(_live_card_query(code).with_for_update()).first()  # if two browsers choose at once, one wins
    if card is not None and not first_use(session, code=code, now=now):
        card = None
    account = session.get(Account, card.account_id) if card else None
    if card is None or account is None or account.closed_at is not None:
        raise WrongCard
    card.pin_hash, card.pin_chosen_at = chosen, now
    session.flush()
    if card.remade_by_id:
        audit.note_act(session, by=account, act="remade card used", whom_id=account.id, now=now)
    return account


def begin_try(session: Session, *, code: str, now: datetime) -> CardAttempt:
    """Count a try on a card, known or not, before it is checked. Raises TooManyTries while the card is locked."""
    count_keyed_try(session, key=code_digest(code), now=now, sentence=WAIT)
    card = _live_card(session, code)
    if card is None or card.pin_hash is None:
        return CardAttempt(code, None, None)
    return CardAttempt(code, card.id, card.pin_hash)


def admit_card_holder(session: Session, attempt: CardAttempt) -> Account:
    """Return the owner of a card whose PIN was right, and reset its count of wrong tries. Raises WrongCard."""
    card = session.get(Card, attempt.card_id) if attempt.card_id else None
    if card is None or card.voided_at is not None or card.pin_hash != attempt.kept:
        raise WrongCard
    account = session.get(Account, card.account_id)
    if account is None or account.closed_at is not None:
        raise WrongCard
    forgive_tries(session, key=card.code_digest)
    return account


def unlock_card(session: Session, *, account_id: str) -> bool:
    """Reset the wrong tries on a person's card and end its wait. Returns whether there was anything to reset."""
    live = select(Card.code_digest).where(Card.account_id == account_id, col(Card.voided_at).is_(None))
    return any([forgive_tries(session, key=key) for key in session.exec(live).all()])


def strong_pin(pin: str) -> str:
    """Return the PIN as six ASCII digits. Raises NotAPin, DatePin; WeakPin for repeats, sequences, keypad patterns."""
    digits = _pin_digits(pin)
    if len(digits) != policy.PIN_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise NotAPin
    if pins.is_pattern(digits):
        raise WeakPin
    if pins.is_date(digits):
        raise DatePin
    return digits


def _pin_digits(pin: str) -> str:
    return "".join(usual_digits(pin[:32]).split())


def _live_card(session: Session, code: str) -> Card | None:
    return session.exec(_live_card_query(code)).first()


def _live_card_query(code: str) -> SelectOfScalar[Card]:
    return select(Card).where(Card.code_digest == code_digest(code), col(Card.voided_at).is_(None))
