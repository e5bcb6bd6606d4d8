"""Who may appoint a head of structure or reset a head's access: another head of it, never the administrator alone.

A head can read every file of the structure, and so could anybody who appoints a head or takes over the account of one.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from clicnjob.accounts.permissions import is_head_of, may_give, may_manage_staff
from clicnjob.errors import Refusal
from clicnjob.models import STAFF_ROLES, Account, Actor, OutsideIdentity, Password, Role, RoleHeld


class OnlyAHead(Refusal):
    """The actor does not head the structure and tried to change the account of one of its heads."""

    sentence = "Seul un responsable de cette structure peut le faire. Sinon, utilisez la commande du serveur."


def givable_roles(session: Session, *, by: Actor, organisation_id: str | None) -> frozenset[Role]:
    """The roles that the actor may give in this structure."""
    if not may_manage_staff(by, organisation_id=organisation_id):
        return frozenset()
    opening = is_being_opened(session, organisation_id)
    return frozenset(
        role for role in STAFF_ROLES if may_give(by, role, organisation_id=organisation_id, opening=opening)
    )


def check_way_in(session: Session, *, by: Actor, account: Account, roles: Collection[Role]) -> None:
    """Check that the actor may give access to a professional's account: a new link, a second-factor reset, a reopening.

    Raises OnlyAHead for the account of a head, unless the actor heads the structure or it has nobody to head it yet.
    """
    if Role.HEAD not in roles or is_head_of(by, organisation_id=account.organisation_id):
        return
    if not is_being_opened(session, account.organisation_id):
        raise OnlyAHead


def is_being_opened(session: Session, organisation_id: str | None) -> bool:
    """Whether a structure has neither a head who can sign in nor young people: there is nothing in it to read."""
    here = Account.organisation_id == organisation_id
    can_come = select(Password.account_id).where(Password.hash != "")
    known_outside = select(OutsideIdentity.account_id).where(OutsideIdentity.subject != "")
    heading = (
        select(RoleHeld.account_id)
        .join(Account, col(RoleHeld.account_id) == col(Account.id))
        .where(here, RoleHeld.role == Role.HEAD)
        .where(col(Account.id).in_(can_come) | col(Account.id).in_(known_outside))
    )
    young = select(Account.id).where(here, Account.role == Role.YOUNG)
    return not any(session.exec(query.limit(1)).first() for query in (heading, young))
