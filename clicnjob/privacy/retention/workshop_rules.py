"""The retention rules of group sessions: what is deleted, and what stays for the yearly report."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, update
from sqlmodel import Session, col, select

from clicnjob import policy, workshop_policy
from clicnjob.french import days
from clicnjob.models import (
    Account,
    Attendance,
    GroupAnswer,
    PlannedWorkshop,
    Workshop,
    WorkshopEvent,
    WorkshopParticipant,
    WorkshopSeat,
)
from clicnjob.privacy.retention.rows import delete_rows


def forget_past_plans(session: Session, now: datetime) -> int:
    """Delete the sessions to come whose day is long past."""
    return delete_rows(
        session, PlannedWorkshop, col(PlannedWorkshop.day) <= days.local_day(now - workshop_policy.PAST_PLANNED_KEPT)
    )


def purge_workshops(session: Session, now: datetime) -> int:
    """Delete old group sessions with their attendance, except that of frozen files; keep its date as last contact."""
    old = col(Workshop.began_at) <= now - policy.WORKSHOPS_KEPT
    theirs = (col(Attendance.account_id) == col(Account.id), col(Workshop.id) == col(Attendance.workshop_id), old)
    came = select(func.max(Workshop.began_at)).where(*theirs).correlate(Account).scalar_subquery()
    session.exec(update(Account).where(came > col(Account.seen_at)).values(seen_at=came))
    frozen = exists(select(Account.id).where(Account.id == Attendance.account_id, col(Account.frozen_at).is_not(None)))
    delete_rows(session, Attendance, col(Attendance.workshop_id).in_(select(Workshop.id).where(old)), ~frozen)
    kept = exists(select(Attendance.account_id).where(Attendance.workshop_id == Workshop.id))
    return delete_rows(session, Workshop, old, ~kept)


def purge_live_workshops(session: Session, now: datetime) -> int:
    """Delete who took part and what they did live; the session and its attendance stay for the yearly report."""
    old = select(Workshop.id).where(col(Workshop.began_at) <= now - policy.WORKSHOP_LIVE_KEPT)
    seats = delete_rows(session, WorkshopSeat, col(WorkshopSeat.workshop_id).in_(old))
    events = delete_rows(session, WorkshopEvent, col(WorkshopEvent.workshop_id).in_(old))
    return seats + events + delete_rows(session, WorkshopParticipant, col(WorkshopParticipant.workshop_id).in_(old))


def purge_answers(session: Session, now: datetime) -> int:
    """Delete the answers to group questions; how many people gave each stays in the question."""
    return delete_rows(session, GroupAnswer, col(GroupAnswer.answered_at) <= now - policy.GROUP_ANSWERS_KEPT)
