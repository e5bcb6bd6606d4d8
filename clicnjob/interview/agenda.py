"""Writes an interview as an iCalendar file."""

from __future__ import annotations

from datetime import datetime, timedelta

from clicnjob.french import calendar_file
from clicnjob.french.calendar_file import CalendarEvent, Reminder
from clicnjob.french.moments import shown_hour
from clicnjob.interview import days
from clicnjob.interview.notebook import InterviewDay

_LASTS = timedelta(hours=1)
_EVENING_BEFORE = 20


def event_file(day: InterviewDay, *, now: datetime) -> bytes | None:
    """Return the interview as an .ics file, or None until its day and hour are known.

    It has one reminder the evening before and one when it is time to leave. Times have no zone: they follow the clock
    of the place where the interview is.
    """
    start = days.interview_start(day)
    if start is None:
        return None
    leaving = days.leaving_plan(day)
    evening = start.replace(hour=_EVENING_BEFORE, minute=0) - timedelta(days=1)
    reminders = [Reminder(leaving.at - start, "C’est l’heure de partir.")] if leaving else []
    reminders.append(Reminder(evening - start, "Demain, c’est ton entretien. Prépare tes papiers."))
    event = CalendarEvent(
        uid=f"{day.id}@clicnjob",
        start=start,
        lasts=_LASTS,
        summary=f"Entretien – {day.employer}" if day.employer else "Entretien",
        place=day.place,
        description=f"Pars à {shown_hour(leaving.at.time())}." if leaving else "",
        reminders=reminders,
    )
    return calendar_file.event_file(event, part="Jour J", now=now)
