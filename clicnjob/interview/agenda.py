"""Writes an interview as an iCalendar file; nothing else imports icalendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

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
    event = Event()
    event.add("uid", f"{day.id}@clicnjob")
    event.add("dtstamp", now)
    event.add("dtstart", start)
    event.add("dtend", start + _LASTS)
    event.add("summary", f"Entretien – {day.employer}" if day.employer else "Entretien")
    if day.place:
        event.add("location", day.place)
    leaving = days.leaving_plan(day)
    if leaving:
        event.add("description", f"Pars à {shown_hour(leaving.at.time())}.")
        event.add_component(_reminder_alarm(leaving.at - start, "C’est l’heure de partir."))
    evening = start.replace(hour=_EVENING_BEFORE, minute=0) - timedelta(days=1)
    event.add_component(_reminder_alarm(evening - start, "Demain, c’est ton entretien. Prépare tes papiers."))
    calendar = Calendar()
    calendar.add("prodid", "-//ClicNJob//Jour J//FR")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _reminder_alarm(before: timedelta, said: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    alarm.add("trigger", before)
    return alarm
