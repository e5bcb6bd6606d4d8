"""« Dossier gelé »: the head excludes a file from erasure, for a coded reason that the young person can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import audit, policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, Actor, ErasurePlan, ErasureWhy, Role
from clicnjob.privacy.permissions import may_freeze

# Code → the label that the head chooses, the words that the young person reads.
REASONS = {
    "dispute": ("Litige ou réclamation en cours", "une réclamation est en cours"),
    "authority": ("Demande d’une autorité", "une autorité l’a demandé"),
    "request": ("Demande du jeune", "tu l’as demandé"),
    "check": ("Vérification en cours", "une vérification est en cours"),
}


class MayNotFreeze(Refusal):
    """The actor is not the head of the structure."""

    sentence = "Seul le responsable de la structure peut geler un dossier."


class NoReason(Refusal):
    """No known reason was given, and freezing suspends a right."""

    sentence = "Choisissez une raison."


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """A frozen file, as the head lists it."""

    account_id: str
    name: str
    since: datetime
    why: str


def freeze_file(session: Session, *, by: Actor, account_id: str, why: str, now: datetime) -> None:
    """Exclude a file from retention and erasure. Raises MayNotFreeze, NoReason; NotFound for another structure's file."""
    person = _freezable_person(session, by, account_id)
    if why not in REASONS:
        raise NoReason
    person.frozen_at, person.frozen_why = now, why
    audit.note_act(session, by=by, act="file frozen", whom_id=account_id, why=why, now=now)


def unfreeze_file(session: Session, *, by: Actor, account_id: str, now: datetime) -> None:
    """End a freeze. A planned erasure is then due after a whole new delay. Raises MayNotFreeze, NotFound."""
    person = _freezable_person(session, by, account_id)
    person.frozen_at, person.frozen_why = None, ""
    if plan := session.get(ErasurePlan, account_id):
        delay = policy.ERASURE_WAITS if plan.why is ErasureWhy.ASKED else policy.ERASURE_ANNOUNCED
        plan.due_at = max(plan.due_at, now + delay)
    audit.note_act(session, by=by, act="file unfrozen", whom_id=account_id, now=now)


def frozen_files(session: Session, *, of: Actor) -> tuple[FrozenFile, ...]:
    """List the frozen files of the head's structure, by name. One query. Raises MayNotFreeze."""
    if Role.HEAD not in of.roles:
        raise MayNotFreeze
    query = select(Account).where(Account.organisation_id == of.organisation_id, col(Account.frozen_at).is_not(None))
    rows = session.exec(query.order_by(Account.last_name, Account.first_name, Account.id))
    return tuple(
        FrozenFile(row.id, f"{row.first_name} {row.last_name}", row.frozen_at, row.frozen_why)
        for row in rows
        if row.frozen_at is not None
    )


def _freezable_person(session: Session, by: Actor, account_id: str) -> Account:
    if Role.HEAD not in by.roles:
        raise MayNotFreeze
    person = session.get(Account, account_id)
    if person is None or not may_freeze(by, person):
        raise NotFound
    return person
