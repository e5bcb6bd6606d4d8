"""Who makes a head of structure, and who may open the account of one: another head of it, never the administrator alone.

A head reads every file of the structure. Whoever could make one, or take one's account, could read them too.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from clicnjob.accounts.permissions import heads, may_give, may_manage_staff
from clicnjob.errors import Refusal
from clicnjob.models import STAFF_ROLES, Account, Actor, OutsideIdentity, Password, Role, RoleHeld


class OnlyAHead(Refusal):
    """The account of a head, touched by somebody who does not head the structure."""

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
    """Let the actor give a way into a professional's account: a link, a telephone forgotten, a reopening.

    Raises OnlyAHead for the account of a head, unless the actor heads the structure or nobody could head it yet.
    """
    if Role.HEAD not in roles or heads(by, organisation_id=account.organisation_id):
        return
    if not is_being_opened(session, account.organisation_id):
        raise OnlyAHead


def is_being_opened(session: Session, organisation_id: str | None) -> bool:
    """Whether a structure has neither a head who can sign in nor any young person: there is nothing in it to read yet."""
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
