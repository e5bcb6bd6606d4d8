"""Who may do what to accounts: one predicate a question, each with its administrative reason."""

from __future__ import annotations

from clicnjob.models import STAFF_ROLES, Actor, Role


def may_enrol_young(actor: Actor) -> bool:
    """Professionals of a structure: signing up is part of the support that it gives the young person.

    The administrator too, who is alone on the first day and often holds the desk of a small structure.
    """
    return actor.role in STAFF_ROLES


def may_enrol_staff(actor: Actor) -> bool:
    """Administrators: the structure answers for who works there (security rule of least privilege)."""
    return actor.role is Role.ADMIN
