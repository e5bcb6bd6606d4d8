"""The card of a young person: its code finds the row, its PIN (chosen by the young person) opens it.

A sign-in is three steps, so that hashing never holds the database and no try escapes the count:
`begin_try` (one transaction, counts), `Try.fits` (25 ms, no database), `admit` (one transaction, forgives).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from clicnjob import audit, models, policy
from clicnjob.accounts import pins, presence, sealing
from clicnjob.accounts.codes import digest, new_code, read_code, shown
from clicnjob.accounts.waits import count_keyed_try, forgive_tries
from clicnjob.errors import Refusal
from clicnjob.models import Account, Actor, Card
from clicnjob.text import usual_digits

__all__ = ["Try", "admit", "begin_try", "choose_pin", "first_use", "issue", "read_code", "shown"]

WAIT = "Trop d’essais. Attends {wait}, ou demande une nouvelle carte."


class WrongCard(Refusal):
    """Unknown card, void card, wrong PIN: told in the same words and in the same time."""

    sentence = "Ce numéro et ce code secret ne vont pas ensemble. Vérifie les deux."


class CardRunOut(Refusal):
    """The PIN of a first card was not chosen in time."""

    sentence = "Cette carte n’est plus valable. Demande une nouvelle carte à ton conseiller."


class WeakPin(Refusal):
    """Six digits that everybody tries first."""

    sentence = "Ce code est trop facile à deviner. Mélange plus les chiffres."


class DatePin(WeakPin):
    """A date: whoever knows the person tries it first."""

    sentence = "Ce code ressemble à une date. Une date se devine vite. Choisis 6 autres chiffres."


class NotAPin(Refusal):
    """Not six digits."""

    sentence = "Le code secret a 6 chiffres. Écris 6 chiffres."


@dataclass(frozen=True, slots=True)
class Try:
    """A counted try: what is needed to check the PIN without the database."""

    code: str
    card_id: str | None
    kept: str | None

    def fits(self, pin: str) -> bool:
        """Whether the PIN is right; as long for an unknown card as for a known one."""
        return sealing.fits("pin", self.code, _digits(pin), kept=self.kept)


def issue(session: Session, *, account: Account, remade_by: Actor | None = None, now: datetime | None = None) -> str:
    """Make a card and give its code, known only now. Earlier cards are void, every sign-in ends.

    `remade_by` is kept when the person had used a card before: they are told who made the new one, and so is the head.
    """
    at = now or models.now()
    used = select(Card.id).where(Card.account_id == account.id, col(Card.pin_chosen_at).is_not(None)).limit(1)
    maker = remade_by.id if remade_by and session.exec(used).first() else None
    void = update(Card).where(col(Card.account_id) == account.id, col(Card.voided_at).is_(None))
    session.exec(void.values(voided_at=at))
    presence.end_all(session, account_id=account.id, reason="new card", now=at)
    code = new_code()
    session.add(Card(account_id=account.id, code_digest=digest(code), created_at=at, remade_by_id=maker))
    session.flush()
    return code


def first_use(session: Session, *, code: str, now: datetime) -> bool:
    """Whether the card waits for its PIN to be chosen. Raises CardRunOut when it waited too long."""
    card = _card(session, code)
    if card is None or card.pin_hash is not None:
        return False
    if now >= card.created_at + policy.FIRST_CARD_LASTS:
        raise CardRunOut
    return True


def choose_pin(session: Session, *, code: str, pin: str, now: datetime) -> Account:
    """Give a new card its PIN. Raises NotAPin, WeakPin, CardRunOut; WrongCard when it is not a new card."""
    chosen = sealing.sealed("pin", code, strong_pin(pin))  # before the first query: no lock is held meanwhile
    card = session.exec(_live(code).with_for_update()).first()  # of two who choose at the same instant, one does
    if card is not None and not first_use(session, code=code, now=now):
        card = None
    account = session.get(Account, card.account_id) if card else None
    if card is None or account is None or account.closed_at is not None:
        raise WrongCard
    card.pin_hash, card.pin_chosen_at = chosen, now
    session.flush()
    if card.remade_by_id:
        audit.note(session, by=account, act="remade card used", whom_id=account.id, now=now)
    return account


def begin_try(session: Session, *, code: str, now: datetime) -> Try:
    """Count a try on a card, known or not, before it is checked. Raises TooManyTries while the card waits."""
    count_keyed_try(session, key=digest(code), now=now, sentence=WAIT)
    card = _card(session, code)
    if card is None or card.pin_hash is None:
        return Try(code, None, None)
    return Try(code, card.id, card.pin_hash)


def admit(session: Session, attempt: Try) -> Account:
    """Let in the owner of a card whose PIN was right, and forgive the wrong tries. Raises WrongCard."""
    card = session.get(Card, attempt.card_id) if attempt.card_id else None
    if card is None or card.voided_at is not None or card.pin_hash != attempt.kept:
        raise WrongCard
    account = session.get(Account, card.account_id)
    if account is None or account.closed_at is not None:
        raise WrongCard
    forgive_tries(session, key=card.code_digest)
    return account


def unlock(session: Session, *, account_id: str) -> bool:
    """Forgive the wrong tries on a person's card and end its wait; says whether there was any."""
    live = select(Card.code_digest).where(Card.account_id == account_id, col(Card.voided_at).is_(None))
    return any([forgive_tries(session, key=key) for key in session.exec(live).all()])


def strong_pin(pin: str) -> str:
    """The PIN as six plain digits. Raises NotAPin, DatePin, or WeakPin for repeats, runs and walks on the keys."""
    digits = _digits(pin)
    if len(digits) != policy.PIN_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise NotAPin
    if pins.is_pattern(digits):
        raise WeakPin
    if pins.is_date(digits):
        raise DatePin
    return digits


def _digits(pin: str) -> str:
    return "".join(usual_digits(pin[:32]).split())


def _card(session: Session, code: str) -> Card | None:
    return session.exec(_live(code)).first()


def _live(code: str) -> SelectOfScalar[Card]:
    return select(Card).where(Card.code_digest == digest(code), col(Card.voided_at).is_(None))
