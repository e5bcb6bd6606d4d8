"""Finds the files of one's own people that may be of the same person as an open one, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from clicnjob.cohort import permissions
from clicnjob.cohort.importing import likeness
from clicnjob.cohort.importing.likeness import Description
from clicnjob.cohort.support import handovers
from clicnjob.errors import NotFound
from clicnjob.models import Account, Actor, Enrolment


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
    described = _description(person, enrolled)
    query = select(Account, Enrolment).outerjoin(Enrolment, col(Enrolment.account_id) == col(Account.id))
    query = query.where(permissions.may_be_read(by, today=today), col(Account.archived_at).is_(None))
    found = []
    for other, given in session.exec(query.order_by(Account.last_name, Account.first_name, Account.id)):
        if other.id == person.id or not handovers.may_hand(by, other):
            continue
        if why := likeness.likeness_reason(described, _description(other, given)):
            found.append(LikelyFile(other.id, other.first_name, other.last_name, why))
    return tuple(found)


def _description(person: Account, enrolled: Enrolment | None) -> Description:
    month, phone = (enrolled.birth_month, enrolled.phone) if enrolled else ("", "")
    return Description(person.first_name, person.last_name, month, phone)
