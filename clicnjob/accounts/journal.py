"""The audit log as the head of a structure reads it: their own structure only, in plain French, without contents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from pydantic import Field, model_validator
from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from clicnjob import content, policy, text
from clicnjob.accounts import names
from clicnjob.accounts.console import CONSOLE, UNKNOWN_PERSON
from clicnjob.accounts.permissions import may_read_journal
from clicnjob.content import ContentModel
from clicnjob.errors import Refusal
from clicnjob.french import forms
from clicnjob.models import STAFF_ROLES, Account, Actor, AuditEvent, Progress
from clicnjob.paths import DATA

ACTS = DATA / "journal" / "actes.yaml"
_PROGRAMS = {CONSOLE: "La console du serveur", UNKNOWN_PERSON: "Quelqu’un", "clicnjob": "ClicNJob"}
OTHER = "autres"  # the kind of the acts that no kind lists
_SEEN, _OF_MANY = "file opened", ("export", "printed")
_NO_SENTENCE = "a fait un acte sans phrase ici"
_SEARCHED = 60  # characters of a name
_GONE = "une personne effacée"
_ELSEWHERE = "une personne d’une autre structure"


class MayNotRead(Refusal):
    """The actor is not the head of a structure."""

    sentence = "Seul le responsable de la structure lit le journal."


class ActKind(ContentModel):
    """One kind of acts, as the head chooses it."""

    titre: str = Field(max_length=40)
    actes: list[str] = Field(min_length=1)


class Acts(ContentModel):
    """The French sentence of each audited act; another one by what was looked at; the reasons given; the kinds of acts."""

    actes: dict[str, str]
    precisions: dict[str, dict[str, str]]
    raisons: dict[str, dict[str, str]]
    genres: dict[str, ActKind]

    @model_validator(mode="after")
    def _check_known_names(self) -> Acts:
        listed = [act for kind in self.genres.values() for act in kind.actes]
        named = {*listed, *self.precisions, *self.raisons}
        if unknown := sorted(named - self.actes.keys()):
            raise ValueError(f"acte sans phrase : {', '.join(unknown)}")
        if twice := sorted({act for act in listed if listed.count(act) > 1}):
            raise ValueError(f"acte dans deux genres : {', '.join(twice)}")
        return self


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of the log: when, who, what they did and the reason that they gave, in French; '' without one."""

    at: datetime
    by: str
    did: str
    reason: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some lines, latest first; the number of this page (from 1), the number of pages, the number of lines in all."""

    lines: tuple[JournalLine, ...]
    number: int
    pages: int
    count: int


@content.loaded_once
def journal_words() -> Acts:
    """Return the words of the log. Raises content.ContentMistakes."""
    return content.read_content(Acts, ACTS)


def act_sentences() -> dict[str, str]:
    """Map each act to its sentence."""
    return dict(journal_words().actes)


def act_kinds() -> dict[str, str]:
    """Map each kind of acts to its title, in display order; OTHER has those of no kind."""
    return {key: kind.titre for key, kind in journal_words().genres.items()} | {OTHER: "Autres actes"}


def journal_page(
    session: Session,
    *,
    of: Actor,
    kind: str = "",
    by_id: str = "",
    about: str = "",
    since: datetime | None = None,
    number: int = 1,
    projected: bool = False,
) -> JournalPage:
    """Return a page of the log of the actor's structure; a number past the end gives the last page. Two queries.

    `kind` is a key of `act_kinds`, `about` a name or parts of one: only the acts on people whose name contains them. Without it
    an export or a print of many people is one line. On a `projected` screen the names of young people become initials.
    Raises MayNotRead.
    """
    wanted = [_of_structure(of), _about_people(about, of) if text.fold_text(about) else ~_part_of_an_export()]
    wanted += [_of_kind(kind)] if kind else []
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


def _part_of_an_export() -> ColumnElement[bool]:
    """Select the line of each person in an export or a print, which has a line of its own with its reason."""
    return and_(col(AuditEvent.act) == _SEEN, col(AuditEvent.why).in_(_OF_MANY))


def _about_people(about: str, of: Actor) -> ColumnElement[bool]:
    """Select what was done to the people of the structure whose name contains each word, in any order."""
    whole = func.lower(col(Account.last_name) + " " + col(Account.first_name))
    key = func.coalesce(func.nullif(col(Progress.name_key), ""), whole)
    words = (key.contains(word, autoescape=True) for word in text.fold_text(about[:_SEARCHED]).split())
    people = select(Account.id).outerjoin(Progress, col(Progress.account_id) == col(Account.id))
    return col(AuditEvent.whom_id).in_(people.where(Account.organisation_id == of.organisation_id, *words))


def _of_kind(kind: str) -> ColumnElement[bool]:
    """Select the acts of a kind; an unknown one selects nothing."""
    kinds = journal_words().genres
    if kind == OTHER:
        return col(AuditEvent.act).not_in([act for one in kinds.values() for act in one.actes])
    return col(AuditEvent.act).in_(kinds[kind].actes if kind in kinds else [])


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
    words = journal_words()
    sentence = words.precisions.get(event.act, {}).get(event.why) or words.actes.get(event.act, _NO_SENTENCE)
    code, _, number = event.why.rpartition(" ")
    who = _name_for_head(about, of, projected)
    whole = sentence.replace("de {qui}", forms.name_after_de(who)).replace("{qui}", who)
    whole = whole.replace("{nombre}", number if number.isdecimal() else "plusieurs")
    reason = words.raisons.get(event.act, {}).get(code or event.why, "")
    return JournalLine(event.at, by[:1].upper() + by[1:], whole, reason)


def _name_for_head(account: Account | None, of: Actor, projected: bool) -> str:
    """Name a person only to the head of their own structure."""
    if account is None:
        return _GONE
    if account.organisation_id != of.organisation_id:
        return "un administrateur" if account.role in STAFF_ROLES else _ELSEWHERE
    hidden = projected and account.role not in STAFF_ROLES
    return names.name_on_screen(account.first_name, account.last_name, projected=hidden) or "une personne sans nom"
