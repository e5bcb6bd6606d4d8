"""Proposing the same next step to many people, and undoing it: the steps that it replaced are back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, func, update
from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.cohort import permissions, vocabulary
from clicnjob.cohort.many.reach import Reach, ticked_people
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support import next_steps
from clicnjob.errors import NotFound
from clicnjob.learn.own import published
from clicnjob.models import Account, Actor, LearningKind, NextStep


def step_reach(session: Session, *, by: Actor, account_ids: Collection[str], today: date) -> Reach:
    """Return to whom the step would be proposed; a warning names the step or the lesson that it replaces. Four queries.

    Who received too many of them is left out. Raises what `ticked_people` raises.
    """
    ticked = ticked_people(session, by=by, account_ids=account_ids, today=today)
    query = select(NextStep, Account.first_name).outerjoin(Account, col(Account.id) == col(NextStep.by_id))
    rows = session.exec(query.where(*_open_steps(ticked.ids)).order_by(col(NextStep.at))).all()
    said = next_steps.words_of_steps(session, [step for step, _ in rows])
    replaced = {
        step.account_id: f"remplace «\u00a0{said[step.id].phrase}\u00a0», de {author or 'quelqu’un'}"
        for step, author in rows
        if step.id in said
    }
    return ticked.sorted_reach(left_out=_people_with_many_steps(session, ticked.ids, today=today), warnings=replaced)


def propose_to_many(
    session: Session,
    *,
    by: Actor,
    account_ids: Collection[str],
    key: str,
    word: str,
    shown: str,
    today: date,
    now: datetime,
    content_id: str = "",
) -> int:
    """Propose one step to all whom the screen showed; `now` is by what it is undone. Returns how many.

    With a `content_id` it is a lesson or a scene, and `key` its kind. Raises NotFound, what `step_reach`,
    `Reach.check_shown` and `text.clean_line` raise.
    """
    if content_id:
        published.entry_to_learn(session, of=by, kind=_kind_of_key(key), content_id=content_id, now=now)
    elif key not in vocabulary.step_choices():
        raise NotFound
    typed = text.clean_line(word, most=policy.SHORT_WORD_LENGTH)
    reach = step_reach(session, by=by, account_ids=account_ids, today=today)
    reach.check_shown(shown)
    session.exec(update(NextStep).where(*_open_steps(reach.ids)).values(withdrawn_at=now))
    session.add_all(
        NextStep(account_id=one, by_id=by.id, key=key, content_id=content_id, word=typed, at=now) for one in reach.ids
    )
    refreshing.mark_people_outdated(session, account_ids=reach.ids)
    return len(reach.ids)


def undo_proposals(session: Session, *, by: Actor, at: datetime, today: date, now: datetime) -> int:
    """Undo what one proposed at that instant, within a day, where it is neither done nor replaced. Returns how many."""
    if now - at > policy.UNDO_WITHIN:
        return 0
    readable = select(Account.id).where(permissions.may_be_read(by, today=today))
    own = (NextStep.by_id == by.id, NextStep.at == at, col(NextStep.account_id).in_(readable))
    still_open = (col(NextStep.done_at).is_(None), col(NextStep.withdrawn_at).is_(None))
    ids = list(session.exec(select(NextStep.account_id).where(*own, *still_open)))
    mine = (col(NextStep.account_id).in_(ids), col(NextStep.at) == at, col(NextStep.by_id) == by.id)
    session.exec(update(NextStep).where(*mine).values(withdrawn_at=now))
    replaced = (col(NextStep.account_id).in_(ids), col(NextStep.withdrawn_at) == at)
    session.exec(update(NextStep).where(*replaced).values(withdrawn_at=None))
    refreshing.mark_people_outdated(session, account_ids=ids)
    return len(ids)


def _people_with_many_steps(session: Session, account_ids: Collection[str], *, today: date) -> dict[str, str]:
    """Return who was proposed as many steps as a day may hold, those withdrawn included."""
    lately = col(NextStep.at) >= datetime.combine(today, time.min).astimezone(UTC)
    query = select(NextStep.account_id).where(col(NextStep.account_id).in_(account_ids), lately)
    query = query.group_by(col(NextStep.account_id)).having(func.count() >= policy.WRITTEN_A_DAY)
    return dict.fromkeys(session.exec(query), "trop d’étapes aujourd’hui")


def _kind_of_key(key: str) -> LearningKind:
    if key not in {kind.value for kind in LearningKind}:
        raise NotFound
    return LearningKind(key)


def _open_steps(account_ids: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        col(NextStep.account_id).in_(account_ids),
        col(NextStep.done_at).is_(None),
        col(NextStep.withdrawn_at).is_(None),
    )
