"""Who may do what to accounts: one predicate a question, each with its administrative reason."""

from __future__ import annotations

from clicnjob.models import SUPPORT_ROLES, Actor, Role


def may_enrol_young(actor: Actor) -> bool:
    """Professionals of a structure: signing up is part of the support that it gives the young person.

    The technical administrator does not: whoever keeps the installation running has no need to know people.
    """
    return bool(actor.roles & SUPPORT_ROLES)


def may_enrol_staff(actor: Actor) -> bool:
    """The head answers for who works in the structure; the technical administrator helps when nobody can sign in."""
    return bool(actor.roles & {Role.HEAD, Role.ADMIN})
