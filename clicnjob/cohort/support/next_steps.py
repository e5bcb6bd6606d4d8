"""The next step that a professional proposes, one at a time: it becomes the young person's main button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.cohort import permissions, vocabulary
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support.comments import SOMEBODY, TooManyWritten
from clicnjob.cohort.vocabulary import StepWords
from clicnjob.errors import ChangedMeanwhile, NotFound
from clicnjob.learn import library
from clicnjob.learn.own import published
from clicnjob.models import Account, Actor, LearningKind, NextStep


class StepJustProposed(ChangedMeanwhile):
    """A colleague has proposed another step since the screen was drawn."""

    sentence = "Un collègue vient de proposer une autre étape. Regardez-la, puis choisissez."


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
    content_id: str = ""  # the lesson or scene that it opens


def propose_step(
    session: Session,
    *,
    by: Actor,
    account_id: str,
    key: str,
    today: date,
    word: str = "",
    instead_of: str | None = None,
    now: datetime,
) -> None:
    """Propose a step to one person; it replaces an earlier open one.

    `instead_of` is the open step that the screen showed, '' for none: another one is not replaced unseen. None where no
    screen showed the person's step. Raises NotFound, StepJustProposed, TooManyWritten, what `text.clean_line` raises.
    """
    if key not in vocabulary.step_choices():
        raise NotFound
    typed = text.clean_line(word, most=policy.SHORT_WORD_LENGTH)
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    _replace_step(session, NextStep(account_id=account_id, by_id=by.id, key=key, word=typed, at=now), instead_of)


def propose_lesson(
    session: Session,
    *,
    by: Actor,
    account_id: str,
    kind: LearningKind,
    content_id: str,
    today: date,
    word: str = "",
    now: datetime,
    instead_of: str | None = None,
) -> None:
    """Propose a lesson or a scene, ours or one that the structure published, as the next step of one person.

    It replaces the open step `instead_of`, any where None. Raises NotFound, StepJustProposed, TooManyWritten, what
    `text.clean_line` raises.
    """
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    published.entry_to_learn(session, of=by, kind=kind, content_id=content_id, now=now)
    typed = text.clean_line(word, most=policy.SHORT_WORD_LENGTH)
    row = NextStep(account_id=account_id, by_id=by.id, key=kind.value, content_id=content_id, word=typed, at=now)
    _replace_step(session, row, instead_of)


def withdraw_step(session: Session, *, by: Actor, step_id: str, today: date, now: datetime) -> None:
    """Withdraw an open step. Raises NotFound; ChangedMeanwhile when it was done or withdrawn in between."""
    step = session.get(NextStep, step_id)
    if step is None:
        raise NotFound
    permissions.followed_person(session, by=by, account_id=step.account_id, today=today)
    if step.done_at is not None or step.withdrawn_at is not None:
        raise ChangedMeanwhile
    step.withdrawn_at = now
    refreshing.mark_outdated(session, account_id=step.account_id)


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
    rows = session.exec(query).all()
    said = words_of_steps(session, [step for step, _ in rows])
    return tuple(
        ProposedStep(
            step.id, said[step.id], step.word, name or SOMEBODY, step.at, step.done_at, step.seen_at, step.content_id
        )
        for step, name in rows
        if step.id in said
    )


def words_of_steps(session: Session, steps: Sequence[NextStep]) -> dict[str, StepWords]:
    """Return the words of each step by its id; a step that exists no more, such as a withdrawn lesson, has none."""
    titles = _content_titles(session, frozenset(step.content_id for step in steps if step.content_id))
    return {step.id: words for step in steps if (words := _words_of(step, titles))}


def _words_of(step: NextStep, titles: Mapping[str, str]) -> StepWords | None:
    if not step.content_id:
        return vocabulary.step_choices().get(step.key)
    if (title := titles.get(step.content_id)) is None:
        return None
    if step.key == LearningKind.LESSON:
        return StepWords(cle=step.key, phrase=f"Leçon\u00a0: {title}", page="young/lesson.py")
    return StepWords(cle=step.key, phrase=f"Situation\u00a0: {title}", page="young/scene.py")


def _content_titles(session: Session, ids: frozenset[str]) -> dict[str, str]:
    if not ids:
        return {}
    ours = {key: one.titre for key, one in library.shipped_lessons().items()}
    ours |= {key: one.titre for key, one in library.shipped_scenes().items()}
    return ours | published.own_titles(session, ids=ids, shown_only=True)


def _replace_step(session: Session, row: NextStep, instead_of: str | None) -> None:
    lately = (NextStep.account_id == row.account_id, col(NextStep.at) > row.at - timedelta(days=1))
    if session.exec(select(func.count()).select_from(NextStep).where(*lately)).one() >= policy.WRITTEN_A_DAY:
        raise TooManyWritten
    opened = _open_steps(session, row.account_id)
    if instead_of is not None and {step.id for step in opened} - {instead_of}:
        raise StepJustProposed
    for before in opened:
        before.withdrawn_at = row.at
    session.add(row)
    refreshing.mark_outdated(session, account_id=row.account_id)
