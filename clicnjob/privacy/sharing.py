"""« Ce que voit mon conseiller »: what an adviser sees in any case, and what the young person chose to share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from clicnjob import audit, consents, policy
from clicnjob.errors import Refusal
from clicnjob.learn import obstacles
from clicnjob.learn.obstacles import KeptObstacles, UnknownObstacle
from clicnjob.models import Account, Actor, AuditEvent, ConsentTo, SharedObstacle, Sharing, Work, WorkKind
from clicnjob.privacy.permissions import may_share

# Only what exists in the app is asked about. Obstacles have a switch each, so they are no choice of this list.
CHOICES = (ConsentTo.PRACTICE, ConsentTo.APPLICATIONS, ConsentTo.LESSONS, ConsentTo.CHECK)
_ON, _OFF = "sharing on", "sharing off"  # acts in the log


class NobodyToShareWith(Refusal):
    """The actor is a guest, who has no adviser, or a professional, who has nothing to share."""

    sentence = "Il faut une carte pour partager avec un conseiller."


class SharedTooOften(Refusal):
    """The person said yes so often within a day that each further one would only fill the log."""

    sentence = "Tu as beaucoup changé aujourd’hui. Tu pourras dire oui demain."


@dataclass(frozen=True, slots=True)
class SharedChoices:
    """What a young person shares with their adviser besides CV, chosen jobs, progress and activity dates."""

    practice: bool = False
    applications: bool = False
    lessons: bool = False
    digital_check: bool = False

    def is_shown(self, what: ConsentTo) -> bool:
        """Whether this one is shared."""
        return bool(getattr(self, what.value))


NOTHING = SharedChoices()


def shared_by(session: Session, *, of: str) -> SharedChoices:
    """Return what the person of this account id shares; nothing until they chose. One query.

    Whoever shows a young person's work to an adviser must ask this first, and leave out what is not shared.
    """
    row = session.exec(select(Sharing).where(Sharing.account_id == of)).first()
    return choices_of_row(row) if row else NOTHING


def choices_of_row(row: Sharing) -> SharedChoices:
    """Return what a row of the table says."""
    return SharedChoices(row.practice, row.applications, row.lessons, row.digital_check)


def switch_sharing(session: Session, *, by: Actor, what: ConsentTo, on: bool, now: datetime) -> None:
    """Share one thing, or stop. The log says that it changed, never what is shared.

    Raises NobodyToShareWith, SharedTooOften; stopping is always possible.
    """
    if not may_share(by) or what not in CHOICES:
        raise NobodyToShareWith
    row = session.get(Sharing, by.id) or Sharing(account_id=by.id)
    if getattr(row, what.value) == on:
        return
    _check_bound(session, by, on=on, now=now)
    setattr(row, what.value, on)
    row.changed_at = now
    session.add(row)
    (consents.give_consent if on else consents.withdraw_consent)(session, by=by, what=what, now=now)
    audit.note_act(session, by=by, act=_ON if on else _OFF, whom_id=by.id, why=what.value, now=now)


def shared_obstacles(session: Session, *, of: str) -> tuple[str, ...]:
    """Return the keys of the obstacles that the person of this account id keeps and shares, in order. One query.

    Like `shared_by`, it must be asked before an obstacle is shown to anybody else.
    """
    kept = (col(Work.account_id) == SharedObstacle.account_id, col(Work.kind) == WorkKind.OBSTACLES)
    query = (
        select(SharedObstacle.obstacle, Work.body)
        .join(Work, and_(*kept, col(Work.deleted_at).is_(None)))
        .where(SharedObstacle.account_id == of)
        .order_by(col(Work.created_at), col(Work.id))
    )
    found = session.exec(query).all()
    if not found:
        return ()
    shared = {key for key, _ in found}
    return tuple(key for key in obstacles.kept_in_order(KeptObstacles.model_validate(found[0][1])) if key in shared)


def share_obstacle(session: Session, *, by: Actor, key: str, on: bool, now: datetime) -> None:
    """Share one obstacle that the person keeps, or stop. The log does not say which one.

    Raises NobodyToShareWith, SharedTooOften, UnknownObstacle for one that is not kept.
    """
    if not may_share(by):
        raise NobodyToShareWith
    if on and key not in obstacles.own_obstacles(session, of=by):
        raise UnknownObstacle
    row = session.get(SharedObstacle, (by.id, key))
    if (row is not None) == on:
        return
    _check_bound(session, by, on=on, now=now)
    if row is None:
        session.add(SharedObstacle(account_id=by.id, obstacle=key, shared_at=now))
    else:
        session.delete(row)
    session.flush()
    act = _ON if on else _OFF
    audit.note_act(session, by=by, act=act, whom_id=by.id, why=ConsentTo.OBSTACLES.value, now=now)
    _consent_to_obstacles(session, by=by, now=now)


def keep_obstacle(session: Session, *, by: Actor, key: str, keep: bool, operation: str, now: datetime) -> None:
    """Keep one obstacle or let it go; one that is let go is shared no more. Raises UnknownObstacle, NotForStaff."""
    obstacles.keep_obstacle(session, by=by, key=key, keep=keep, operation=operation)
    if may_share(by):
        stop_sharing_lost(session, by=by, now=now)


def stop_sharing_lost(session: Session, *, by: Actor, now: datetime) -> None:
    """Stop sharing what the person keeps no more, so that it does not come back shared. Raises NobodyToShareWith."""
    if not may_share(by):
        raise NobodyToShareWith
    kept = obstacles.own_obstacles(session, of=by)
    for row in session.exec(select(SharedObstacle).where(SharedObstacle.account_id == by.id)).all():
        if row.obstacle not in kept:
            share_obstacle(session, by=by, key=row.obstacle, on=False, now=now)


def stopped_since(session: Session, *, of: str, since: datetime) -> frozenset[ConsentTo]:
    """Return what the person of this account id stopped showing after an instant, as the log says. One query."""
    said = (AuditEvent.whom_id == of, AuditEvent.act == _OFF, col(AuditEvent.at) > since)
    return frozenset(ConsentTo(why) for why in session.exec(select(AuditEvent.why).where(*said)))


def _check_bound(session: Session, by: Actor, *, on: bool, now: datetime) -> None:
    """Bound how often somebody says yes within a day, which bounds the consents and the lines of the log."""
    said = (AuditEvent.whom_id == by.id, AuditEvent.act == _ON, col(AuditEvent.at) > now - timedelta(days=1))
    if on and session.exec(select(func.count()).select_from(AuditEvent).where(*said)).one() >= policy.SHARED_A_DAY:
        raise SharedTooOften


def _consent_to_obstacles(session: Session, *, by: Actor, now: datetime) -> None:
    """Give the consent with the first obstacle shared, and withdraw it with the last."""
    any_left = bool(shared_obstacles(session, of=by.id))
    (consents.give_consent if any_left else consents.withdraw_consent)(
        session, by=by, what=ConsentTo.OBSTACLES, now=now
    )


def adviser_name(session: Session, *, of: Actor) -> str:
    """Return the first name of the person's adviser; '' when they have none. One query."""
    adviser = select(Account.adviser_id).where(Account.id == of.id).scalar_subquery()
    return session.exec(select(Account.first_name).where(Account.id == adviser)).first() or ""
