"""Enrolling a whole list: all or nobody, possible duplicates flagged but never merged, undone within a day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, update
from sqlmodel import Session, col, select

from clicnjob import audit, db, policy, text
from clicnjob.accounts.people import MayNotEnrolYoung
from clicnjob.accounts.permissions import may_enrol_young
from clicnjob.cohort import permissions
from clicnjob.cohort.importing.candidates import Candidate
from clicnjob.cohort.support import lists
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, Card, Enrolment, ImportBatch, Membership, PeopleList, Role

_AT_ONCE = 200  # rows a statement; small enough for the progress bar to move


class TooLateToUndo(Refusal):
    """A day has passed: people may have been called and cards handed out."""

    sentence = "Plus de 24 heures sont passées. Archivez les personnes une par une."


@dataclass(frozen=True, slots=True)
class Twin:
    """A possible duplicate: the line in the file, and what it has in common with whom."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Import:
    """One import as listed; `may_be_undone` is true for a day."""

    id: str
    made_at: datetime
    people: int
    may_be_undone: bool


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """The result of undoing an import: people deleted, and people kept because they had already come."""

    gone: int
    kept: int


def possible_twins(session: Session, people: Sequence[Candidate], *, by: Actor) -> tuple[Twin, ...]:
    """Return the candidates who may already be enrolled in the structure of `by`, or appear twice in the list.

    A duplicate has the same name and month of birth (a missing month matches any), or the same phone and first name. A
    name alone is shared by many. Source: what advisers check by hand. One query.
    """
    known = _Known()
    query = (
        select(Account.first_name, Account.last_name, Enrolment.phone, Enrolment.birth_month)
        .outerjoin(Enrolment, col(Enrolment.account_id) == Account.id)
        .where(
            Account.organisation_id == _enrolling_structure(by),
            Account.role == Role.YOUNG,
            col(Account.closed_at).is_(None),
        )
    )
    for first, last, phone, month in session.execute(query):
        known.add_known(first, last, phone or "", month or "", "déjà inscrit")
    found = []
    for person in people:
        if why := known.reason_known(person):
            found.append(Twin(person.line, why))
        known.add_known(
            person.first_name, person.last_name, person.phone, person.birth_month, f"déjà à la ligne {person.line}"
        )
    return tuple(found)


class _Known:
    """The people seen so far, indexed by folded name and by phone."""

    def __init__(self) -> None:
        self.names: dict[str, list[tuple[str, str]]] = {}
        self.phones: dict[tuple[str, str], str] = {}

    def add_known(self, first: str, last: str, phone: str, month: str, where: str) -> None:
        self.names.setdefault(text.fold_text(f"{first} {last}"), []).append((month, where))
        if phone:
            self.phones.setdefault((phone, text.fold_text(first)), where)

    def reason_known(self, person: Candidate) -> str:
        for month, where in self.names.get(text.fold_text(f"{person.first_name} {person.last_name}"), ()):
            if not month or not person.birth_month:
                return f"{where} : même nom"
            if month == person.birth_month:
                return f"{where} : même nom, même mois de naissance"
        where = self.phones.get((person.phone, text.fold_text(person.first_name)), "") if person.phone else ""
        return f"{where} : même téléphone, même prénom" if where else ""


def enrol_many(
    session: Session,
    people: Sequence[Candidate],
    *,
    by: Actor,
    now: datetime,
    done: Callable[[int, int], None] = lambda _done, _all: None,
) -> ImportBatch:
    """Enrol everybody in the structure of `by`. Their cards are made later, when they are printed.

    `done` is called with (enrolled so far, total). Raises MayNotEnrolYoung, TooManyLists.
    """
    batch = ImportBatch(organisation_id=_enrolling_structure(by), by_id=by.id, made_at=now, people=len(people))
    session.add(batch)
    session.flush()
    follower = by.id if Role.ADVISER in by.roles else None
    for start in range(0, len(people), _AT_ONCE):
        part = people[start : start + _AT_ONCE]
        accounts = [_new_account(person, batch, follower, now) for person in part]
        session.add_all(accounts)
        session.flush()
        session.add_all(
            Enrolment(account_id=account.id, batch_id=batch.id, phone=person.phone, birth_month=person.birth_month)
            for account, person in zip(accounts, part, strict=True)
        )
        session.flush()
        _put_in_lists(session, zip(accounts, part, strict=True), batch, by)
        done(start + len(part), len(people))
    audit.note_act(session, by=by, act="people imported", why=f"{len(people)}", now=now)
    return batch


def _put_in_lists(session: Session, made: Iterable[tuple[Account, Candidate]], batch: ImportBatch, by: Actor) -> None:
    """Add people to the list named in their row; a missing list is created."""
    wanted = [(account.id, person.people_list) for account, person in made if person.people_list]
    if not wanted or not permissions.may_follow(by):
        return
    kept = session.exec(select(PeopleList).where(PeopleList.owner_id == by.id).order_by(PeopleList.name))
    named = {text.fold_text(one.name): one.id for one in kept}
    for account_id, name in wanted:
        key = text.fold_text(name)
        if key not in named:
            named[key] = lists.make_list(session, by=by, name=name)
        session.add(Membership(list_id=named[key], account_id=account_id))
    session.flush()


def _new_account(person: Candidate, batch: ImportBatch, follower: str | None, now: datetime) -> Account:
    return Account(
        organisation_id=batch.organisation_id,
        role=Role.YOUNG,
        first_name=person.first_name,
        last_name=person.last_name,
        created_at=now,
        adviser_id=follower,
    )


def latest_imports(session: Session, *, of: Actor, now: datetime) -> tuple[Import, ...]:
    """Return the ten latest imports of the actor's structure that were not undone, newest first."""
    query = select(ImportBatch).where(
        ImportBatch.organisation_id == _enrolling_structure(of), col(ImportBatch.undone_at).is_(None)
    )
    rows = session.exec(query.order_by(col(ImportBatch.made_at).desc(), col(ImportBatch.id)).limit(10))
    return tuple(Import(b.id, b.made_at, b.people, now - b.made_at < policy.IMPORT_UNDONE_WITHIN) for b in rows)


def undo_import(session: Session, batch_id: str, *, by: Actor, now: datetime) -> UndoneImport:
    """Undo an import: delete the people who never came; those who chose a PIN stay, and are counted.

    Raises MayNotEnrolYoung, TooLateToUndo; NotFound for an unknown import and for another structure's alike.
    """
    here, batch = _enrolling_structure(by), session.get(ImportBatch, batch_id)
    if batch is None or batch.organisation_id != here or batch.undone_at is not None:
        raise NotFound
    if now - batch.made_at >= policy.IMPORT_UNDONE_WITHIN:
        raise TooLateToUndo
    members = select(Enrolment.account_id).where(Enrolment.batch_id == batch_id).scalar_subquery()
    came = exists(select(Card.id).where(Card.account_id == Account.id, col(Card.pin_chosen_at).is_not(None)))
    gone = session.exec(delete(Account).where(col(Account.id).in_(members), ~came)).rowcount
    db.forget_erased_text(session)
    session.exec(update(ImportBatch).where(col(ImportBatch.id) == batch_id).values(undone_at=now))
    audit.note_act(session, by=by, act="import undone", why=f"{gone}", now=now)
    return UndoneImport(gone=gone, kept=batch.people - gone)


def never_came(session: Session, *, of: Actor, batch_id: str = "", account_ids: Collection[str] = ()) -> list[str]:
    """Return the ids of the structure's people without a PIN, by name, of an import or among `account_ids`."""
    came = exists(select(Card.id).where(Card.account_id == Account.id, col(Card.pin_chosen_at).is_not(None)))
    query = select(Account.id).where(
        Account.organisation_id == _enrolling_structure(of),
        Account.role == Role.YOUNG,
        col(Account.closed_at).is_(None),
        ~came,
    )
    if batch_id:
        query = query.join(Enrolment, col(Enrolment.account_id) == Account.id).where(Enrolment.batch_id == batch_id)
    else:
        query = query.where(col(Account.id).in_(account_ids))
    return list(session.exec(query.order_by(Account.last_name, Account.first_name, Account.id)))


def _enrolling_structure(actor: Actor) -> str:
    """Return the structure in which the actor may enrol. Raises MayNotEnrolYoung."""
    if not may_enrol_young(actor) or actor.organisation_id is None:
        raise MayNotEnrolYoung
    return actor.organisation_id
