"""Managing the professionals of a structure: invitations, roles and their ends, lost passwords, closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from clicnjob import audit
from clicnjob.accounts import heads, invitations, presence, reauthentication, second_factor
from clicnjob.accounts.names import person_name
from clicnjob.accounts.outside import give_address
from clicnjob.accounts.permissions import may_manage_member, may_manage_staff
from clicnjob.accounts.presence import Present
from clicnjob.accounts.reauthentication import Proof
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import days
from clicnjob.models import (
    MANAGING_ROLES,
    STAFF_ROLES,
    Account,
    Actor,
    Handover,
    Organisation,
    OutsideIdentity,
    Password,
    Progress,
    Role,
    RoleHeld,
)

Roles = Mapping[Role, date | None]  # each role with its last day; None means no end
_MAIN_FIRST = (Role.ADVISER, Role.TRAINER, Role.HEAD, Role.ADMIN)


class UnknownMember(NotFound):
    """The account is unknown, a young person's, or not managed by the actor. The answer is the same for all."""

    sentence = "Cette personne n’est pas dans votre équipe. Revenez à la liste."


class MayNotManageTeam(Refusal):
    """The actor is neither head nor administrator."""

    sentence = "Seul le responsable de la structure gère l’équipe."


class NoRole(Refusal):
    """A professional must have at least one role."""

    sentence = "Choisissez au moins un rôle."


class MayNotGive(Refusal):
    """The actor may not give this role, or not to themselves."""

    sentence = "Vous ne pouvez pas donner ce rôle. Demandez à un autre responsable."


class PastEnd(Refusal):
    """The last day of a role is in the past."""

    sentence = "La date de fin est déjà passée. Choisissez une date à venir."


class LastOne(Refusal):
    """Nobody would be left to head the structure or to run the installation."""

    sentence = (
        "Il doit rester un responsable et un administrateur sans date de fin. Donnez d’abord ce rôle à quelqu’un."
    )


def invite_professional(
    session: Session,
    *,
    by: Actor,
    organisation_id: str | None,
    first_name: str,
    last_name: str,
    roles: Roles,
    email: str = "",
    now: datetime,
) -> tuple[Account, str]:
    """Open a professional's account. Returns it and the token, shown once, of the link to choose a password.

    `email` is their address at the outside provider, if there is one. Raises MayNotManageTeam, NoRole, MayNotGive, PastEnd,
    EmptyName and what `outside.give_address` raises.
    """
    if organisation_id is None or not may_manage_staff(by, organisation_id=organisation_id):
        raise MayNotManageTeam
    if session.get(Organisation, organisation_id) is None:
        raise MayNotManageTeam
    _check_givable(session, roles, by=by, organisation_id=organisation_id, today=days.local_day(now))
    account = Account(organisation_id=organisation_id, role=_main_role(roles), created_at=now)
    account.first_name, account.last_name = person_name(first_name), person_name(last_name)
    session.add(account)
    session.flush()
    _store_roles(session, account, roles)
    give_address(session, account=account, email=email)
    audit.note_act(session, by=by, act="professional invited", whom_id=account.id, why=_roles_in_words(roles), now=now)
    return account, invitations.make_invitation(session, account=account, by=by, now=now)


def new_link(session: Session, *, by: Actor, account_id: str, proof: Proof | None, now: datetime) -> str:
    """Return a new one-time link's token. An existing password stops working, and the person's sign-ins end.

    Whoever reads the link can sign in as that person, so the actor must have just proved who they are. Raises
    UnknownMember, OnlyAHead, ProofNeeded; LastOne for one's own account (« Mon compte » changes a password).
    """
    account = managed_member(session, by=by, account_id=account_id)
    if account.id == by.id:
        raise LastOne("Pour vous, changez le mot de passe dans « Mon compte ».")
    heads.check_way_in(session, by=by, account=account, roles=given_roles(session, account.id))
    reauthentication.check_proof(by, proof, now=now)
    kept = session.get(Password, account.id)
    had_one = kept is not None and bool(kept.hash)
    if kept is not None:
        kept.hash = ""
    presence.end_all(session, account_id=account.id, reason="new link", now=now)
    act = "password reset" if had_one else "invitation renewed"
    audit.note_act(session, by=by, act=act, whom_id=account.id, now=now)
    return invitations.make_invitation(session, account=account, by=by, now=now)


def revoke_link(session: Session, *, by: Actor, account_id: str, now: datetime) -> None:
    """Void a person's unused link. Raises UnknownMember."""
    account = managed_member(session, by=by, account_id=account_id)
    if invitations.revoke_invitations(session, account_id=account.id, now=now):
        audit.note_act(session, by=by, act="invitation revoked", whom_id=account.id, now=now)


def forget_second_factor(session: Session, *, by: Actor, account_id: str, proof: Proof | None, now: datetime) -> None:
    """Remove the second factor of a person who lost phone and recovery codes; the next sign-in sets it up again.

    Raises UnknownMember, OnlyAHead, ProofNeeded.
    """
    account = managed_member(session, by=by, account_id=account_id)
    if account.id == by.id:
        raise UnknownMember("Pour vous, changez de téléphone dans « Mon compte ».")
    heads.check_way_in(session, by=by, account=account, roles=given_roles(session, account.id))
    reauthentication.check_proof(by, proof, now=now)
    second_factor.forget_second_factor(session, account_id=account.id)
    presence.end_all(session, account_id=account.id, reason="second factor", now=now)
    audit.note_act(session, by=by, act="second factor reset", whom_id=account.id, now=now)


def give_roles(session: Session, *, by: Actor, account_id: str, roles: Roles, now: datetime) -> None:
    """Set a professional's roles, each with its last day. Their sign-ins end, except the one that acts on itself.

    The people followed by somebody who is no longer an adviser wait for a new one. Nobody may give themselves a role.
    Raises UnknownMember, NoRole, MayNotGive, PastEnd, LastOne.
    """
    account = managed_member(session, by=by, account_id=account_id)
    before = given_roles(session, account.id)
    if roles == before:
        return
    changed = {role: until for role, until in roles.items() if role not in before or before[role] != until}
    if not roles:
        raise NoRole
    _check_givable(
        session, changed, by=by, organisation_id=account.organisation_id, today=days.local_day(now), allow_none=True
    )
    if account.id == by.id and any(not _is_shortened(role, until, before) for role, until in changed.items()):
        raise MayNotGive("On ne se donne pas un rôle à soi-même. Demandez à un autre responsable.")
    at_work = _at_work(session, account)
    session.exec(delete(RoleHeld).where(col(RoleHeld.account_id) == account.id))
    session.expire_all()
    account = member_kept(session, account_id)
    _store_roles(session, account, roles)
    if account.role not in roles:
        account.role = _main_role(roles)
        session.flush()
    _somebody_left(session, account, before=at_work)
    if Role.ADVISER in before and Role.ADVISER not in roles:
        _free_followed(session, account_id, now=now)
    presence.end_all(session, account_id=account.id, reason="roles", but=_own_sign_in(by, account), now=now)
    audit.note_act(session, by=by, act="roles changed", whom_id=account.id, why=_roles_in_words(roles), now=now)


def close_account(session: Session, *, by: Actor, account_id: str, now: datetime) -> int:
    """Close a professional's account and end their sign-ins. Returns how many people now wait for an adviser.

    Raises UnknownMember, LastOne.
    """
    account = managed_member(session, by=by, account_id=account_id)
    if account.closed_at is not None:
        return 0
    at_work = _at_work(session, account)
    account.closed_at = now
    session.flush()
    _somebody_left(session, account, before=at_work)
    presence.end_all(session, account_id=account.id, reason="closed", now=now)
    invitations.revoke_invitations(session, account_id=account.id, now=now)
    freed = _free_followed(session, account.id, now=now)
    audit.note_act(session, by=by, act="account closed", whom_id=account.id, why=f"{freed} freed", now=now)
    return freed


def _free_followed(session: Session, account_id: str, *, now: datetime) -> int:
    """Unset the adviser of the followed people, end loans, update Progress. Returns how many people were followed."""
    followed = update(Account).where(col(Account.adviser_id) == account_id)
    freed: int = session.exec(followed.values(adviser_id=None)).rowcount
    session.exec(update(Progress).where(col(Progress.adviser_id) == account_id).values(adviser_id=None))
    lent = update(Handover).where(col(Handover.to_id) == account_id, col(Handover.until).is_not(None))
    session.exec(lent.where(col(Handover.ended_at).is_(None)).values(ended_at=now))
    back = update(Progress).where(col(Progress.lent_to_id) == account_id)
    session.exec(back.values(lent_to_id=None, lent_until=None))
    return freed


def reopen_account(session: Session, *, by: Actor, account_id: str, now: datetime) -> None:
    """Reopen a closed account, with its roles and password. Raises UnknownMember, OnlyAHead."""
    account = managed_member(session, by=by, account_id=account_id)
    heads.check_way_in(session, by=by, account=account, roles=given_roles(session, account.id))
    if account.closed_at is not None:
        account.closed_at = None
        session.flush()
        audit.note_act(session, by=by, act="account reopened", whom_id=account.id, now=now)


def managed_member(session: Session, *, by: Actor, account_id: str) -> Account:
    """Return a professional whom the actor manages, including closed accounts. Raises UnknownMember."""
    account = session.get(Account, account_id)
    if account is None or account.role not in STAFF_ROLES:
        raise UnknownMember
    roles = given_roles(session, account.id)
    if not may_manage_member(by, organisation_id=account.organisation_id, roles=roles):
        raise UnknownMember
    return account


def member_kept(session: Session, account_id: str) -> Account:
    """Load the account again after `session.expire_all()`."""
    account = session.get(Account, account_id)
    assert account is not None
    return account


def given_roles(session: Session, account_id: str) -> dict[Role, date | None]:
    """Return the roles of a professional with their last day, including ended ones."""
    rows = session.exec(select(RoleHeld).where(RoleHeld.account_id == account_id).order_by(RoleHeld.role))
    return {row.role: row.until for row in rows}


def _check_givable(
    session: Session, roles: Roles, *, by: Actor, organisation_id: str | None, today: date, allow_none: bool = False
) -> None:
    if not roles and not allow_none:
        raise NoRole
    if not roles.keys() <= heads.givable_roles(session, by=by, organisation_id=organisation_id):
        raise MayNotGive
    if any(until is not None and until < today for until in roles.values()):
        raise PastEnd


def _own_sign_in(by: Actor, account: Account) -> str:
    """Return the sign-in in which somebody acts on their own account; '' otherwise."""
    return by.sign_in_id if isinstance(by, Present) and by.id == account.id else ""


def _is_shortened(role: Role, until: date | None, before: Roles) -> bool:
    if role not in before or until is None:
        return False
    had = before[role]
    return had is None or until < had


def _store_roles(session: Session, account: Account, roles: Roles) -> None:
    session.add_all(RoleHeld(account_id=account.id, role=role, until=until) for role, until in roles.items())
    session.flush()


def _main_role(roles: Roles) -> Role:
    return next(role for role in _MAIN_FIRST if role in roles)


def _roles_in_words(roles: Roles) -> str:
    return ", ".join(f"{role}{f' until {until:%Y-%m-%d}' if until else ''}" for role, until in sorted(roles.items()))


def _somebody_left(session: Session, account: Account, *, before: frozenset[Role]) -> None:
    """Raise LastOne if the change left the structure without head or the installation without administrator."""
    if before - _at_work(session, account):
        raise LastOne


def _at_work(session: Session, account: Account) -> frozenset[Role]:
    """Return which of head (in this structure) and admin (anywhere) is held without end by somebody who can sign in."""
    can_come = select(Password.account_id).where(Password.hash != "")
    known_outside = select(OutsideIdentity.account_id).where(OutsideIdentity.subject != "")
    query: Any = (
        select(RoleHeld.role)
        .join(Account, col(RoleHeld.account_id) == Account.id)
        .where(col(RoleHeld.until).is_(None), col(Account.closed_at).is_(None))
        .where(col(Account.id).in_(can_come) | col(Account.id).in_(known_outside))
        .where((col(RoleHeld.role) == Role.ADMIN) | (col(Account.organisation_id) == account.organisation_id))
    )
    return MANAGING_ROLES.intersection(session.exec(query.distinct()))
