"""What each person did on which day: counted once from the history of their work, which is later trimmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from clicnjob import days, policy
from clicnjob.models import Account, ActivityDay, ConsentTo, Revision, Role, Watermark, Work, WorkKind
from clicnjob.privacy.sharing import Shared

# A transaction may be committed a moment after the clock it wrote: the last seconds are read the next time.
SETTLED = timedelta(seconds=10)
KINDS: dict[str, str] = {"profile": "cv", "cv": "cv", "jobs": "jobs", "applications": "apply"}
QUIZ = "quiz"  # answers to « Ce que j’aime »: they are saved with the jobs kept, and nobody else reads them
# What may be told by its kind, and the « oui » that it needs. A kind that is not here is never told.
TOLD: dict[str, ConsentTo | None] = {
    "cv": None,
    "jobs": None,
    "apply": ConsentTo.APPLICATIONS,
    "interview": ConsentTo.PRACTICE,
    "workshop": None,
}
_WATERMARK = "activity"
_AT_ONCE = 5_000
_LEAST = 60  # seconds that one act alone stands for


@dataclass(frozen=True, slots=True)
class Day:
    """What one person did on one day in one room; `minutes` are rounded down."""

    day: date
    kind: str
    acts: int
    minutes: int


def count_new(session: Session, *, now: datetime) -> int:
    """Count the acts kept since the last time; gives how many. Called by the server's sweep, over and over."""
    mark = session.get(Watermark, _WATERMARK) or Watermark(name=_WATERMARK, at=datetime.fromtimestamp(0, tz=UTC))
    until = now - SETTLED
    columns: Any = (Work.account_id, Work.kind, Revision.at, Revision.work_id, Revision.version)
    query = (
        select(*columns)
        .join(Work, col(Work.id) == col(Revision.work_id))
        .join(Account, col(Account.id) == col(Work.account_id))
        .where(col(Revision.at) > mark.at, col(Revision.at) <= until, Account.role == Role.YOUNG)
    )
    rows = session.exec(query.order_by(col(Revision.at), col(Revision.id)).limit(_AT_ONCE + 1)).all()
    if len(rows) > _AT_ONCE:  # the rest waits for the next call; acts of the same instant stay together
        until = rows[_AT_ONCE][2]
        rows = [row for row in rows if row[2] < until] or rows
        until = rows[-1][2]
    kept = _favourites(session, {work_id for _, kind, _, work_id, _ in rows if kind is WorkKind.JOBS})
    _add(
        session,
        [
            (account_id, QUIZ if kind is WorkKind.JOBS and _same(kept, work_id, version) else _room(kind), at)
            for account_id, kind, at, work_id, version in rows
        ],
    )
    mark.at = max(mark.at, until)
    session.add(mark)
    session.flush()
    return len(rows)


def note(session: Session, *, account_id: str, kind: str, at: datetime, seconds: int) -> None:
    """Count something that leaves no revision: a lesson, a group session of so many seconds."""
    kept = session.get(ActivityDay, (account_id, days.day(at), kind))
    kept = kept or ActivityDay(account_id=account_id, day=days.day(at), kind=kind)  # type: ignore[arg-type]
    kept.acts, kept.seconds, kept.last_at = kept.acts + 1, kept.seconds + seconds, at
    session.add(kept)
    session.flush()


def of_person(session: Session, *, account_id: str, shared: Shared, since: date, until: date) -> tuple[Day, ...]:
    """What one person did and shows, between two days, both included, newest first.

    A kind that they do not show is left out whole, its minutes too. One query; who may ask is the caller's to check.
    """
    told = [kind for kind, needs in TOLD.items() if needs is None or shared.shows(needs)]
    query = select(ActivityDay).where(
        ActivityDay.account_id == account_id,
        col(ActivityDay.day) >= since,
        col(ActivityDay.day) <= until,
        col(ActivityDay.kind).in_(told),
    )
    rows = session.exec(query.order_by(col(ActivityDay.day).desc(), ActivityDay.kind))
    return tuple(Day(row.day, row.kind, row.acts, row.seconds // 60) for row in rows)


def _room(kind: WorkKind) -> str:
    return KINDS.get(str(kind), str(kind))


_Favourites = dict[tuple[str, int], list[object]]


def _favourites(session: Session, work_ids: set[str]) -> _Favourites:
    """The jobs kept in each version of these works: what changed nothing of them was an answer to the quiz."""
    query = select(Revision.work_id, Revision.version, Revision.body).where(col(Revision.work_id).in_(work_ids))
    rows = session.exec(query) if work_ids else ()
    return {(work_id, version): list(body.get("favourites", ())) for work_id, version, body in rows}


def _same(kept: _Favourites, work_id: str, version: int) -> bool:
    """Whether a version keeps the same jobs as the one before. Of one whose past is gone nothing is told."""
    before = [] if version == 1 else kept.get((work_id, version - 1))
    return before is None or kept[work_id, version] == before


def _add(session: Session, acts: Sequence[tuple[str, str, datetime]]) -> None:
    """Time between two acts of a day counts for the second when they follow each other; an act alone counts a minute.

    It counts from room to room where both are always told. What may stay untold is counted by itself: the minutes of a CV
    would otherwise say that something else came just before.
    """
    kept = _kept(session, {(account_id, days.day(at)) for account_id, _, at in acts})
    last: dict[tuple[str, date | None, str], datetime] = {}
    for row in kept.values():
        if row.last_at:
            before = (row.account_id, row.day, _apart(row.kind))
            last[before] = max(last.get(before, row.last_at), row.last_at)
    for account_id, kind, at in acts:
        on = (account_id, days.day(at), _apart(kind))
        key = (account_id, days.day(at), kind)
        if key not in kept:
            kept[key] = ActivityDay(account_id=account_id, day=key[1], kind=kind)  # type: ignore[arg-type]
            session.add(kept[key])
        row = kept[key]
        gap = at - last[on] if on in last else None
        row.seconds += int(gap.total_seconds()) if gap is not None and gap <= policy.ACTS_APART else _LEAST
        row.acts, row.last_at, last[on] = row.acts + 1, at, at


def _apart(kind: str) -> str:
    """'' for the kinds that are always told, else the kind itself."""
    return "" if kind in TOLD and TOLD[kind] is None else kind


def _kept(
    session: Session, wanted_days: Iterable[tuple[str, date | None]]
) -> dict[tuple[str, date | None, str], ActivityDay]:
    """What was counted of these people on these days."""
    found: dict[tuple[str, date | None, str], ActivityDay] = {}
    wanted = sorted(wanted_days, key=str)
    for start in range(0, len(wanted), 200):
        some = wanted[start : start + 200]
        columns = tuple_(col(ActivityDay.account_id), col(ActivityDay.day))
        for row in session.exec(select(ActivityDay).where(columns.in_(some))):
            found[(row.account_id, row.day, row.kind)] = row
    return found
