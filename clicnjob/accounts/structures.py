"""The structures of one installation: listing, creating and renaming them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import audit
from clicnjob.accounts.names import EmptyName
from clicnjob.accounts.permissions import may_manage_staff, may_manage_structures
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import STAFF_ROLES, Account, Actor, Organisation, Role
from clicnjob.text import clean_line


class MayNotManageStructures(Refusal):
    """The actor is not an administrator."""

    sentence = "Seul un administrateur gère les structures."


class NameTaken(Refusal):
    """Another structure has this name, and the two could not be told apart."""

    sentence = "Une structure porte déjà ce nom. Choisissez-en un autre."


class NoName(EmptyName):
    """The name has no visible character."""

    sentence = "Écrivez le nom de la structure."


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure as the list shows it. Closed and archived accounts are not counted."""

    id: str
    name: str
    professionals: int
    young: int


def all_structures(session: Session, *, of: Actor) -> tuple[Structure, ...]:
    """List every structure by name. Two queries. Raises MayNotManageStructures."""
    if not may_manage_structures(of):
        raise MayNotManageStructures
    here = (col(Account.closed_at).is_(None), col(Account.archived_at).is_(None))
    counted = select(Account.organisation_id, Account.role, func.count()).where(*here)  # type: ignore[call-overload]
    counts = {(row[0], row[1]): row[2] for row in session.exec(counted.group_by(Account.organisation_id, Account.role))}
    found = session.exec(select(Organisation).order_by(Organisation.name, Organisation.id))
    return tuple(
        Structure(
            id=one.id,
            name=one.name,
            professionals=sum(counts.get((one.id, role), 0) for role in STAFF_ROLES),
            young=counts.get((one.id, Role.YOUNG), 0),
        )
        for one in found
    )


def name_of(session: Session, organisation_id: str | None) -> str:
    """The name of a structure; '' for none."""
    found = session.get(Organisation, organisation_id) if organisation_id else None
    return found.name if found else ""


def open_structure(session: Session, *, by: Actor, name: str, now: datetime) -> Organisation:
    """Create a structure. Raises MayNotManageStructures, NoName, NameTaken."""
    if not may_manage_structures(by):
        raise MayNotManageStructures
    made = Organisation(name=_free_name(session, name), created_at=now)
    session.add(made)
    session.flush()
    audit.note_act(session, by=by, act="structure opened", now=now)
    return made


def rename_structure(session: Session, *, by: Actor, organisation_id: str, name: str, now: datetime) -> None:
    """Rename a structure; its head or an administrator may. Raises NotFound, NoName, NameTaken."""
    found = session.get(Organisation, organisation_id)
    if found is None or not may_manage_staff(by, organisation_id=organisation_id):
        raise NotFound
    if clean_line(name) == found.name:
        return
    found.name = _free_name(session, name)
    session.flush()
    audit.note_act(session, by=by, act="structure renamed", now=now)


def _free_name(session: Session, name: str) -> str:
    kept = clean_line(name)
    if not kept:
        raise NoName
    if session.exec(select(Organisation.id).where(Organisation.name == kept)).first():
        raise NameTaken
    return kept
