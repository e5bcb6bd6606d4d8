"""Who leads a group session together: any leader names colleagues of the structure, who then have the same rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from clicnjob import audit, workshop_policy
from clicnjob.accounts import presence
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import days
from clicnjob.models import Account, Actor, RoleHeld, WorkshopTrainer
from clicnjob.models.words import SUPPORT_ROLES
from clicnjob.workshops import events, permissions


class TooManyTrainers(Refusal):
    """The session has as many leaders as it has boards."""

    sentence = f"{workshop_policy.WORKSHOP_TRAINERS} personnes animent déjà cette séance, c’est le plus."


@dataclass(frozen=True, slots=True)
class PossibleTrainer:
    """A professional of the structure; `leads`: they lead this session already, other than the reader."""

    id: str
    name: str
    leads: bool


def possible_co_trainers(
    session: Session, *, by: Actor, workshop_id: str, now: datetime
) -> tuple[PossibleTrainer, ...]:
    """Return who may lead the session with the actor, by name. Three queries. Raises NotFound."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    leading = {workshop.by_id, *_co_trainers(session, workshop.id)}
    query = (
        select(Account)
        .join(RoleHeld, col(RoleHeld.account_id) == col(Account.id))
        .where(
            Account.organisation_id == workshop.organisation_id,
            col(Account.closed_at).is_(None),
            col(RoleHeld.role).in_(SUPPORT_ROLES),
            col(RoleHeld.until).is_(None) | (col(RoleHeld.until) >= days.local_day(now)),
            Account.id != by.id,
        )
        .distinct()
        .order_by(Account.last_name, Account.first_name, Account.id)
    )
    rows = session.exec(query.limit(workshop_policy.PEOPLE_OFFERED)).all()
    return tuple(
        PossibleTrainer(row.id, f"{row.first_name} {row.last_name}".strip(), row.id in leading) for row in rows
    )


def add_co_trainer(session: Session, *, by: Actor, workshop_id: str, account_id: str, now: datetime) -> None:
    """Let a colleague of the structure lead the session too. Raises NotFound, TooManyTrainers."""
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    whom = presence.acting_person(session, account_id, now=now)
    if whom.organisation_id != workshop.organisation_id or not permissions.may_run(whom):
        raise NotFound
    leading = _co_trainers(session, workshop.id)
    if account_id == workshop.by_id or account_id in leading:
        return
    if len(leading) + 1 >= workshop_policy.WORKSHOP_TRAINERS:
        raise TooManyTrainers
    session.add(WorkshopTrainer(workshop_id=workshop.id, account_id=account_id))
    audit.note_act(session, by=by, act="co-trainer named", whom_id=account_id, now=now)
    events.change_board(session, workshop_id=workshop.id)


def _co_trainers(session: Session, workshop_id: str) -> set[str]:
    return set(session.exec(select(WorkshopTrainer.account_id).where(WorkshopTrainer.workshop_id == workshop_id)).all())
