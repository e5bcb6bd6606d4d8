"""The consents of young people: one row for each « oui », with its instant and that of its withdrawal."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob.models import Actor, Consent, ConsentTo


def has_consented(session: Session, *, of: str, what: ConsentTo) -> bool:
    """Return whether the person consents to this now. One query."""
    return _open_consent(session, of, what) is not None


def give_consent(session: Session, *, by: Actor, what: ConsentTo, now: datetime) -> None:
    """Record the consent of `by`; a repeated one changes nothing."""
    if _open_consent(session, by.id, what) is None:
        session.add(Consent(account_id=by.id, what=what, given_at=now))
        session.flush()


def withdraw_consent(session: Session, *, by: Actor, what: ConsentTo, now: datetime) -> None:
    """Withdraw the consent of `by`. The caller must undo what it allowed, in the same transaction."""
    if kept := _open_consent(session, by.id, what):
        kept.withdrawn_at = now
        session.flush()


def _open_consent(session: Session, account_id: str, what: ConsentTo) -> Consent | None:
    query = select(Consent).where(
        Consent.account_id == account_id, Consent.what == what, col(Consent.withdrawn_at).is_(None)
    )
    return session.exec(query).first()
