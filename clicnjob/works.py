"""Saves people's work: the only writer of works and revisions. A base version detects conflicts, an operation id makes
retries safe, and the revisions provide undo and history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from pydantic import BaseModel, ConfigDict
from sqlalchemy import bindparam, delete, update
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.bounded import body as bodies
from clicnjob.errors import NotFound, Refusal, StaleWork
from clicnjob.models import Actor, Revision, Work, WorkKind, random_id, utc_now

_OPERATION_LENGTH = 16  # characters of `new_operation`, which may contain hyphens itself
BODIES: dict[WorkKind, type[BaseModel]] = {}  # the model that validates the body of each kind; see `WorkBody`


class WorkBody(BaseModel):
    """The base of everything stored as JSON. Unknown keys are refused, so that a typo in code cannot lose data."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    def __init_subclass__(cls, kind: WorkKind | None = None, **named: Any) -> None:
        """Register a class declared with `kind=` as the model of that kind's body, which validates imported files."""
        super().__init_subclass__(**named)
        if kind is not None:
            BODIES[kind] = cls


class NothingToUndo(Refusal):
    """Every work is at its first version."""

    sentence = "Il n’y a rien à annuler."


@dataclass(frozen=True, slots=True)
class SavedWork:
    """A work as read; `version` is the base to pass to the next `save_work`."""

    id: str
    kind: WorkKind
    body: dict[str, Any]
    version: int
    changed_at: datetime
    place: str = ""


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One version in the history; `restores` is the earlier version whose body it repeats, if any."""

    version: int
    at: datetime
    restores: int | None
    body: dict[str, Any]


def may_write(actor: Actor, work: Work) -> bool:
    """Return whether `actor` owns the work. Professionals comment on a young person's CV, they do not rewrite it."""
    return work.account_id == actor.id


def own_works(session: Session, *, of: Actor) -> tuple[SavedWork, ...]:
    """Return the person's own works, oldest first, without deleted ones. One query."""
    session.flush()
    return tuple(SavedWork(*row) for row in session.connection().execute(_OF, {"owner": of.id}))


def own_work(session: Session, work_id: str, *, of: Actor) -> SavedWork:
    """Return one of the person's own works. Raises NotFound when it is unknown, deleted or somebody else's."""
    return _saved_work(_own_row(session, work_id, of))


def start_work(
    session: Session, *, by: Actor, kind: WorkKind, body: dict[str, Any], operation: str, work_id: str = ""
) -> SavedWork:
    """Create a work at version 1. Repeating `operation` returns the work that it created.

    `work_id` is a new `models.random_id()`, for callers that need to know it in advance. Raises SpaceFull, ListFull.
    """
    if done := _work_of_operation(session, operation, by):
        return done
    if bodies.stored_size(body) > policy.EMPTY_WORK_CHARACTERS:
        session.flush()
        bodies.check_growth(body, before=0, others=_kept_size(session, by))
    new = Work(id=work_id or random_id(), account_id=by.id, kind=kind, body=body)
    session.add(new)
    session.flush()
    made = _saved_work(new)
    _record_revision(session, made, by=by, operation=operation, restores=None)
    return made


def save_work(
    session: Session,
    work_id: str,
    *,
    by: Actor,
    body: dict[str, Any],
    base: int,
    operation: str,
    restores: int | None = None,
) -> SavedWork:
    """Replace the body, if `base` is still the latest version.

    Repeating `operation` changes nothing and returns the latest state. Raises StaleWork when the work was saved after
    `base` was read (nothing is overwritten), NotFound when it is not the person's own, SpaceFull or ListFull when it
    grows beyond what one person may store.
    """
    session.flush()
    known = session.connection().execute(_KNOWN, {"known": work_id, "owner": by.id, "done": operation}).one_or_none()
    if (known is None or known.repeated) and (done := _work_of_operation(session, operation, by)):
        return done
    if known is None:
        raise NotFound
    bodies.check_growth(body, before=known.size, others=known.others)
    saved = SavedWork(work_id, known.kind, body, base + 1, utc_now(), known.place)
    new = {"new_body": body, "new_version": saved.version, "at": saved.changed_at}
    if session.connection().execute(_REPLACE, {"known": work_id, "base": base, **new}).rowcount != 1:
        raise StaleWork
    _read_again(session, work_id)
    _record_revision(session, saved, by=by, operation=operation, restores=restores)
    return saved


def undo_change(session: Session, work_ids: Sequence[str], *, by: Actor, operation: str) -> SavedWork:
    """Undo the person's latest change among these works; each repetition goes one change further back.

    One gesture may have changed several works: its operation ids differ only after the last hyphen, and all are undone.
    The earlier body is saved as a new version, so that an undo can be reverted from the history. Raises NothingToUndo
    when every work is at its first version.
    """
    kept = [_own_row(session, work_id, by) for work_id in work_ids]
    sources = [(source, work) for work in kept if (source := _source_revision(session, work)) and source.version > 1]
    if not sources:
        raise NothingToUndo
    source, latest = max(sources, key=lambda pair: pair[0].id or 0)
    for other, work in sources:
        if other is not source and _gesture_of(other) and _gesture_of(other) == _gesture_of(source):
            _restore_before(session, other, work, by=by, operation=f"{operation}-too")
    return _restore_before(session, source, latest, by=by, operation=operation)


def mark_place(session: Session, work_id: str, *, by: Actor, place: str) -> None:
    """Store where the person is in the guided CV, outside the history. Raises NotFound when the work is not theirs."""
    session.flush()
    told = {"known": work_id, "owner": by.id, "new_place": place}
    if session.connection().execute(_PLACE, told).rowcount != 1:
        raise NotFound
    _read_again(session, work_id)


def restore_version(session: Session, work_id: str, *, by: Actor, version: int, base: int, operation: str) -> SavedWork:
    """Save the body of an earlier `version` as a new one. Raises NotFound when that version is no longer kept."""
    _own_row(session, work_id, by)
    kept = _revision_of(session, work_id, version)
    if kept is None:
        raise NotFound
    return save_work(session, work_id, by=by, body=kept.body, base=base, operation=operation, restores=version)


def work_history(session: Session, work_id: str, *, of: Actor, most: int = 20) -> tuple[HistoryStep, ...]:
    """Return the latest `most` versions of the person's own work, newest first. Raises NotFound."""
    _own_row(session, work_id, of)
    query = select(Revision).where(Revision.work_id == work_id).order_by(col(Revision.version).desc()).limit(most)
    return tuple(HistoryStep(version=r.version, at=r.at, restores=r.restores, body=r.body) for r in session.exec(query))


def remove_work(session: Session, work_id: str, *, by: Actor) -> None:
    """Mark a work as deleted. `bring_back` undoes this, until `policy.WORKS_PUT_ASIDE` newer ones were deleted."""
    _own_row(session, work_id, by).deleted_at = utc_now()
    session.flush()
    session.connection().execute(_TOO_MANY_ASIDE, {"owner": by.id})


def bring_back(session: Session, work_id: str, *, by: Actor) -> SavedWork:
    """Undo `remove_work`. Raises NotFound when it is not the person's own, SpaceFull or ListFull as `save_work` does."""
    kept = session.get(Work, work_id)
    if kept is None or not may_write(by, kept):
        raise NotFound
    if kept.deleted_at is not None:
        bodies.check_growth(kept.body, before=0, others=_kept_size(session, by))
    kept.deleted_at = None
    return _saved_work(kept)


def new_operation() -> str:
    """Return a new operation id, for one action of a person; a retry of the action must pass the same one."""
    return random_id()


# The statements of every action, built once and selecting columns instead of objects: four hundred people run them.
_WORK, _REVISION = Work.__table__, Revision.__table__  # type: ignore[attr-defined]
_THEIRS = (_WORK.c.account_id == bindparam("owner")) & _WORK.c.deleted_at.is_(None)
_OF = (
    sqlalchemy.select(*(_WORK.c[name] for name in ("id", "kind", "body", "version", "changed_at", "place")))
    .where(_THEIRS)
    .order_by(_WORK.c.created_at, _WORK.c.id)
)
_REPEATED = sqlalchemy.exists().where(_REVISION.c.operation == bindparam("done"))
_SIZE = sqlalchemy.func.length(sqlalchemy.cast(_WORK.c.body, sqlalchemy.Text))
_ALL = sqlalchemy.select(sqlalchemy.func.coalesce(sqlalchemy.func.sum(_SIZE), 0)).where(_THEIRS)
_OTHERS = _ALL.where(_WORK.c.id != bindparam("known")).correlate(None).scalar_subquery()
_KNOWN = sqlalchemy.select(
    _WORK.c.kind, _WORK.c.place, _REPEATED.label("repeated"), _SIZE.label("size"), _OTHERS.label("others")
).where(_THEIRS, _WORK.c.id == bindparam("known"))
_ASIDE = (
    sqlalchemy.select(_WORK.c.id)
    .where(_WORK.c.account_id == bindparam("owner"), _WORK.c.deleted_at.is_not(None))
    .order_by(_WORK.c.deleted_at.desc(), _WORK.c.id)
)
_KEPT_ASIDE = _ASIDE.limit(policy.WORKS_PUT_ASIDE).subquery()
_TOO_MANY_ASIDE = sqlalchemy.delete(_WORK).where(
    _WORK.c.account_id == bindparam("owner"),
    _WORK.c.deleted_at.is_not(None),
    _WORK.c.id.not_in(sqlalchemy.select(_KEPT_ASIDE.c.id)),
)
_REPLACE = (
    update(_WORK)
    .where(_WORK.c.id == bindparam("known"), _WORK.c.version == bindparam("base"))
    .values(body=bindparam("new_body"), version=bindparam("new_version"), changed_at=bindparam("at"))
)
_PLACE = update(_WORK).where(_THEIRS, _WORK.c.id == bindparam("known")).values(place=bindparam("new_place"))
_RECORD = sqlalchemy.insert(_REVISION)


def _kept_size(session: Session, by: Actor) -> int:
    """Return the size of all of the person's works, in characters."""
    return int(session.connection().execute(_ALL, {"owner": by.id}).scalar_one())


def _read_again(session: Session, work_id: str) -> None:
    """Expire the ORM object of this work, if the session holds one, since the row has changed."""
    if (held := session.identity_map.get(session.identity_key(Work, work_id))) is not None:
        session.expire(held)


def _own_row(session: Session, work_id: str, actor: Actor) -> Work:
    kept = session.get(Work, work_id)
    if kept is None or kept.deleted_at is not None or not may_write(actor, kept):
        raise NotFound
    return kept


def _work_of_operation(session: Session, operation: str, by: Actor) -> SavedWork | None:
    query = select(Work).join(Revision).where(Revision.operation == operation, Work.account_id == by.id)
    kept = session.exec(query).first()
    return _saved_work(kept) if kept else None


def _revision_of(session: Session, work_id: str, version: int) -> Revision | None:
    return session.exec(select(Revision).where(Revision.work_id == work_id, Revision.version == version)).first()


def _source_revision(session: Session, kept: Work) -> Revision | None:
    """Return the revision in which the present body was first written."""
    latest = _revision_of(session, kept.id, kept.version)
    return _revision_of(session, kept.id, latest.restores) if latest and latest.restores else latest


def _gesture_of(source: Revision) -> str:
    """Return what the operation ids of one gesture share, or '' for an operation on one work."""
    shared = source.operation.rpartition("-")[0]
    return shared if len(shared) >= _OPERATION_LENGTH else ""


def _restore_before(session: Session, source: Revision, latest: Work, *, by: Actor, operation: str) -> SavedWork:
    """Save the body that a work had before a change as its new version. Raises NothingToUndo when it is not kept."""
    before = _revision_of(session, latest.id, source.version - 1)
    if before is None:
        raise NothingToUndo
    target = before.restores or before.version
    return save_work(
        session, latest.id, by=by, body=before.body, base=latest.version, operation=operation, restores=target
    )


def _record_revision(session: Session, kept: SavedWork, *, by: Actor, operation: str, restores: int | None) -> None:
    written = {"work_id": kept.id, "version": kept.version, "restores": restores, "body": kept.body}
    session.connection().execute(_RECORD, written | {"operation": operation, "by_id": by.id, "at": kept.changed_at})
    most = max(policy.REVISIONS_KEPT_LEAST, policy.REVISIONS_CHARACTERS // bodies.stored_size(kept.body))
    if kept.version % (50 if most > policy.REVISIONS_KEPT else 10) == 0:
        oldest = kept.version - min(most, policy.REVISIONS_KEPT)
        session.exec(delete(Revision).where(col(Revision.work_id) == kept.id, col(Revision.version) <= oldest))


def _saved_work(kept: Work) -> SavedWork:
    return SavedWork(
        id=kept.id,
        kind=kept.kind,
        body=kept.body,
        version=kept.version,
        changed_at=kept.changed_at,
        place=kept.place,
    )
