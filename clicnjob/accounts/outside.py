"""Identity of professionals at an outside provider (OIDC, ProConnect), for accounts that already exist here."""

from __future__ import annotations

from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, select

from clicnjob import audit
from clicnjob.accounts import presence, staff
from clicnjob.errors import Refusal
from clicnjob.models import Account, OutsideIdentity


class UnknownOutside(Refusal):
    """The provider knows this person but nobody here invited them. A closed account gets the same answer."""

    sentence = "Aucun compte ne correspond à cette adresse. Demandez une invitation à votre responsable."


class BadAddress(Refusal):
    """What was typed is not an e-mail address."""

    sentence = "Cette adresse e-mail n’a pas la bonne forme. Vérifiez-la."


class AddressTaken(Refusal):
    """Another account already has this address."""

    sentence = "Un autre compte a déjà cette adresse. Vérifiez-la."


def give_address(session: Session, *, account: Account, email: str) -> None:
    """Store a professional's address at the provider; '' stores nothing. Raises BadAddress, AddressTaken."""
    if not email.strip():
        return
    try:
        key = _email_key(validate_email(email.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        raise BadAddress from None
    if session.exec(select(OutsideIdentity.account_id).where(OutsideIdentity.email == key)).first():
        raise AddressTaken
    session.add(OutsideIdentity(account_id=account.id, email=key))
    session.flush()


def admit_outside_account(session: Session, *, issuer: str, subject: str, email: str, now: datetime) -> Account:
    """Find the account of a person whom the provider names, by a known subject, else by the address that the head gave.

    Once an address is linked to a subject, no other subject may use it. Raises UnknownOutside, RolesEnded.
    """
    known = select(OutsideIdentity).where(OutsideIdentity.issuer == issuer, OutsideIdentity.subject == subject)
    found = session.exec(known).first() if subject else None
    if found is None:
        found = session.exec(select(OutsideIdentity).where(OutsideIdentity.email == _email_key(email))).first()
        if found is None or found.subject or not subject:
            raise UnknownOutside
    account = session.get(Account, found.account_id)
    if account is None or account.closed_at is not None:
        raise UnknownOutside
    staff.still_in(session, account, now=now)
    if not found.subject:
        found.issuer, found.subject, found.linked_at = issuer, subject, now
        session.flush()
        acting = presence.acting_person(session, account.id, now=now)
        audit.note_act(session, by=acting, act="outside identity linked", whom_id=account.id, now=now)
    return account


def _email_key(email: str) -> str:
    return email.strip().casefold()[:254]
