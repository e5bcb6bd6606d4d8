"""Who may do what to accounts: one predicate per question, each with its administrative reason."""

from __future__ import annotations

from collections.abc import Collection

from clicnjob.models import FOLLOWING_ROLES, MANAGING_ROLES, STAFF_ROLES, SUPPORT_ROLES, Actor, Role


def may_enrol_young(actor: Actor) -> bool:
    """Professionals of a structure may: signing up is part of the support that it gives the young person.

    The technical administrator may not: running the installation does not require knowing people.
    """
    return bool(actor.roles & SUPPORT_ROLES)


def may_renew_any_card(actor: Actor) -> bool:
    """Advisers and heads may, for any young person of the structure, since they also help at the front desk.

    The owner and the head are told of each new card. A trainer works only with the people present at their session.
    """
    return bool(actor.roles & FOLLOWING_ROLES)


def may_enrol_staff(actor: Actor) -> bool:
    """The head is responsible for who works in the structure; the administrator helps when nobody there can sign in."""
    return bool(actor.roles & MANAGING_ROLES)


def may_manage_staff(actor: Actor, *, organisation_id: str | None) -> bool:
    """The head manages the professionals of their structure; the technical administrator those of every structure."""
    if Role.ADMIN in actor.roles:
        return True
    return Role.HEAD in actor.roles and organisation_id is not None and actor.organisation_id == organisation_id


def may_manage_member(actor: Actor, *, organisation_id: str | None, roles: Collection[Role]) -> bool:
    """As `may_manage_staff`, except that only a technical administrator may change the account of another one.

    Otherwise the head of one structure could take over an account that runs the others.
    """
    return may_manage_staff(actor, organisation_id=organisation_id) and (
        Role.ADMIN not in roles or Role.ADMIN in actor.roles
    )


def is_head_of(actor: Actor, *, organisation_id: str | None) -> bool:
    """Whether the actor is head of this very structure."""
    return Role.HEAD in actor.roles and organisation_id is not None and actor.organisation_id == organisation_id


def may_give(actor: Actor, role: Role, *, organisation_id: str | None, opening: bool) -> bool:
    """The head assigns adviser, trainer and head; only a technical administrator appoints another administrator.

    A head is appointed by a head, who is responsible for who reads the files. The administrator appoints only the first
    one of a new structure (`opening`), where there is nothing to read yet.
    """
    if role is Role.ADMIN:
        return Role.ADMIN in actor.roles
    if role is Role.HEAD:
        return is_head_of(actor, organisation_id=organisation_id) or (opening and Role.ADMIN in actor.roles)
    return role in STAFF_ROLES and may_enrol_staff(actor)


def may_manage_structures(actor: Actor) -> bool:
    """The technical administrator creates and names the structures of the installation."""
    return Role.ADMIN in actor.roles


def may_read_journal(actor: Actor) -> bool:
    """The head is responsible for what is done in the structure; the administrator need not know who was helped."""
    return Role.HEAD in actor.roles and actor.organisation_id is not None
