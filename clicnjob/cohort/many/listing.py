"""Putting many people on one list, and taking them off again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from clicnjob.cohort.many.reach import Reach, ticked_people
from clicnjob.cohort.support import lists
from clicnjob.models import Actor, Membership


@dataclass(frozen=True, slots=True)
class ListedPeople:
    """Who was put on which list, to take them off again."""

    list_id: str
    account_ids: tuple[str, ...]


def list_reach(session: Session, *, by: Actor, account_ids: Collection[str], list_id: str, today: date) -> Reach:
    """Return whom the act would put on the list; '' stands for a new one. Raises NotFound, what `ticked_people` raises."""
    ticked = ticked_people(session, by=by, account_ids=account_ids, today=today)
    if not list_id:
        return ticked.sorted_reach()
    lists.check_own_list(session, by=by, list_id=list_id)
    query = select(Membership.account_id).where(
        Membership.list_id == list_id, col(Membership.account_id).in_(ticked.ids)
    )
    return ticked.sorted_reach(left_out=dict.fromkeys(session.exec(query), "déjà dans la liste"))


def put_on_list(
    session: Session,
    *,
    by: Actor,
    account_ids: Collection[str],
    list_id: str,
    new_name: str,
    shown: str,
    today: date,
) -> ListedPeople:
    """Put them on a list, or on a new one when `list_id` is ''. `shown` is the version of the reach on the screen.

    Raises what `list_reach`, `Reach.check_shown` and `lists.make_list` raise.
    """
    reach = list_reach(session, by=by, account_ids=account_ids, list_id=list_id, today=today)
    reach.check_shown(shown)
    target = list_id or lists.make_list(session, by=by, name=new_name)
    session.add_all(Membership(list_id=target, account_id=account_id) for account_id in reach.ids)
    session.flush()
    return ListedPeople(target, reach.ids)


def take_off_list(session: Session, *, by: Actor, listed: ListedPeople) -> int:
    """Undo `put_on_list`; the list itself stays. Returns how many left it. Raises NotFound."""
    lists.check_own_list(session, by=by, list_id=listed.list_id)
    those = (col(Membership.list_id) == listed.list_id, col(Membership.account_id).in_(listed.account_ids))
    removed: int = session.exec(delete(Membership).where(*those)).rowcount
    return removed
