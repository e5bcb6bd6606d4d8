"""An adviser leaves, or is adviser no longer: whoever closes the account or takes the role says to whom their people go."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from clicnjob.accounts import team
from clicnjob.accounts.team import Roles
from clicnjob.cohort.many import handing_over
from clicnjob.cohort.many.reach import ChosenPerson, TickedPeople
from clicnjob.cohort.permissions import Colleague
from clicnjob.cohort.support import handovers
from clicnjob.errors import ChangedMeanwhile, NotFound, Refusal
from clicnjob.models import Account, Actor, Role


class NobodyNamed(Refusal):
    """The people of an adviser would be left without anybody having said so."""

    sentence = "Dites d’abord à qui confier ses jeunes, ou qu’ils attendent."


def close_adviser_account(
    session: Session, *, by: Actor, account_id: str, to_id: str, follows: int, today: date, now: datetime
) -> int:
    """Close a professional's account after handing all their people to a colleague; '' lets them wait for an adviser.

    Returns how many now wait. Raises UnknownMember, LastOne, what `_hand_all_over` raises.
    """
    account = team.managed_member(session, by=by, account_id=account_id)
    _hand_all_over(session, account, by=by, to_id=to_id, follows=follows, note="Départ", today=today, now=now)
    return team.close_account(session, by=by, account_id=account.id, now=now)


def change_roles(
    session: Session,
    *,
    by: Actor,
    account_id: str,
    roles: Roles,
    to_id: str | None,
    follows: int,
    today: date,
    now: datetime,
) -> None:
    """Set a professional's roles. Whoever takes « conseiller » away says to whom their people go; '' lets them wait.

    Raises NobodyNamed when `to_id` is None although somebody is followed, what `team.give_roles` and `_hand_all_over` raise.
    """
    account = team.managed_member(session, by=by, account_id=account_id)
    if follows and Role.ADVISER in team.given_roles(session, account.id) and Role.ADVISER not in roles:
        if to_id is None:
            raise NobodyNamed
        note = "Changement de rôle"
        _hand_all_over(session, account, by=by, to_id=to_id, follows=follows, note=note, today=today, now=now)
    team.give_roles(session, by=by, account_id=account.id, roles=roles, now=now)


def _hand_all_over(
    session: Session,
    account: Account,
    *,
    by: Actor,
    to_id: str,
    follows: int,
    note: str,
    today: date,
    now: datetime,
) -> None:
    """Hand all the people of an adviser to a colleague. Each of those whose support goes on is told by a message.

    Whoever may close the account or change its roles may say to whom, since no name is shown. `follows` is how many people
    the screen counted. Raises ChangedMeanwhile; NotFound for somebody who is no adviser of this structure.
    """
    people = session.exec(
        select(Account).where(Account.adviser_id == account.id, col(Account.closed_at).is_(None)).order_by(Account.id)
    ).all()
    if len(people) != follows:
        raise ChangedMeanwhile
    if not to_id or not people:
        return
    colleague = _adviser_beside(session, account, to_id, today)
    told = tuple(
        ChosenPerson(one.id, one.first_name, one.last_name, one.adviser_id, False)
        for one in people
        if one.archived_at is None
    )
    handing_over.tell_people(
        session, by, TickedPeople(told, 0).sorted_reach(), colleague, until=None, today=today, now=now
    )
    handovers.pass_people_on(session, people, by=by, to_id=to_id, until=None, note=note, today=today, now=now)


def _adviser_beside(session: Session, leaving: Account, to_id: str, today: date) -> Colleague:
    """Return another adviser of the same structure who can follow people today. Raises NotFound."""
    one = session.get(Account, to_id)
    if one is None or one.id == leaving.id or one.organisation_id != leaving.organisation_id or one.closed_at:
        raise NotFound
    roles = team.given_roles(session, one.id)
    until = roles.get(Role.ADVISER)
    if Role.ADVISER not in roles or (until is not None and until < today):
        raise NotFound
    return Colleague(one.id, one.first_name, one.last_name)
