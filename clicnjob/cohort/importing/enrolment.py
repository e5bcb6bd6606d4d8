"""Enrolling the people of a list: possible duplicates flagged but never merged, undone within a day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy import delete, exists, update
from sqlmodel import Session, col, select

from clicnjob import audit, db, policy, text
from clicnjob.accounts import people as accounts
from clicnjob.accounts.people import MayNotEnrolYoung
from clicnjob.accounts.permissions import may_enrol_young
from clicnjob.accounts.presence import Present
from clicnjob.cohort import permissions
from clicnjob.cohort.importing import cells
from clicnjob.cohort.importing.candidates import Candidate
from clicnjob.cohort.importing.likeness import Description, KnownPeople
from clicnjob.cohort.support import lists
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, Card, Enrolment, FileMerge, ImportBatch, Membership, PeopleList, Role

_AT_ONCE = 200  # rows a statement; small enough for the progress bar to move


class TooLateToUndo(Refusal):
    """A day has passed: people may have been called and cards handed out."""

    sentence = "Plus de 24 heures sont passées. Archivez les personnes une par une."


@dataclass(frozen=True, slots=True)
class Twin:
    """A possible duplicate: the line in the file, and what it has in common with whom; `account_id` if enrolled already."""

    line: int
    why: str
    account_id: str = ""


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

    `likeness` says who is alike and why. One query.
    """
    known = enrolled_people(session, by=by)
    found = []
    for person in people:
        described = Description(person.first_name, person.last_name, person.birth_month, person.phone)
        if alike := next(known.people_alike(described), None):
            found.append(Twin(person.line, f"{alike.where}\u00a0: {alike.why}", alike.account_id))
        known.add_person(described, f"déjà à la ligne {person.line}")
    return tuple(found)


def enrolled_people(session: Session, *, by: Actor) -> KnownPeople:
    """Return the young people of the structure of `by`, to compare others with. One query. Raises MayNotEnrolYoung."""
    known = KnownPeople()
    query = (
        sqlalchemy.select(
            *map(col, (Account.first_name, Account.last_name, Enrolment.birth_month, Enrolment.phone, Account.id))
        )
        .outerjoin(Enrolment, col(Enrolment.account_id) == Account.id)
        .where(
            col(Account.organisation_id) == _enrolling_structure(by),
            col(Account.role) == Role.YOUNG,
            col(Account.closed_at).is_(None),
        )
    )
    for first, last, month, phone, account_id in session.execute(query):
        known.add_person(Description(first, last, month or "", phone or ""), "déjà inscrit", account_id)
    return known


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
    for start in range(0, len(people), _AT_ONCE):
        part = people[start : start + _AT_ONCE]
        _enrol_part(session, part, batch, by, now)
        done(start + len(part), len(people))
    audit.note_act(session, by=by, act="people imported", why=f"{len(people)}", now=now)
    return batch


def enrol_person(
    session: Session, *, by: Account | Present, first_name: str, last_name: str, phone: str, now: datetime
) -> str:
    """Enrol one person and return the code of their first card. `phone` is read as a cell of a list, '' for none.

    Raises MayNotEnrolYoung, EmptyName, what `cells.phone_of_cell` raises.
    """
    number = cells.phone_of_cell(phone[: policy.PHONE_TYPED])
    account, code = accounts.enrol_young(session, by=by, first_name=first_name, last_name=last_name, now=now)
    if number:
        session.add(Enrolment(account_id=account.id, phone=number))
        session.flush()
    return code


def enrol_late(session: Session, person: Candidate, *, batch_id: str, by: Actor, now: datetime) -> None:
    """Enrol one more person of one's own import, so that both are undone together; of an old import, as one of its own.

    `batch_id` is '' for none. Raises MayNotEnrolYoung, TooManyLists; NotFound for somebody else's import.
    """
    here, batch = _enrolling_structure(by), session.get(ImportBatch, batch_id)
    if batch_id and (batch is None or batch.by_id != by.id or batch.organisation_id != here):
        raise NotFound
    if batch is None or batch.undone_at is not None or now - batch.made_at >= policy.IMPORT_UNDONE_WITHIN:
        enrol_many(session, [person], by=by, now=now)
        return
    _enrol_part(session, [person], batch, by, now)
    batch.people += 1
    audit.note_act(session, by=by, act="people imported", why="1", now=now)


def _enrol_part(session: Session, part: Sequence[Candidate], batch: ImportBatch, by: Actor, now: datetime) -> None:
    follower = by.id if Role.ADVISER in by.roles else None
    accounts = [_new_account(person, batch, follower, now) for person in part]
    session.add_all(accounts)
    session.flush()
    session.add_all(
        Enrolment(account_id=account.id, batch_id=batch.id, phone=person.phone, birth_month=person.birth_month)
        for account, person in zip(accounts, part, strict=True)
    )
    session.flush()
    _put_in_lists(session, zip(accounts, part, strict=True), batch, by)


def too_many_lists(session: Session, people: Sequence[Candidate], *, by: Actor) -> int:
    """Return how many lists the file names when they are more than one may have, else 0. One query.

    Raises MayNotEnrolYoung.
    """
    _enrolling_structure(by)
    wanted = {text.fold_text(person.people_list) for person in people if person.people_list}
    if not wanted:
        return 0
    kept = session.exec(select(PeopleList.name).where(PeopleList.owner_id == by.id))
    have = {text.fold_text(name) for name in kept}
    return len(wanted) if len(have | wanted) > policy.LISTS_AT_MOST else 0


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

    So does a frozen file, and one into which another was merged: it holds the work of somebody who came.

    Raises MayNotEnrolYoung, TooLateToUndo; NotFound for an unknown import and for another structure's alike.
    """
    here, batch = _enrolling_structure(by), session.get(ImportBatch, batch_id)
    if batch is None or batch.organisation_id != here or batch.undone_at is not None:
        raise NotFound
    if now - batch.made_at >= policy.IMPORT_UNDONE_WITHIN:
        raise TooLateToUndo
    members = select(Enrolment.account_id).where(Enrolment.batch_id == batch_id).scalar_subquery()
    came = exists(select(Card.id).where(Card.account_id == Account.id, col(Card.pin_chosen_at).is_not(None)))
    merged = exists(select(FileMerge.id).where(FileMerge.kept_id == Account.id, col(FileMerge.undone_at).is_(None)))
    never = (col(Account.id).in_(members), ~came, ~merged, col(Account.frozen_at).is_(None))
    gone = session.exec(delete(Account).where(*never)).rowcount
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
