"""Daily activity of each person, counted once from the revisions of their work, which are later trimmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from clicnjob import db, policy
from clicnjob.french import days
from clicnjob.models import Account, ActivityDay, ConsentTo, Revision, Role, Watermark, Work, WorkKind
from clicnjob.privacy.sharing import SharedChoices

# A commit may come a moment after the time written in it, so the last seconds are left to the next count.
SETTLED = timedelta(seconds=10)
KINDS: dict[str, str] = {"profile": "cv", "cv": "cv", "jobs": "jobs", "applications": "apply"}
QUIZ = "quiz"  # answers to « Ce que j’aime »: saved with the favourites, and private
# Which kinds may be shown to others, and the consent each needs. A kind that is not listed is never shown.
TOLD: dict[str, ConsentTo | None] = {
    "cv": None,
    "jobs": None,
    "apply": ConsentTo.APPLICATIONS,
    "interview": ConsentTo.PRACTICE,
    "workshop": None,
}
VISIT = "visit"  # a sign-in: it says on which day somebody came, which figures count and no line names
_WATERMARK = "activity"
_LOCK = 0x61637469  # arbitrary number of an advisory lock
_AT_ONCE = 5_000
_LEAST = 60  # seconds credited to an isolated act


@dataclass(frozen=True, slots=True)
class CountedDay:
    """What one person did on one day in one kind of activity; `minutes` are rounded down."""

    day: date
    kind: str
    acts: int
    minutes: int


def count_new(session: Session, *, now: datetime) -> int:
    """Count the revisions since the last call, at most a batch; returns how many. The server's sweep calls it."""
    db.hold_alone(session, _LOCK)  # of two processes that count at once, the second begins where the first ended
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
    if len(rows) > _AT_ONCE:  # the rest waits for the next call; revisions of the same instant stay together
        until = rows[_AT_ONCE][2]
        rows = [row for row in rows if row[2] < until] or rows
        until = rows[-1][2]
    kept = _favourites_by_version(session, {work_id for _, kind, _, work_id, _ in rows if kind is WorkKind.JOBS})
    _add_activity(
        session,
        [
            (
                account_id,
                QUIZ if kind is WorkKind.JOBS and _keeps_same_jobs(kept, work_id, version) else _work_room(kind),
                at,
            )
            for account_id, kind, at, work_id, version in rows
        ],
    )
    mark.at = max(mark.at, until)
    session.add(mark)
    session.flush()
    return len(rows)


def note_activity(session: Session, *, account_id: str, kind: str, at: datetime, seconds: int) -> None:
    """Count an activity that leaves no revision, such as a lesson or a group session."""
    kept = session.get(ActivityDay, (account_id, days.local_day(at), kind))
    kept = kept or ActivityDay(account_id=account_id, day=days.local_day(at), kind=kind)  # type: ignore[arg-type]
    kept.acts, kept.seconds, kept.last_at = kept.acts + 1, kept.seconds + seconds, at
    session.add(kept)
    session.flush()


def note_visits(session: Session, visits: Iterable[tuple[str, datetime]]) -> None:
    """Count sign-ins by day, because sign-ins are deleted after some months and a report must not change with it."""
    wanted = list(visits)
    kept = _counted_days(session, {(account_id, days.local_day(at)) for account_id, at in wanted})
    for account_id, at in wanted:
        key = (account_id, days.local_day(at), VISIT)
        if key not in kept:
            kept[key] = ActivityDay(account_id=account_id, day=key[1], kind=VISIT)
            session.add(kept[key])
        kept[key].acts, kept[key].last_at = kept[key].acts + 1, at


def of_person(
    session: Session, *, account_id: str, shared: SharedChoices, since: date, until: date
) -> tuple[CountedDay, ...]:
    """Return one person's activity of the kinds they share, between two days, both included, newest first.

    A kind that is not shared is left out with its minutes. One query. The caller checks permission.
    """
    return of_people(session, shared={account_id: shared}, since=since, until=until).get(account_id, ())


def of_people(
    session: Session, *, shared: Mapping[str, SharedChoices], since: date, until: date
) -> dict[str, tuple[CountedDay, ...]]:
    """Do `of_person` for many people, by account id. One query. The caller checks permission."""
    told = {
        account_id: frozenset(kind for kind, needs in TOLD.items() if needs is None or choices.is_shown(needs))
        for account_id, choices in shared.items()
    }
    query = select(ActivityDay).where(
        col(ActivityDay.account_id).in_(list(shared)),
        col(ActivityDay.day) >= since,
        col(ActivityDay.day) <= until,
        col(ActivityDay.kind).in_(list(TOLD)),
    )
    found: dict[str, list[CountedDay]] = defaultdict(list)
    for row in session.exec(query.order_by(col(ActivityDay.day).desc(), ActivityDay.kind)):
        if row.kind in told[row.account_id]:
            found[row.account_id].append(CountedDay(row.day, row.kind, row.acts, row.seconds // 60))
    return {account_id: tuple(some) for account_id, some in found.items()}


def _work_room(kind: WorkKind) -> str:
    return KINDS.get(str(kind), str(kind))


_Favourites = dict[tuple[str, int], list[object]]


def _favourites_by_version(session: Session, work_ids: set[str]) -> _Favourites:
    """Return the favourites in each version of these works: a version that did not change them answered the quiz."""
    query = select(Revision.work_id, Revision.version, Revision.body).where(col(Revision.work_id).in_(work_ids))
    rows = session.exec(query) if work_ids else ()
    return {(work_id, version): list(body.get("favourites", ())) for work_id, version, body in rows}


def _keeps_same_jobs(kept: _Favourites, work_id: str, version: int) -> bool:
    """Whether a version kept the earlier one's favourites; if that is gone, assume so, since the quiz is private."""
    before = [] if version == 1 else kept.get((work_id, version - 1))
    return before is None or kept[work_id, version] == before


def _add_activity(session: Session, acts: Sequence[tuple[str, str, datetime]]) -> None:
    """Add acts to the daily counts: an act gets the time since the previous one, or a minute if that is too long.

    The previous act may be of another kind if both kinds are always shown. A kind that needs consent is counted by
    itself: otherwise the minutes of a CV would reveal that something else came just before.
    """
    kept = _counted_days(session, {(account_id, days.local_day(at)) for account_id, _, at in acts})
    last: dict[tuple[str, date | None, str], datetime] = {}
    for row in kept.values():
        if row.last_at:
            before = (row.account_id, row.day, _separate_kind(row.kind))
            last[before] = max(last.get(before, row.last_at), row.last_at)
    for account_id, kind, at in acts:
        on = (account_id, days.local_day(at), _separate_kind(kind))
        key = (account_id, days.local_day(at), kind)
        if key not in kept:
            kept[key] = ActivityDay(account_id=account_id, day=key[1], kind=kind)  # type: ignore[arg-type]
            session.add(kept[key])
        row = kept[key]
        gap = at - last[on] if on in last else None
        row.seconds += int(gap.total_seconds()) if gap is not None and gap <= policy.ACTS_APART else _LEAST
        row.acts, row.last_at, last[on] = row.acts + 1, at, at


def _separate_kind(kind: str) -> str:
    """Return '' for the kinds that are always shown, else the kind itself."""
    return "" if kind in TOLD and TOLD[kind] is None else kind


def _counted_days(
    session: Session, wanted_days: Iterable[tuple[str, date | None]]
) -> dict[tuple[str, date | None, str], ActivityDay]:
    """Return the existing counts of these people on these days."""
    found: dict[tuple[str, date | None, str], ActivityDay] = {}
    wanted = sorted(wanted_days, key=str)
    for start in range(0, len(wanted), 200):
        some = wanted[start : start + 200]
        columns = tuple_(col(ActivityDay.account_id), col(ActivityDay.day))
        for row in session.exec(select(ActivityDay).where(columns.in_(some))):
            found[(row.account_id, row.day, row.kind)] = row
    return found
