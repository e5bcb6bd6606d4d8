"""Reads the facts about a cohort that figures are counted from (`cohort.definitions`), in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from clicnjob.apply import applications
from clicnjob.apply.applications import Applications
from clicnjob.cohort import permissions
from clicnjob.cohort.definitions import AttendedSession, FigurePeriod, PersonFacts
from clicnjob.cohort.progress.activity import TOLD, VISIT
from clicnjob.cohort.progress.overview import owned_lists
from clicnjob.french import days
from clicnjob.interview import practice
from clicnjob.models import (
    Account,
    ActivityDay,
    Actor,
    Archive,
    Attendance,
    ConsentTo,
    Membership,
    PeopleList,
    Progress,
    Sharing,
    Work,
    WorkKind,
    Workshop,
)
from clicnjob.privacy import sharing
from clicnjob.privacy.sharing import NOTHING, SharedChoices

_ZONE = timedelta(days=1)  # what the zone of the server can move an instant by


def facts_of_people(
    session: Session, *, of: Actor, period: FigurePeriod, today: date, list_id: str = "", adviser_id: str = ""
) -> tuple[PersonFacts, ...]:
    """Return the facts of the people whom the actor may see and who were followed in a period. Five queries.

    Raises FollowsNobody.
    """
    chosen = _chosen(of, period, today=today, list_id=list_id, adviser_id=adviser_id)
    whose = (Progress.account_id, Progress.adviser_id, Progress.enrolled_on, Progress.activated_at, Progress.stage)
    query = columns(*map(col, whose), col(Progress.cv_done_on), col(Progress.archived_at), Sharing)
    query = query.join(Account, permissions.still_true()).outerjoin(
        Sharing, col(Sharing.account_id) == col(Progress.account_id)
    )
    rows = session.execute(query.where(*chosen).order_by(col(Progress.account_id))).all()
    ids = columns(col(Progress.account_id)).join(Account, permissions.still_true()).where(*chosen)
    shown = {row[0]: sharing.choices_of_row(row[7]) if row[7] else NOTHING for row in rows}
    seen, worked = _active_days(session, ids, shown, period)
    attended, ends = _attended(session, ids, period), _ends(session, ids)
    sent, practised = _dated_works(session, ids, shown)
    return tuple(
        PersonFacts(
            id=row[0],
            adviser_id=row[1],
            enrolled_on=row[2],
            came=row[3] is not None,
            stage=row[4],
            first_cv_on=row[5],
            ended_on=days.local_day(row[6]) if row[6] else None,
            ended_why=ends.get(row[0], "") if row[6] else "",
            visible_days=frozenset(seen.get(row[0], ())),
            work=worked.get(row[0], {}),
            sessions=tuple(attended.get(row[0], ())),
            applications=sent.get(row[0], ()),
            practices=practised.get(row[0], ()),
        )
        for row in rows
    )


def _chosen(
    of: Actor, period: FigurePeriod, *, today: date, list_id: str, adviser_id: str
) -> tuple[ColumnElement[bool], ...]:
    since = datetime.combine(period.start, time.min).astimezone()
    return (
        permissions.visible_progress(of, today=today),
        col(Progress.enrolled_on) <= period.end,
        or_(col(Progress.archived_at).is_(None), col(Progress.archived_at) >= since),
        col(Progress.adviser_id) == adviser_id if adviser_id else true(),
        col(Progress.account_id).in_(_members(of, list_id)) if list_id else true(),
    )


def _members(of: Actor, list_id: str) -> Any:
    query = select(Membership.account_id).join(PeopleList, col(PeopleList.id) == col(Membership.list_id))
    return query.where(Membership.list_id == list_id, owned_lists(of))


def _active_days(
    session: Session, ids: Any, shown: dict[str, SharedChoices], period: FigurePeriod
) -> tuple[dict[str, set[date]], dict[str, dict[date, int]]]:
    """Return by person the days on which they were seen, and the seconds of work that they show, by day."""
    kinds = (ActivityDay.account_id, ActivityDay.day, ActivityDay.kind, ActivityDay.seconds)
    query = columns(*map(col, kinds)).where(
        col(ActivityDay.account_id).in_(ids),
        col(ActivityDay.day).between(period.start, period.end),
        col(ActivityDay.kind).in_([*TOLD, VISIT]),
    )
    seen: dict[str, set[date]] = defaultdict(set)
    worked: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for account_id, day, kind, seconds in session.execute(query):
        needs = TOLD.get(kind)
        if needs is not None and not shown[account_id].is_shown(needs):
            continue
        seen[account_id].add(day)
        worked[account_id][day] += seconds
    return seen, worked


def _attended(session: Session, ids: Any, period: FigurePeriod) -> dict[str, list[AttendedSession]]:
    held = (Attendance.account_id, Workshop.id, Workshop.began_at, Workshop.minutes)
    query = columns(*map(col, held)).join(Workshop, col(Workshop.id) == col(Attendance.workshop_id))
    query = query.where(
        col(Attendance.account_id).in_(ids),
        col(Workshop.ended_at).is_not(None),
        and_(
            col(Workshop.began_at) >= datetime.combine(period.start, time.min).astimezone() - _ZONE,
            col(Workshop.began_at) <= datetime.combine(period.end, time.max).astimezone() + _ZONE,
        ),
    )
    found: dict[str, list[AttendedSession]] = defaultdict(list)
    for account_id, workshop_id, began_at, minutes in session.execute(query.order_by(col(Workshop.began_at))):
        if (on := days.local_day(began_at)) in period:
            found[account_id].append(AttendedSession(workshop_id, on, minutes))
    return found


def _ends(session: Session, ids: Any) -> dict[str, str]:
    """Return the reason for which each support ended, the latest one that was not undone."""
    query = columns(col(Archive.account_id), col(Archive.reason)).where(
        col(Archive.account_id).in_(ids), col(Archive.undone_at).is_(None)
    )
    return {account_id: reason for account_id, reason in session.execute(query.order_by(col(Archive.at)))}


def _dated_works(
    session: Session, ids: Any, shown: dict[str, SharedChoices]
) -> tuple[dict[str, tuple[date, ...]], dict[str, tuple[date, ...]]]:
    """Return by person the days of the applications sent and of the practices, only of those who show them."""
    query = columns(col(Work.account_id), col(Work.kind), col(Work.body)).join(
        Sharing, col(Sharing.account_id) == col(Work.account_id)
    )
    query = query.where(
        col(Work.account_id).in_(ids),
        col(Work.deleted_at).is_(None),
        or_(
            and_(col(Work.kind) == WorkKind.APPLICATIONS, col(Sharing.applications)),
            and_(col(Work.kind) == WorkKind.INTERVIEW, col(Sharing.practice)),
        ),
    )
    sent: dict[str, tuple[date, ...]] = {}
    practised: dict[str, tuple[date, ...]] = {}
    for account_id, kind, body in session.execute(query):
        if kind is WorkKind.APPLICATIONS and shown[account_id].is_shown(ConsentTo.APPLICATIONS):
            sent[account_id] = _added(sent, account_id, applications.sent_days(Applications.model_validate(body)))
        elif kind is WorkKind.INTERVIEW and shown[account_id].is_shown(ConsentTo.PRACTICE):
            practised[account_id] = _added(practised, account_id, practice.practice_days(body))
    return sent, practised


def _added(found: dict[str, tuple[date, ...]], account_id: str, more: Iterable[date]) -> tuple[date, ...]:
    return (*found.get(account_id, ()), *more)
