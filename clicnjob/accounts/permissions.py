"""Who may do what to accounts: one predicate a question, each with its administrative reason."""

from __future__ import annotations

from collections.abc import Collection

from clicnjob.models import STAFF_ROLES, SUPPORT_ROLES, Actor, Role


def may_enrol_young(actor: Actor) -> bool:
    """Professionals of a structure: signing up is part of the support that it gives the young person.

    The technical administrator does not: whoever keeps the installation running has no need to know people.
    """
    return bool(actor.roles & SUPPORT_ROLES)


def may_renew_any_card(actor: Actor) -> bool:
    """Advisers and the head see to every young person of the structure, at the front desk too; each new card is told.

    A trainer works with those who are there: a card for somebody who is not is no part of that.
    """
    return bool(actor.roles & {Role.ADVISER, Role.HEAD})


def may_enrol_staff(actor: Actor) -> bool:
    """The head answers for who works in the structure; the technical administrator helps when nobody can sign in."""
    return bool(actor.roles & {Role.HEAD, Role.ADMIN})


def may_manage_staff(actor: Actor, *, organisation_id: str | None) -> bool:
    """The head manages the professionals of their structure; the technical administrator those of every structure."""
    if Role.ADMIN in actor.roles:
        return True
    return Role.HEAD in actor.roles and organisation_id is not None and actor.organisation_id == organisation_id


def may_manage_member(actor: Actor, *, organisation_id: str | None, roles: Collection[Role]) -> bool:
    """As above, except that only a technical administrator touches the account of one.

    Otherwise the head of one structure could take over an account that keeps the others running.
    """
    return may_manage_staff(actor, organisation_id=organisation_id) and (
        Role.ADMIN not in roles or Role.ADMIN in actor.roles
    )


def heads(actor: Actor, *, organisation_id: str | None) -> bool:
    """Whoever answers for this very structure."""
    return Role.HEAD in actor.roles and organisation_id is not None and actor.organisation_id == organisation_id


def may_give(actor: Actor, role: Role, *, organisation_id: str | None, opening: bool) -> bool:
    """The head says who advises, trains and heads; only a technical administrator makes another one.

    A head is made by a head, who answers for who reads the files. The administrator makes the first one of a structure that
    is being opened (`opening`): somebody must, and there is nothing to read there yet.
    """
    if role is Role.ADMIN:
        return Role.ADMIN in actor.roles
    if role is Role.HEAD:
        return heads(actor, organisation_id=organisation_id) or (opening and Role.ADMIN in actor.roles)
    return role in STAFF_ROLES and may_enrol_staff(actor)


def may_manage_structures(actor: Actor) -> bool:
    """Several structures on one installation: who keeps it running opens and names them."""
    return Role.ADMIN in actor.roles


def may_read_journal(actor: Actor) -> bool:
    """The head answers for what is done in the structure; the administrator has no need to know who was helped."""
    return Role.HEAD in actor.roles and actor.organisation_id is not None
