"""Finds the files of one's own people that may be of the same person as an open one, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, true
from sqlmodel import Session, col, select

from clicnjob.cohort import permissions
from clicnjob.cohort.importing import likeness
from clicnjob.cohort.importing.likeness import Description, SpokenName
from clicnjob.cohort.support import handovers
from clicnjob.errors import NotFound
from clicnjob.models import Account, Actor, Enrolment, Progress


@dataclass(frozen=True, slots=True)
class LikelyFile:
    """Another file that may be of the same person, and why."""

    id: str
    first_name: str
    last_name: str
    why: str


def likely_files(session: Session, *, by: Actor, account_id: str, today: date) -> tuple[LikelyFile, ...]:
    """Return the files of the actor's own people that look like this one, by name. Two to four queries. Raises NotFound."""
    person = permissions.followed_person(session, by=by, account_id=account_id, today=today)
    if not handovers.may_hand(by, person):
        raise NotFound
    enrolled = session.get(Enrolment, person.id)
    described = _person_description(person, enrolled)
    query = (
        select(Account, Enrolment)
        .outerjoin(Enrolment, col(Enrolment.account_id) == col(Account.id))
        .outerjoin(Progress, col(Progress.account_id) == col(Account.id))
        .where(permissions.may_be_read(by, today=today), col(Account.archived_at).is_(None), _may_be_like(described))
    )
    found = []
    for other, given in session.exec(query.order_by(Account.last_name, Account.first_name, Account.id)):
        if other.id == person.id or not handovers.may_hand(by, other):
            continue
        if why := likeness.likeness_reason(described, _person_description(other, given)):
            found.append(LikelyFile(other.id, other.first_name, other.last_name, why))
    return tuple(found)


def _may_be_like(one: Description) -> ColumnElement[bool]:
    """Select the few whom `likeness_reason` may find like this one, so that a head's thousands are not all compared.

    These have the same telephone, the same month of birth, or, with no month to compare, a name that begins like it.
    """
    month, phone = func.coalesce(Enrolment.birth_month, ""), func.coalesce(Enrolment.phone, "")
    no_month_differs = month == "" if one.birth_month else true()
    found = [and_(no_month_differs, _may_be_named(one))]
    if one.birth_month:
        found.append(month == one.birth_month)
    if one.phone:
        found.append(phone == one.phone)
    return or_(*found)


def _may_be_named(one: Description) -> ColumnElement[bool]:
    """Select by the folded name of `Progress`, « last first »; who has no row yet is compared."""
    known = col(Progress.name_key)
    has_every_word = and_(known != "", *(known.contains(word, autoescape=True) for word in one.parts))
    return or_(known.is_(None), has_every_word, _begin_as(one.last, one.first), _begin_as(one.first, one.last))


def _begin_as(last: SpokenName, first: SpokenName) -> ColumnElement[bool]:
    """Select the names whose last name and one later word begin with such letters."""
    known = col(Progress.name_key)
    later = (known.contains(f" {letter}", autoescape=True) for letter in sorted(first.first_letters()))
    return and_(func.substr(known, 1, 1).in_(sorted(last.first_letters())), or_(false(), *later))


def _person_description(person: Account, enrolled: Enrolment | None) -> Description:
    month, phone = (enrolled.birth_month, enrolled.phone) if enrolled else ("", "")
    return Description(person.first_name, person.last_name, month, phone)
