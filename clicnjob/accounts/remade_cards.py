"""Cards remade for people who had used one before: the owner sees it on their home page, the head in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.accounts.console import CONSOLE
from clicnjob.accounts.permissions import may_read_journal
from clicnjob.errors import Refusal
from clicnjob.french import days
from clicnjob.models import Account, Actor, Card, Role, RoleHeld

_CONSOLE = "la personne qui gère le serveur"
_GONE = "une personne qui n’est plus ici"
_ANYBODY = "quelqu’un d’autre de la structure"


class MayNotReadCards(Refusal):
    """The actor is not the head of a structure."""

    sentence = "Seul le responsable de la structure lit cette liste."


@dataclass(frozen=True, slots=True)
class RemadeCard:
    """One remade card: for whom, by whom, when, and when its PIN was chosen."""

    first_name: str
    last_name: str
    by: str
    at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnRemadeCards:
    """A person's own remade cards, latest first (instant, by whom), and whom to tell if they did not ask for one."""

    made: tuple[tuple[datetime, str], ...]
    tell: str


def remade_cards(session: Session, *, of: Actor, now: datetime) -> tuple[RemadeCard, ...]:
    """List the cards recently remade in the actor's structure, latest first. One query. Raises MayNotReadCards."""
    if not may_read_journal(of):
        raise MayNotReadCards
    maker = aliased(Account)
    columns: Any = (Account.first_name, Account.last_name, Card.remade_by_id, maker.first_name, maker.last_name)
    query = (
        sqlalchemy.select(*columns, Card.created_at, Card.pin_chosen_at)  # type: ignore[call-overload]
        .join(Card, col(Card.account_id) == col(Account.id))
        .outerjoin(maker, col(maker.id) == col(Card.remade_by_id))
        .where(
            col(Account.organisation_id) == of.organisation_id,
            col(Card.remade_by_id).is_not(None),
            col(Card.created_at) > now - policy.REMADE_CARDS_LISTED,
        )
        .order_by(col(Card.created_at).desc(), Card.id)
    )
    return tuple(
        RemadeCard(first, last, _maker_name(by_id, by_first, by_last), at, used)
        for first, last, by_id, by_first, by_last, at, used in session.execute(query)
    )


def own_remade_cards(session: Session, *, of: Actor, now: datetime) -> OwnRemadeCards | None:
    """Return what a young person is shown of their remade cards, for a while after first use. One to three queries.

    All remade cards are shown, since otherwise one that somebody else used in between would never be noticed.
    """
    if of.role is not Role.YOUNG:
        return None
    maker = aliased(Account)
    columns: Any = (Card.created_at, Card.pin_chosen_at, Card.remade_by_id, maker.first_name, maker.last_name)
    query = (
        sqlalchemy.select(*columns)
        .outerjoin(maker, col(maker.id) == col(Card.remade_by_id))
        .where(col(Card.account_id) == of.id, col(Card.remade_by_id).is_not(None))
        .order_by(col(Card.created_at).desc(), Card.id)  # type: ignore[arg-type]
    )
    rows = session.execute(query).all()
    if not any(used and used > now - policy.REMADE_CARD_TOLD for _, used, *_ in rows):
        return None
    made = tuple((at, _maker_name(by_id, first, last)) for at, _, by_id, first, last in rows)
    return OwnRemadeCards(made, _other_professional(session, of, makers={by_id for _, _, by_id, *_ in rows}, now=now))


def _maker_name(by_id: str, first_name: str | None, last_name: str | None) -> str:
    if by_id == CONSOLE:
        return _CONSOLE
    return text.short_name(first_name or "", last_name or "") or _GONE


def _other_professional(session: Session, of: Actor, *, makers: set[str], now: datetime) -> str:
    """Name the person's adviser, or a head of the structure, who made none of these cards."""
    adviser = select(Account.adviser_id).where(Account.id == of.id).scalar_subquery()
    heads = select(RoleHeld.account_id).where(
        RoleHeld.role == Role.HEAD, col(RoleHeld.until).is_(None) | (col(RoleHeld.until) >= days.local_day(now))
    )
    query = (
        select(Account)
        .where(
            (col(Account.id) == adviser) | col(Account.id).in_(heads),
            Account.organisation_id == of.organisation_id,
            col(Account.id).not_in(makers),
            col(Account.closed_at).is_(None),
        )
        .order_by((col(Account.id) == adviser).desc(), Account.last_name, Account.first_name, Account.id)
    )
    found = session.exec(query.limit(1)).first()
    return text.short_name(found.first_name, found.last_name) if found else _ANYBODY
