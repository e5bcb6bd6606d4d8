"""Keeps `Progress` up to date: only for people whose inputs changed, and never while they act themselves."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime

import sqlalchemy
from sqlalchemy import ColumnElement, and_, exists, or_, true, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from clicnjob import text
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import activity, alert_silences, alerts
from clicnjob.cohort.progress.activity import SETTLED
from clicnjob.cohort.progress.alerts import StoredAlerts
from clicnjob.cohort.progress.progress_inputs import ProgressInputs, inputs_by_person
from clicnjob.cohort.progress.stages import ProgressState, progress_from_work
from clicnjob.french import days
from clicnjob.models import (
    Account,
    Actor,
    Card,
    ConsentTo,
    Progress,
    Role,
    Sharing,
    Work,
)
from clicnjob.privacy import sharing
from clicnjob.privacy.sharing import NOTHING, SharedChoices

_LOG = logging.getLogger(__name__)
_AT_ONCE = 200
_WRITTEN_AT_ONCE = 1_000
_NAME_KEY = 1000


def bring_up_to_date(session: Session, *, of: Actor, now: datetime) -> int:
    """Refresh the actor's own cohort where work or time changed something. Returns how many rows.

    Raises follow.FollowsNobody.
    """
    today = days.local_day(now)
    changed = refresh_progress(session, outdated_people(session, of=of, today=today), now=now)
    return changed + refresh_alerts(session, today=today, now=now, within=permissions.visible_progress(of, today=today))


def is_due(session: Session, *, of: Actor, now: datetime) -> bool:
    """Whether `bring_up_to_date` has anything to do. Two read-only queries."""
    today = days.local_day(now)
    if outdated_people(session, of=of, today=today, most=1):
        return True
    query = (
        select(Progress.account_id).where(permissions.visible_progress(of, today=today), _time_changed(today)).limit(1)
    )
    return session.exec(query).first() is not None


def sweep_progress(session: Session, *, now: datetime, most: int = 1_000) -> int:
    """Refresh whatever is due in every structure, at most `most` of each sort. The server calls it every minute."""
    today = days.local_day(now)
    changed = refresh_progress(session, outdated_people(session, today=today, most=most), now=now)
    return changed + refresh_alerts(session, today=today, now=now, most=most)


def mark_outdated(session: Session, *, account_id: str) -> None:
    """Mark a row for refresh before it is next shown, after a change that is not the person's own work."""
    if row := session.get(Progress, account_id):
        row.refreshed_at = None
    session.flush()


def mark_people_outdated(session: Session, *, account_ids: Sequence[str]) -> None:
    """Do `mark_outdated` for many people in one statement."""
    session.exec(update(Progress).where(col(Progress.account_id).in_(account_ids)).values(refreshed_at=None))
    session.flush()


def change_sharing(session: Session, *, by: Actor, what: ConsentTo, on: bool, now: datetime) -> None:
    """Share one thing with one's adviser, or stop; what was computed from it goes in the same transaction.

    Raises sharing.NobodyToShareWith.
    """
    sharing.switch_sharing(session, by=by, what=what, on=on, now=now)
    refresh_progress(session, [by.id], now=now)


def outdated_people(
    session: Session, *, today: date, of: Actor | None = None, account_id: str = "", most: int | None = None
) -> tuple[str, ...]:
    """Return the ids of young people (an actor's, or one) whose row is missing or out of date. One query."""
    query = (
        select(Account.id)
        .outerjoin(Progress, col(Progress.account_id) == col(Account.id))
        .outerjoin(Sharing, col(Sharing.account_id) == col(Account.id))
        .where(
            col(Account.role) == Role.YOUNG,
            col(Account.organisation_id).is_not(None),
            _accounts_of(of),
            _is_outdated(today),
        )
        .where(col(Account.id) == account_id if account_id else true())
        .order_by(Account.id)
        .limit(most)
    )
    return tuple(session.exec(query))


def refresh_progress(session: Session, account_ids: Sequence[str], *, now: datetime) -> int:
    """Recompute the rows of these people. Fifteen queries and one write for each two hundred people."""
    for start in range(0, len(account_ids), _AT_ONCE):
        some = account_ids[start : start + _AT_ONCE]
        try:
            with _undone_alone(session):
                _refresh_some(session, some, now=now)
        except (
            IntegrityError
        ):  # another transaction wrote the first rows of the same people meanwhile: now they are seen
            _refresh_some(session, some, now=now)
    return len(account_ids)


def refresh_alerts(
    session: Session,
    *,
    today: date,
    now: datetime,
    within: ColumnElement[bool] | None = None,
    most: int | None = None,
) -> int:
    """Recompute the alerts of rows that time alone changed. Returns how many.

    Rows are read as columns, and those of one result are written by one statement: twenty thousand objects, and as many
    updates, took most of the time. On PostgreSQL the rows are locked in one order first, so that two who do this at once
    wait for each other instead of crossing, and the second finds nothing left to do.
    """
    due = (_time_changed(today), true() if within is None else within)
    some = sqlalchemy.select(*alerts.judged_columns()).where(*due).order_by(col(Progress.account_id)).limit(most)
    rows = session.execute(some.with_for_update(key_share=True)).all()
    of_due = alert_silences.marked_people(select(Progress.account_id).where(*due))
    marked = frozenset(session.execute(of_due).scalars())
    by_place = {
        place: alerts.rule_numbers(session, organisation_id=place) for place in {row.organisation_id for row in rows}
    }
    changed: dict[StoredAlerts, list[str]] = {}
    for row in rows:
        found = alerts.judge_row(row, numbers=by_place[row.organisation_id], today=today)
        if found != (row.alerts, row.urgency, row.next_change_on):
            changed.setdefault(found, []).append(row.account_id)
    for found, account_ids in changed.items():
        _write_alerts(session, account_ids, found)
    of_marked = [row.account_id for row in rows if row.account_id in marked]
    for start in range(0, len(of_marked), _AT_ONCE):
        theirs = select(Progress).where(col(Progress.account_id).in_(of_marked[start : start + _AT_ONCE]))
        alert_silences.refresh_views(session, session.exec(theirs).all(), today=today, now=now)
    return len(rows)


def _write_alerts(session: Session, account_ids: Sequence[str], found: StoredAlerts) -> None:
    for start in range(0, len(account_ids), _WRITTEN_AT_ONCE):
        these = col(Progress.account_id).in_(account_ids[start : start + _WRITTEN_AT_ONCE])
        session.execute(update(Progress).where(these).values(found._asdict()))


def _time_changed(today: date) -> ColumnElement[bool]:
    return col(Progress.next_change_on) <= today


def _is_outdated(today: date) -> ColumnElement[bool]:
    """Select rows that are missing or older than their inputs."""
    seen = col(Progress.refreshed_at)
    changed = or_(col(Work.changed_at) > seen, col(Work.deleted_at) > seen)
    return or_(
        seen.is_(None),
        col(Account.seen_at) > seen,
        col(Sharing.changed_at) > seen,
        col(Progress.interview_on) < today,
        col(Account.organisation_id).is_distinct_from(col(Progress.organisation_id)),
        col(Account.adviser_id).is_distinct_from(col(Progress.adviser_id)),
        col(Account.archived_at).is_distinct_from(col(Progress.archived_at)),
        exists(select(Work.id).where(col(Work.account_id) == col(Account.id), changed)),
        exists(select(Card.id).where(col(Card.account_id) == col(Account.id), col(Card.created_at) > seen)),
    )


def _accounts_of(actor: Actor | None) -> ColumnElement[bool]:
    """Select the accounts of an actor's cohort, whether or not they have a row yet."""
    if actor is None:
        return true()
    if not permissions.may_follow(actor):
        raise permissions.FollowsNobody
    if permissions.may_see_all(actor):
        return col(Account.organisation_id) == actor.organisation_id
    here = permissions.in_place(col(Account.organisation_id), actor)
    lent = select(Progress.account_id).where(Progress.lent_to_id == actor.id)
    return and_(here, or_(col(Account.adviser_id) == actor.id, col(Account.id).in_(lent)))


def _refresh_some(session: Session, account_ids: Sequence[str], *, now: datetime) -> None:
    people = (
        select(Account, Progress, Sharing)
        .outerjoin(Progress, col(Progress.account_id) == col(Account.id))
        .outerjoin(Sharing, col(Sharing.account_id) == col(Account.id))
        .where(col(Account.id).in_(account_ids))
    )
    found = session.exec(people.order_by(Account.id)).all()
    today = days.local_day(now)
    seen = inputs_by_person(session, account_ids, today=today)
    activity.note_visits(session, ((account_id, at) for account_id, one in seen.items() for at in one.visits))
    by_place = {
        place: alerts.rule_numbers(session, organisation_id=place) for place in {a.organisation_id for a, _, _ in found}
    }
    rows = []
    for account, kept, shared in found:
        enrolled = days.local_day(account.created_at)
        row = kept or Progress(account_id=account.id, enrolled_on=enrolled)
        what = seen[account.id]
        came = bool(row.activated_at or what.activated_at)
        _copy_account(row, account, what, today=today)
        shows = sharing.choices_of_row(shared) if shared else NOTHING
        _write_row(row, what, _state_of(what, came=came, shared=shows, today=today))
        last = days.latest_moment(account.seen_at, what.changed_at, what.attended_at)
        row.last_activity_at = last if came else None
        found_alerts = alerts.judge_row(row, numbers=by_place[account.organisation_id], today=today)
        row.alerts, row.urgency, row.next_change_on = found_alerts
        row.refreshed_at = now - SETTLED
        session.add(row)
        rows.append(row)
    session.flush()
    alert_silences.refresh_views(session, rows, today=today, now=now)


def _undone_alone(session: Session) -> AbstractContextManager[object]:
    """Return a savepoint; nothing on SQLite, where no other transaction can write meanwhile."""
    return session.begin_nested() if session.get_bind().dialect.name == "postgresql" else nullcontext()


def _state_of(what: ProgressInputs, *, came: bool, shared: SharedChoices, today: date) -> ProgressState:
    """Return what the works say. One that cannot be read must not stop the rows of everybody else."""
    try:
        return progress_from_work(what.works, came=came, shared=shared, today=today)
    except ValueError:
        _LOG.warning("a work cannot be read")
        return progress_from_work((), came=came, shared=shared, today=today)


def _copy_account(row: Progress, account: Account, what: ProgressInputs, *, today: date) -> None:
    row.organisation_id, row.adviser_id, row.archived_at = (
        account.organisation_id,
        account.adviser_id,
        account.archived_at,
    )
    row.lent_to_id, row.lent_until = (what.loan.to_id, what.loan.until) if what.loan else (None, None)
    first, last = text.fold_text(account.first_name), text.fold_text(account.last_name)
    row.name_key = f"{last} {first}"[:_NAME_KEY]
    row.activated_at = row.activated_at or what.activated_at
    row.card_on = days.local_day(what.card_at)


def _write_row(row: Progress, what: ProgressInputs, now_at: ProgressState) -> None:
    row.stage, row.cv_state, row.missing = now_at.stage, now_at.cv_state, " ".join(now_at.missing)
    row.jobs_count, row.practice_count = now_at.jobs_count, now_at.practice_count
    sent = now_at.applications
    row.applications_count = sent.sent if sent else None
    row.last_application_on = sent.last_on if sent else None
    row.next_follow_up_on = sent.next_follow_up_on if sent else None
    row.interview_on = sent.interview_on if sent else None
    row.yes_on = sent.yes_on if sent else None
    if now_at.cv_state == "pret":
        row.cv_done_on = row.cv_done_on or days.local_day(what.cv_changed_at)
    _count_visits(row, what, now_at.step)
    row.help_at, row.help_word = (what.help.at, what.help.word) if what.help else (None, "")
    row.comment_waits_at, row.answer_at = what.comment_waits_at, what.answer_at
    row.declined_at, row.step_done_at = what.declined_at, what.step_done_at
    row.remind_on, row.message_at = what.remind_on, what.message_at
    row.appointment_asked_at = what.appointment_asked_at


def _count_visits(row: Progress, what: ProgressInputs, step: str) -> None:
    """Count the visits during which the CV stayed at the same question, including the one that reached it."""
    if step != row.step or not step:
        later = [at for at in what.visits if what.cv_changed_at and at > what.cv_changed_at]
        row.step, row.step_visits = step, (1 + len(later) if step else 0)
    else:
        row.step_visits += len(what.visits)
    row.visits += len(what.visits)
    row.last_visit_at = days.latest_moment(row.last_visit_at, *what.visits)
