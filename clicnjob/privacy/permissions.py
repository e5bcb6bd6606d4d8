"""Who decides about a young person's data: one predicate per question, each with its administrative reason."""

from __future__ import annotations

from clicnjob.models import FOLLOWING_ROLES, YOUNG_ROLES, Account, Actor, Role


def may_decide(actor: Actor) -> bool:
    """Young people and guests may, about themselves only: data subjects' rights are personal (GDPR 15 to 22)."""
    return actor.role in YOUNG_ROLES


def may_share(actor: Actor) -> bool:
    """A young person may; a guest has no adviser to show anything to."""
    return actor.role is Role.YOUNG


def may_freeze(actor: Actor, person: Account) -> bool:
    """The head of the same structure may: freezing suspends a right, and the head is accountable for the structure."""
    own = actor.organisation_id is not None and actor.organisation_id == person.organisation_id
    return Role.HEAD in actor.roles and person.role is Role.YOUNG and own


def may_see_plans(actor: Actor) -> bool:
    """Advisers and heads may: somebody must be able to call before a file is erased for lack of contact."""
    return bool(actor.roles & FOLLOWING_ROLES)
