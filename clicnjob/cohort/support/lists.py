"""Lists of young people that an adviser makes to find them together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.cohort import permissions
from clicnjob.cohort.progress.overview import owned_lists
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, Membership, PeopleList


class EmptyListName(Refusal):
    """A list needs a name to be found again."""

    sentence = "Donnez un nom à la liste."


class TooManyLists(Refusal):
    """The actor has `policy.LISTS_AT_MOST` lists, more than which a choice becomes unreadable."""

    sentence = "Vous avez déjà 30 listes. Supprimez une liste, puis recommencez."


def make_list(session: Session, *, by: Actor, name: str) -> str:
    """Make a list; returns its id.

    Raises follow.FollowsNobody, EmptyListName, TooManyLists, what `text.clean_line` raises.
    """
    if not permissions.may_follow(by) or by.organisation_id is None:
        raise permissions.FollowsNobody
    if session.exec(select(func.count(col(PeopleList.id))).where(owned_lists(by))).one() >= policy.LISTS_AT_MOST:
        raise TooManyLists
    made = PeopleList(organisation_id=by.organisation_id, owner_id=by.id, name=_checked_name(name))
    session.add(made)
    session.flush()
    return made.id


def remove_list(session: Session, *, by: Actor, list_id: str) -> None:
    """Delete a list; the people stay. Raises NotFound."""
    session.delete(_own_list(session, by, list_id))
    session.flush()


def add_to_list(session: Session, *, by: Actor, list_id: str, account_ids: Collection[str], today: date) -> None:
    """Add people to a list, each at most once. Raises NotFound when the actor may not see one of them."""
    _own_list(session, by, list_id)
    for account_id in sorted(set(account_ids)):
        permissions.followed_person(session, by=by, account_id=account_id, today=today)
        if session.get(Membership, (list_id, account_id)) is None:
            session.add(Membership(list_id=list_id, account_id=account_id))
    session.flush()


def take_out(session: Session, *, by: Actor, list_id: str, account_id: str) -> None:
    """Remove one person from a list. Raises NotFound."""
    _own_list(session, by, list_id)
    session.exec(delete(Membership).where(col(Membership.list_id) == list_id, col(Membership.account_id) == account_id))


def lists_by_name(session: Session, *, of: Actor) -> tuple[tuple[str, str], ...]:
    """Return the actor's lists as (id, name), by name. One query."""
    query = select(PeopleList.id, PeopleList.name).where(owned_lists(of)).order_by(PeopleList.name, PeopleList.id)
    return tuple((list_id, name) for list_id, name in session.exec(query))


def lists_of_person(session: Session, *, of: Actor, account_id: str) -> frozenset[str]:
    """Return the ids of the actor's lists that contain a person. One query."""
    query = select(Membership.list_id).join(PeopleList, col(PeopleList.id) == col(Membership.list_id))
    return frozenset(session.exec(query.where(Membership.account_id == account_id, owned_lists(of))))


def list_members(session: Session, *, of: Actor, list_id: str, today: date) -> tuple[str, ...]:
    """Return the ids in a list of people whom the actor still follows, without archived ones. Raises NotFound."""
    _own_list(session, of, list_id)
    query = select(Membership.account_id).join(Account, col(Account.id) == col(Membership.account_id))
    query = query.where(Membership.list_id == list_id, permissions.may_be_read(of, today=today))
    query = query.where(col(Account.archived_at).is_(None))
    return tuple(session.exec(query.order_by(Membership.account_id)))


def check_own_list(session: Session, *, by: Actor, list_id: str) -> None:
    """Raise NotFound unless the list is one that the actor may use."""
    _own_list(session, by, list_id)


def _own_list(session: Session, actor: Actor, list_id: str) -> PeopleList:
    found = session.exec(select(PeopleList).where(PeopleList.id == list_id, owned_lists(actor))).first()
    if found is None:
        raise NotFound
    return found


def _checked_name(typed: str) -> str:
    name = text.clean_line(typed, most=policy.LIST_NAME_LENGTH)
    if not name:
        raise EmptyListName
    return name
