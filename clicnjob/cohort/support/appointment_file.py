"""One appointment as an iCalendar file, for the young person or for a professional who follows them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from clicnjob.cohort import permissions
from clicnjob.cohort.support import appointments
from clicnjob.cohort.support.comments import SOMEBODY
from clicnjob.errors import NotFound
from clicnjob.french import calendar_file, days
from clicnjob.french.appointments import KINDS
from clicnjob.french.calendar_file import CalendarEvent, Reminder
from clicnjob.models import Account, Actor, Appointment

NAME = "rendez-vous.ics"
_REMINDERS = (
    Reminder(timedelta(days=-1), "Rendez-vous demain."),
    Reminder(timedelta(hours=-1), "Rendez-vous dans une heure."),
)


def appointment_file(session: Session, *, of: Actor, appointment_id: str, now: datetime) -> bytes:
    """Return the file: hour, place, and the first name of the other one; never the words.

    Raises NotFound, also when it is cancelled, has no hour, or is neither the actor's nor of somebody they follow.
    """
    kept = session.get(Appointment, appointment_id)
    if kept is None or kept.withdrawn_at is not None or kept.start is None:
        raise NotFound
    if kept.account_id == of.id:
        other = session.get(Account, kept.by_id)
    else:
        today = days.local_day(now)
        other = permissions.followed_person(session, by=of, account_id=kept.account_id, today=today)
    event = CalendarEvent(
        uid=f"{kept.id}@clicnjob",
        start=appointments.start_instant(kept.day, kept.start),
        lasts=timedelta(minutes=kept.minutes or 0),
        summary=f"Rendez-vous avec {other.first_name if other else SOMEBODY}",
        place=kept.place or KINDS.get(kept.kind, ""),
        reminders=_REMINDERS,
    )
    return calendar_file.event_file(event, part="Rendez-vous", now=now)
