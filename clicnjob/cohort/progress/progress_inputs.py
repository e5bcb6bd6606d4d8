"""Reads the inputs of `Progress` (works, visits, cards, messages) of many people in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from clicnjob.french import days
from clicnjob.models import (
    Appointment,
    AppointmentRequest,
    Attendance,
    Card,
    Comment,
    ContactNote,
    Handover,
    HelpAsked,
    NextStep,
    Progress,
    SignIn,
    ThreadMessage,
    Work,
    WorkKind,
    Workshop,
)


@dataclass
class ProgressInputs:
    """The inputs of one person's `Progress`, besides their account."""

    works: list[tuple[WorkKind, dict[str, Any]]] = field(default_factory=list)
    changed_at: datetime | None = None
    cv_changed_at: datetime | None = None
    attended_at: datetime | None = None
    visits: list[datetime] = field(default_factory=list)
    activated_at: datetime | None = None
    card_at: datetime | None = None
    help: HelpAsked | None = None
    comment_waits_at: datetime | None = None
    answer_at: datetime | None = None
    declined_at: datetime | None = None
    step_done_at: datetime | None = None
    remind_on: date | None = None
    message_at: datetime | None = None
    appointment_asked_at: datetime | None = None
    loan: Handover | None = None


def inputs_by_person(session: Session, ids: Sequence[str], *, today: date) -> dict[str, ProgressInputs]:
    """Read the inputs of these people's `Progress`. Twelve queries."""
    seen: dict[str, ProgressInputs] = defaultdict(ProgressInputs)
    for work in session.exec(
        _rows_of_people(Work, ids).where(col(Work.deleted_at).is_(None)).order_by(Work.created_at, Work.id)
    ):
        one = seen[work.account_id]
        one.works.append((work.kind, work.body))
        one.changed_at = days.latest_moment(one.changed_at, work.changed_at)
        if work.kind in (WorkKind.PROFILE, WorkKind.CV):
            one.cv_changed_at = days.latest_moment(one.cv_changed_at, work.changed_at)
    for account_id, at in _new_visits(session, ids):
        seen[account_id].visits.append(at)
    for account_id, at in session.execute(_latest_attendances(ids)):
        seen[account_id].attended_at = at
    for card in session.exec(_rows_of_people(Card, ids).order_by(Card.created_at, Card.id)):
        one = seen[card.account_id]
        one.activated_at = min((at for at in (one.activated_at, card.pin_chosen_at) if at), default=None)
        one.card_at = card.created_at if card.voided_at is None else one.card_at
    for asked in session.exec(
        _rows_of_people(HelpAsked, ids).where(col(HelpAsked.settled_at).is_(None)).order_by(HelpAsked.at)
    ):
        seen[asked.account_id].help = asked
    for comment in session.exec(
        _rows_of_people(Comment, ids).where(col(Comment.removed_at).is_(None)).order_by(Comment.at)
    ):
        _add_comment(seen[comment.account_id], comment)
    _add_activity(session, seen, ids, today=today)
    return seen


def _add_comment(one: ProgressInputs, comment: Comment) -> None:
    if comment.answered_at is None and comment.settled_at is None:
        one.comment_waits_at = one.comment_waits_at or comment.at
    elif comment.answered_at is not None and comment.read_at is None:
        one.answer_at = days.latest_moment(one.answer_at, comment.answered_at)


def _add_activity(session: Session, seen: dict[str, ProgressInputs], ids: Sequence[str], *, today: date) -> None:
    refused = _rows_of_people(Appointment, ids).where(
        col(Appointment.accepted).is_(False),
        col(Appointment.seen_at).is_(None),
        col(Appointment.withdrawn_at).is_(None),
    )
    for one in session.exec(refused.order_by(Appointment.at)):
        seen[one.account_id].declined_at = days.latest_moment(seen[one.account_id].declined_at, one.answered_at)
    waiting = _rows_of_people(AppointmentRequest, ids).where(col(AppointmentRequest.settled_at).is_(None))
    for asked in session.exec(waiting):
        seen[asked.account_id].appointment_asked_at = asked.at
    done = _rows_of_people(NextStep, ids).where(
        col(NextStep.done_at).is_not(None), col(NextStep.seen_at).is_(None), col(NextStep.withdrawn_at).is_(None)
    )
    for step in session.exec(done.order_by(NextStep.at)):
        seen[step.account_id].step_done_at = days.latest_moment(seen[step.account_id].step_done_at, step.done_at)
    contacts = _rows_of_people(ContactNote, ids).where(col(ContactNote.undone_at).is_(None))
    for contact in session.exec(contacts.order_by(ContactNote.at, ContactNote.id)):
        seen[contact.account_id].remind_on = contact.remind_on  # the latest contact decides
    unread = (col(ThreadMessage.read_at).is_(None), col(ThreadMessage.removed_at).is_(None))
    written = _rows_of_people(ThreadMessage, ids).where(*unread, ThreadMessage.by_id == ThreadMessage.account_id)
    for message in session.exec(written.order_by(ThreadMessage.at)):
        seen[message.account_id].message_at = message.at
    lent = _rows_of_people(Handover, ids).where(col(Handover.until) >= today, col(Handover.ended_at).is_(None))
    for handed in session.exec(lent.order_by(Handover.at)):
        seen[handed.account_id].loan = handed


def _rows_of_people(table: Any, ids: Sequence[str]) -> Any:
    return select(table).where(col(table.account_id).in_(ids))


def _latest_attendances(ids: Sequence[str]) -> Any:
    """Select when the latest group session of each person began."""
    columns: Any = (Attendance.account_id, func.max(col(Workshop.began_at)))
    query = sqlalchemy.select(*columns).join(Workshop, col(Workshop.id) == col(Attendance.workshop_id))
    return query.where(col(Attendance.account_id).in_(ids)).group_by(col(Attendance.account_id))


def _new_visits(session: Session, ids: Sequence[str]) -> Iterator[tuple[str, datetime]]:
    """Yield the sign-ins not counted yet. The count stays when retention deletes them later."""
    query = (
        select(SignIn.account_id, SignIn.started_at)
        .outerjoin(Progress, col(Progress.account_id) == col(SignIn.account_id))
        .where(
            col(SignIn.account_id).in_(ids),
            or_(col(Progress.last_visit_at).is_(None), col(SignIn.started_at) > col(Progress.last_visit_at)),
        )
    )
    yield from session.exec(query.order_by(col(SignIn.started_at), col(SignIn.id)))
