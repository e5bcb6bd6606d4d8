"""One-time links with which a professional chooses a login and a password, or replaces a lost password."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from clicnjob import audit, policy
from clicnjob.accounts import presence, staff
from clicnjob.errors import Refusal
from clicnjob.models import Account, Actor, Invitation, Organisation, Password


class InvitationSpent(Refusal):
    """The link is unknown, used, revoked or expired, or its account is closed. The answer is the same for all five."""

    sentence = "Ce lien ne marche plus. Demandez-en un nouveau à votre responsable."


@dataclass(frozen=True, slots=True)
class Opening:
    """Whose link it is. `login` is '' the first time; the new password must not contain any of `known`."""

    account_id: str
    first_name: str
    login: str
    structure: str
    known: tuple[str, ...]


def make_invitation(session: Session, *, account: Account, by: Actor, now: datetime) -> str:
    """Return a new link's token, which cannot be read again, and void earlier links. `team` checks permission."""
    revoke_invitations(session, account_id=account.id, now=now)
    token = secrets.token_urlsafe(policy.TOKEN_BYTES)
    session.add(Invitation(token_digest=presence.token_digest(token), account_id=account.id, by_id=by.id, made_at=now))
    session.flush()
    return token


def revoke_invitations(session: Session, *, account_id: str, now: datetime) -> bool:
    """Void a person's unused links. Returns whether there were any."""
    unused = update(Invitation).where(
        col(Invitation.account_id) == account_id,
        col(Invitation.used_at).is_(None),
        col(Invitation.revoked_at).is_(None),
    )
    return session.exec(unused.values(revoked_at=now)).rowcount > 0


def invitation_opening(session: Session, token: str, *, now: datetime) -> Opening:
    """Return what the page of a link shows, without using the link up. Raises InvitationSpent."""
    account = _invited_account(session, token, now)
    kept = session.get(Password, account.id)
    structure = session.get(Organisation, account.organisation_id) if account.organisation_id else None
    return Opening(
        account_id=account.id,
        first_name=account.first_name,
        login=kept.login if kept else "",
        structure=structure.name if structure else "",
        known=staff.known_of(session, account),
    )


def accept_invitation(session: Session, token: str, *, login: str, sealed: str, now: datetime) -> Account:
    """Use the link up: set the person's login (unless they had one) and this password.

    If two people send the link at once, only one succeeds. Raises InvitationSpent, LoginTaken, RolesEnded.
    """
    account = _invited_account(session, token, now)
    staff.still_in(session, account, now=now)
    kept, row = session.get(Password, account.id), Invitation
    free = staff.take_login(session, login) if kept is None else ""
    taken = update(row).where(col(row.token_digest) == presence.token_digest(token), col(row.used_at).is_(None))
    if session.exec(taken.where(col(row.revoked_at).is_(None)).values(used_at=now)).rowcount != 1:
        raise InvitationSpent
    if kept is None:
        kept = Password(account_id=account.id, login=free, hash="")
        session.add(kept)
    kept.hash = sealed
    staff.forgive_tries_at(session, login=kept.login)
    session.flush()
    presence.end_all(session, account_id=account.id, reason="new password", now=now)
    acting = presence.acting_person(session, account.id, now=now)
    audit.note_act(session, by=acting, act="password chosen", whom_id=account.id, now=now)
    return account


def _invited_account(session: Session, token: str, now: datetime) -> Account:
    row = Invitation
    query = select(Account).join(row, col(row.account_id) == Account.id).where(
        row.token_digest == presence.token_digest(token),
        col(row.used_at).is_(None),
        col(row.revoked_at).is_(None),
        row.made_at > now - policy.INVITATION_LASTS,
        col(Account.closed_at).is_(None),
    )  # fmt: skip
    found = session.exec(query).first()
    if found is None:
        raise InvitationSpent
    return found
