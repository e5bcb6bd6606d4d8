"""Proposing the same appointment to many people, for instance an information meeting, and cancelling it for all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from clicnjob import policy
from clicnjob.cohort import permissions
from clicnjob.cohort.many.reach import Reach, TickedPeople, ticked_people
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support import appointments
from clicnjob.cohort.support.agenda import hours_overlap
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.french.appointments import hours_shown
from clicnjob.models import Account, Actor, Appointment


def appointment_reach(
    session: Session,
    *,
    by: Actor,
    account_ids: Collection[str],
    plan: AppointmentPlan,
    today: date,
    now: datetime,
) -> Reach:
    """Return to whom it would be proposed; a warning names what the person has at the same time. Three queries.

    Raises what `ticked_people` raises.
    """
    ticked = ticked_people(session, by=by, account_ids=account_ids, today=today)
    return ticked.sorted_reach(
        left_out=_people_fully_booked(session, ticked, today=today, now=now),
        warnings=_people_busy_then(session, ticked, plan),
    )


def propose_to_many(
    session: Session,
    *,
    by: Actor,
    account_ids: Collection[str],
    plan: AppointmentPlan,
    shown: str,
    today: date,
    now: datetime,
) -> int:
    """Propose it to all whom the screen showed; `now` is by what it is undone. Returns how many.

    It answers no request for an appointment, since nobody's own half-days were looked at. Raises what `appointment_reach`,
    `Reach.check_shown` and `appointments.checked_plan` raise.
    """
    checked = appointments.checked_plan(plan, today=today, now=now)
    reach = appointment_reach(session, by=by, account_ids=account_ids, plan=plan, today=today, now=now)
    reach.check_shown(shown)
    session.add_all(
        Appointment(
            account_id=account_id, by_id=by.id, words=checked.words, day=checked.day, start=checked.start,
            minutes=checked.minutes, kind=checked.kind, place=checked.place, at=now,
        )
        for account_id in reach.ids
    )  # fmt: skip
    refreshing.mark_people_outdated(session, account_ids=reach.ids)
    return len(reach.ids)


def withdraw_from_many(session: Session, *, by: Actor, at: datetime, today: date, now: datetime) -> int:
    """Cancel what one proposed at that instant, within a day, where nothing came of it; who had accepted is told.

    Returns how many.
    """
    if now - at > policy.UNDO_WITHIN:
        return 0
    readable = select(Account.id).where(permissions.may_be_read(by, today=today))
    own = (Appointment.by_id == by.id, Appointment.at == at, col(Appointment.account_id).in_(readable))
    still_open = (col(Appointment.withdrawn_at).is_(None), Appointment.outcome == "")
    found = session.exec(select(Appointment).where(*own, *still_open)).all()
    for one in found:
        one.withdrawn_at = now
    refreshing.mark_people_outdated(session, account_ids=[one.account_id for one in found])
    return len(found)


def _people_fully_booked(session: Session, ticked: TickedPeople, *, today: date, now: datetime) -> dict[str, str]:
    """Return who has as many appointments as one can have, counted as for a single one."""
    coming = and_(col(Appointment.withdrawn_at).is_(None), col(Appointment.day) >= today)
    counted = or_(coming, col(Appointment.at) > now - timedelta(days=1))
    query = select(Appointment.account_id).where(col(Appointment.account_id).in_(ticked.ids), counted)
    query = query.group_by(col(Appointment.account_id)).having(func.count() >= policy.APPOINTMENTS_AT_MOST)
    return dict.fromkeys(session.exec(query), "déjà beaucoup de rendez-vous prévus")


def _people_busy_then(session: Session, ticked: TickedPeople, plan: AppointmentPlan) -> dict[str, str]:
    query = select(Appointment).where(
        col(Appointment.account_id).in_(ticked.ids), Appointment.day == plan.day,
        col(Appointment.withdrawn_at).is_(None), col(Appointment.accepted).is_not(False),
    )  # fmt: skip
    return {
        one.account_id: f"a déjà un rendez-vous, {hours_shown(one.start, one.minutes)}"
        for one in session.exec(query.order_by(col(Appointment.start).desc()))
        if one.start is not None and hours_overlap(one.start, one.minutes, plan.start, plan.minutes)
    }
