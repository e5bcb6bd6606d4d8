"""The next step that a professional proposes, one at a time: it becomes the young person's main button."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.cohort import permissions, vocabulary
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support.comments import SOMEBODY
from clicnjob.cohort.vocabulary import StepWords
from clicnjob.errors import NotFound
from clicnjob.models import Account, Actor, NextStep


@dataclass(frozen=True, slots=True)
class ProposedStep:
    """A proposed step as shown: its words, an additional word, who proposed it."""

    id: str
    step: StepWords
    word: str
    by: str
    at: datetime
    done_at: datetime | None
    seen_at: datetime | None


def propose_step(
    session: Session,
    *,
    by: Actor,
    account_ids: Collection[str],
    key: str,
    today: date,
    word: str = "",
    now: datetime,
) -> None:
    """Propose a step to one person or to several; it replaces an earlier open one.

    If one of them is not in the actor's cohort, nobody gets it. Raises NotFound, what `text.clean_line` raises.
    """
    if key not in vocabulary.step_choices():
        raise NotFound
    typed = text.clean_line(word, most=policy.SHORT_WORD_LENGTH)
    for account_id in sorted(set(account_ids)):
        permissions.followed_person(session, by=by, account_id=account_id, today=today)
        for before in _open_steps(session, account_id):
            before.withdrawn_at = now
        session.add(NextStep(account_id=account_id, by_id=by.id, key=key, word=typed, at=now))
        refreshing.mark_outdated(session, account_id=account_id)


def withdraw_step(session: Session, *, by: Actor, account_id: str, today: date, now: datetime) -> None:
    """Withdraw the open step. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    for step in _open_steps(session, account_id):
        step.withdrawn_at = now
    refreshing.mark_outdated(session, account_id=account_id)


def for_young(session: Session, *, of: Actor) -> ProposedStep | None:
    """Return the step that the young person's home page shows, if there is an open one. One query."""
    return next(iter(_shown_steps(session, of.id, only_open=True)), None)


def on_person(session: Session, *, by: Actor, account_id: str, today: date) -> tuple[ProposedStep, ...]:
    """Return the steps proposed to somebody and not withdrawn, newest first. Raises NotFound."""
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    return _shown_steps(session, account_id, only_open=False)


def mark_step_done(session: Session, *, by: Actor, step_id: str, now: datetime) -> None:
    """Record that the young person has done the step (« C’est fait »). Raises NotFound."""
    step = session.get(NextStep, step_id)
    if step is None or step.account_id != by.id or step.withdrawn_at is not None or step.done_at is not None:
        raise NotFound
    step.done_at = now
    refreshing.mark_outdated(session, account_id=by.id)


def mark_step_seen(session: Session, *, by: Actor, step_id: str, today: date, now: datetime) -> None:
    """Record that a professional has seen that the step is done. Raises NotFound."""
    step = session.get(NextStep, step_id)
    if step is None:
        raise NotFound
    permissions.followed_person(session, by=by, account_id=step.account_id, today=today)
    step.seen_at = now
    refreshing.mark_outdated(session, account_id=step.account_id)


def _open_steps(session: Session, account_id: str) -> list[NextStep]:
    query = select(NextStep).where(
        NextStep.account_id == account_id, col(NextStep.done_at).is_(None), col(NextStep.withdrawn_at).is_(None)
    )
    return list(session.exec(query.order_by(col(NextStep.at), NextStep.id)))


def _shown_steps(session: Session, account_id: str, *, only_open: bool) -> tuple[ProposedStep, ...]:
    query = (
        select(NextStep, Account.first_name)
        .outerjoin(Account, col(Account.id) == col(NextStep.by_id))
        .where(NextStep.account_id == account_id, col(NextStep.withdrawn_at).is_(None))
        .order_by(col(NextStep.at).desc(), NextStep.id)
    )
    if only_open:
        query = query.where(col(NextStep.done_at).is_(None))
    known = vocabulary.step_choices()
    return tuple(
        ProposedStep(step.id, known[step.key], step.word, name or SOMEBODY, step.at, step.done_at, step.seen_at)
        for step, name in session.exec(query)
        if step.key in known
    )
