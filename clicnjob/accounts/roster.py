"""The list of the professionals of a structure, as « Équipe » shows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.accounts.permissions import may_manage_staff
from clicnjob.accounts.team import MayNotManageTeam
from clicnjob.french import days
from clicnjob.models import STAFF_ROLES, Account, Actor, Invitation, Password, Role, RoleHeld, SecondFactor


class State(StrEnum):
    """Whether a professional can sign in, and if not, why."""

    ACTIVE = "active"
    INVITED = "invited"
    LINK_RUN_OUT = "link run out"
    ENDED = "ended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Member:
    """A professional. `roles` have their last day, `link_until` is the link's end, `follows` counts people."""

    id: str
    first_name: str
    last_name: str
    login: str
    roles: dict[Role, date | None]
    state: State
    second_factor: bool
    seen_at: datetime | None
    link_until: datetime | None
    follows: int


def team_members(session: Session, *, of: Actor, organisation_id: str | None, now: datetime) -> tuple[Member, ...]:
    """The professionals of a structure by name, closed ones last. Six queries. Raises MayNotManageTeam."""
    if organisation_id is None or not may_manage_staff(of, organisation_id=organisation_id):
        raise MayNotManageTeam
    query = select(Account).where(Account.organisation_id == organisation_id, col(Account.role).in_(STAFF_ROLES))
    people = session.exec(query.order_by(Account.last_name, Account.first_name, Account.id)).all()
    ids = [one.id for one in people]
    passwords = {row.account_id: row for row in session.exec(select(Password).where(col(Password.account_id).in_(ids)))}
    held: dict[str, dict[Role, date | None]] = defaultdict(dict)
    for row in session.exec(select(RoleHeld).where(col(RoleHeld.account_id).in_(ids)).order_by(RoleHeld.role)):
        held[row.account_id][row.role] = row.until
    on = select(SecondFactor.account_id).where(col(SecondFactor.confirmed_at).is_not(None))
    doubly = set(session.exec(on.where(col(SecondFactor.account_id).in_(ids))))
    links, follows = _open_links(session, ids, now), _followed_counts(session, ids)
    made = [
        Member(
            id=one.id,
            first_name=one.first_name,
            last_name=one.last_name,
            login=passwords[one.id].login if one.id in passwords else "",
            roles=held[one.id],
            state=_member_state(one, held[one.id], passwords.get(one.id), links.get(one.id), now),
            second_factor=one.id in doubly,
            seen_at=one.seen_at,
            link_until=links.get(one.id),
            follows=follows.get(one.id, 0),
        )
        for one in people
    ]
    return tuple(sorted(made, key=lambda member: member.state is State.CLOSED))


def _open_links(session: Session, ids: list[str], now: datetime) -> dict[str, datetime]:
    query = select(Invitation).where(
        col(Invitation.account_id).in_(ids), col(Invitation.used_at).is_(None), col(Invitation.revoked_at).is_(None)
    )
    ends = {row.account_id: row.made_at + policy.INVITATION_LASTS for row in session.exec(query)}
    return {account_id: until for account_id, until in ends.items() if until > now}


def _followed_counts(session: Session, ids: list[str]) -> dict[str, int]:
    query = select(Account.adviser_id, func.count()).where(
        col(Account.adviser_id).in_(ids), col(Account.closed_at).is_(None)
    )
    return {str(account_id): count for account_id, count in session.exec(query.group_by(col(Account.adviser_id)))}


def _member_state(
    one: Account, roles: dict[Role, date | None], password: Password | None, link: datetime | None, now: datetime
) -> State:
    if one.closed_at is not None:
        return State.CLOSED
    if not any(until is None or until >= days.local_day(now) for until in roles.values()):
        return State.ENDED
    if password is not None and password.hash:
        return State.ACTIVE
    return State.INVITED if link else State.LINK_RUN_OUT
