"""The young people of a structure as the cards page lists them: search, pages, and what tells two namesakes apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, true
from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.accounts.people import MayNotEnrolYoung, renewable_accounts
from clicnjob.accounts.permissions import may_enrol_young
from clicnjob.french import days
from clicnjob.models import Account, Actor, Card, Enrolment, Progress, Role, WrongTries

_SEARCHED = 60  # characters; a search is a name, not a text


@dataclass(frozen=True, slots=True)
class YoungPerson:
    """A young person of the structure, as the cards page lists them.

    `came`: they have chosen a PIN; `locked`: the card waits after wrong tries; `followed`: they have an adviser;
    `renewable`: the actor may make them a new card today. `birth_month` is "YYYY-MM", '' when the structure did not give it.
    """

    id: str
    first_name: str
    last_name: str
    birth_month: str
    enrolled_on: date | None
    came: bool
    locked: bool
    followed: bool
    renewable: bool


@dataclass(frozen=True, slots=True)
class CardHolders:
    """One page of them. `found` counts all whom the search finds; `page` of `pages` starts at 1."""

    people: tuple[YoungPerson, ...]
    found: int
    page: int
    pages: int


def young_people(session: Session, *, of: Actor, now: datetime) -> tuple[YoungPerson, ...]:
    """List all young people of the actor's structure by name. One query. Raises MayNotEnrolYoung."""
    return tuple(_young_person(row) for row in session.exec(_people_query(session, of, now)))


def card_holders(session: Session, *, of: Actor, search: str, page: int, now: datetime) -> CardHolders:
    """Return one page of those whose name contains each word of `search`, in any order. Two queries.

    A page out of range gives the nearest one. Raises MayNotEnrolYoung.
    """
    words = text.fold_text(search[:_SEARCHED]).split()
    named = and_(true(), *(_name_key().contains(word, autoescape=True) for word in words))
    people = _people_query(session, of, now).where(named)
    found: int = session.exec(select(func.count()).select_from(people.order_by(None).subquery())).one()
    pages = max(1, -(-found // policy.PEOPLE_A_PAGE))
    shown = min(max(page, 1), pages)
    some = people.limit(policy.PEOPLE_A_PAGE).offset((shown - 1) * policy.PEOPLE_A_PAGE)
    return CardHolders(tuple(_young_person(row) for row in session.exec(some)), found, shown, pages)


def _name_key() -> ColumnElement[str]:
    """Return the folded name that « Mes jeunes » sorts by; somebody enrolled a moment ago has none yet."""
    whole = func.lower(col(Account.last_name) + " " + col(Account.first_name))
    return func.coalesce(func.nullif(col(Progress.name_key), ""), whole)


def _people_query(session: Session, of: Actor, now: datetime) -> Any:
    if not may_enrol_young(of):
        raise MayNotEnrolYoung
    here = select(Account.organisation_id).where(Account.id == of.id).scalar_subquery()
    came = exists(select(Card.id).where(Card.account_id == Account.id, col(Card.pin_chosen_at).is_not(None)))
    waits = col(WrongTries.wait_until) > now
    waiting = select(Card.id).join(WrongTries, col(WrongTries.key) == Card.code_digest).where(waits)
    locked = exists(waiting.where(Card.account_id == Account.id, col(Card.voided_at).is_(None)))
    columns: Any = (Account, Enrolment.birth_month, came, locked, renewable_accounts(of, now=now))
    query = select(*columns).outerjoin(Enrolment, col(Enrolment.account_id) == col(Account.id))
    query = query.outerjoin(Progress, col(Progress.account_id) == col(Account.id))
    query = query.where(
        col(Account.organisation_id) == here, Account.role == Role.YOUNG, col(Account.closed_at).is_(None)
    )
    return query.order_by(_name_key(), Account.id)


def _young_person(row: Any) -> YoungPerson:
    account, month, came, locked, renewable = row
    return YoungPerson(
        account.id,
        account.first_name,
        account.last_name,
        month or "",
        days.local_day(account.created_at),
        bool(came),
        bool(locked),
        account.adviser_id is not None,
        bool(renewable),
    )
