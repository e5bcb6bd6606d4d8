"""Who decides about a young person's data: one predicate a question, each with its administrative reason."""

from __future__ import annotations

from clicnjob.models import YOUNG_ROLES, Account, Actor, Role


def may_decide(actor: Actor) -> bool:
    """Young people and guests, about themselves only: rights of access, of erasure and the rest are personal (GDPR 15 to 22)."""
    return actor.role in YOUNG_ROLES


def may_share(actor: Actor) -> bool:
    """A guest has no adviser: there is nobody to show anything to."""
    return actor.role is Role.YOUNG


def may_freeze(actor: Actor, person: Account) -> bool:
    """The head of the same structure: freezing suspends a right, so who answers for the structure decides it."""
    own = actor.organisation_id is not None and actor.organisation_id == person.organisation_id
    return Role.HEAD in actor.roles and person.role is Role.YOUNG and own


def may_see_plans(actor: Actor) -> bool:
    """Who follows young people, and the head: somebody must be able to call before a file goes for want of contact."""
    return bool(actor.roles & {Role.ADVISER, Role.HEAD})
