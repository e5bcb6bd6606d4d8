"""The audit log as the head of a structure reads it: their own structure only, in plain French, without contents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from clicnjob import content, policy
from clicnjob.accounts import names
from clicnjob.accounts.console import CONSOLE, UNKNOWN_PERSON
from clicnjob.accounts.permissions import may_read_journal
from clicnjob.content import ContentModel
from clicnjob.errors import Refusal
from clicnjob.models import STAFF_ROLES, Account, Actor, AuditEvent
from clicnjob.paths import DATA

ACTS = DATA / "journal" / "actes.yaml"
_PROGRAMS = {CONSOLE: "La console du serveur", UNKNOWN_PERSON: "Quelqu’un", "clicnjob": "ClicNJob"}
_GONE = "une personne effacée"
_ELSEWHERE = "une personne d’une autre structure"


class MayNotRead(Refusal):
    """The actor is not the head of a structure."""

    sentence = "Seul le responsable de la structure lit le journal."


class Acts(ContentModel):
    """The French sentence of each audited act."""

    actes: dict[str, str]


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of the log: when, who, and what they did, in French."""

    at: datetime
    by: str
    did: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some lines, latest first; the number of this page (from 1), the number of pages, the number of lines in all."""

    lines: tuple[JournalLine, ...]
    number: int
    pages: int
    count: int


@cache
def act_sentences() -> dict[str, str]:
    """Map each act to its sentence. Raises content.ContentMistakes."""
    return dict(content.read_content(Acts, ACTS).actes)


def journal_page(
    session: Session,
    *,
    of: Actor,
    act: str = "",
    by_id: str = "",
    since: datetime | None = None,
    number: int = 1,
    projected: bool = False,
) -> JournalPage:
    """Return a page of the log of the actor's structure; a number past the end gives the last page. Two queries.

    On a `projected` screen the names of young people become initials. Raises MayNotRead.
    """
    wanted = [_of_structure(of)]
    wanted += [col(AuditEvent.act) == act] if act else []
    wanted += [col(AuditEvent.by_id) == by_id] if by_id else []
    wanted += [col(AuditEvent.at) >= since] if since else []
    count = session.exec(select(func.count()).select_from(AuditEvent).where(*wanted)).one()
    pages = max(1, ceil(count / policy.JOURNAL_PAGE))
    shown = min(max(1, number), pages)
    rows = _event_rows(session, wanted, skip=(shown - 1) * policy.JOURNAL_PAGE)
    lines = tuple(_journal_line(event, author, about, of, projected=projected) for event, author, about in rows)
    return JournalPage(lines, shown, pages, count)


def journal_authors(session: Session, *, of: Actor) -> dict[str, str]:
    """Return the professionals of the structure who have lines in the log, id → name, for the filter. One query."""
    wrote = select(AuditEvent.by_id).where(_of_structure(of)).distinct()
    query = select(Account).where(
        Account.organisation_id == of.organisation_id, col(Account.role).in_(STAFF_ROLES), col(Account.id).in_(wrote)
    )
    found = session.exec(query.order_by(Account.last_name, Account.first_name, Account.id))
    return {one.id: f"{one.first_name} {one.last_name}".strip() for one in found}


def _of_structure(of: Actor) -> ColumnElement[bool]:
    """Select what was done in the structure, and what others (an administrator, the console) did to its people."""
    if not may_read_journal(of):
        raise MayNotRead
    here = select(Account.id).where(Account.organisation_id == of.organisation_id)
    return or_(col(AuditEvent.organisation_id) == of.organisation_id, col(AuditEvent.whom_id).in_(here))


def _event_rows(session: Session, wanted: list[ColumnElement[bool]], *, skip: int) -> Iterable[Any]:
    """Return the events with the accounts of who did it and to whom; None for an account that is gone."""
    who, whom = aliased(Account), aliased(Account)
    query: Any = (
        select(AuditEvent, who, whom)
        .outerjoin(who, col(who.id) == AuditEvent.by_id)
        .outerjoin(whom, col(whom.id) == AuditEvent.whom_id)
        .where(*wanted)
    )
    rows: Iterable[Any] = session.exec(
        query.order_by(col(AuditEvent.id).desc()).offset(skip).limit(policy.JOURNAL_PAGE)
    )
    return rows


def _journal_line(
    event: AuditEvent, author: Account | None, about: Account | None, of: Actor, *, projected: bool
) -> JournalLine:
    by = _PROGRAMS.get(event.by_id) or _name_for_head(author, of, projected)
    sentence = act_sentences().get(event.act, "a fait un acte sans phrase ici")
    whole = sentence.replace("{qui}", _name_for_head(about, of, projected)).replace(
        " de une personne ", " d’une personne "
    )
    return JournalLine(event.at, by[:1].upper() + by[1:], whole)


def _name_for_head(account: Account | None, of: Actor, projected: bool) -> str:
    """Name a person only to the head of their own structure."""
    if account is None:
        return _GONE
    if account.organisation_id != of.organisation_id:
        return "un administrateur" if account.role in STAFF_ROLES else _ELSEWHERE
    hidden = projected and account.role not in STAFF_ROLES
    return (
        names.name_on_screen(account.first_name, account.last_name, projected=hidden, whole=True)
        or "une personne sans nom"
    )
