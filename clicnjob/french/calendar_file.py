"""Writes events as iCalendar files (RFC 5545); nothing else imports icalendar, which escapes, folds and ends lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event


@dataclass(frozen=True, slots=True)
class Reminder:
    """An alarm: how long from the start (negative is before), and what it says."""

    from_start: timedelta
    words: str


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event. `start` with a zone is written in UTC; without one, it follows the clock of the reader's place."""

    uid: str
    start: datetime
    lasts: timedelta
    summary: str
    place: str = ""
    description: str = ""
    reminders: Sequence[Reminder] = ()


def event_file(one: CalendarEvent, *, part: str, now: datetime) -> bytes:
    """Return the file; `part` names the part of ClicNJob that made it, `now` is the instant of making, in UTC."""
    return _calendar_bytes([one], part=part, now=now)


def calendar_feed(events: Sequence[CalendarEvent], *, part: str, name: str, now: datetime) -> bytes:
    """Return a calendar that programs fetch again and again, under this name; the same events give the same bytes."""
    usual = {"method": "PUBLISH", "x-wr-calname": name, "name": name, "x-published-ttl": "PT1H"}
    return _calendar_bytes(events, part=part, now=now, more=usual)


def _calendar_bytes(
    events: Sequence[CalendarEvent], *, part: str, now: datetime, more: Mapping[str, str] | None = None
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//ClicNJob//{part}//FR")
    calendar.add("version", "2.0")
    for key, value in (more or {}).items():
        calendar.add(key, value)
    for one in events:
        calendar.add_component(_ical_event(one, now=now))
    return bytes(calendar.to_ical())


def _ical_event(one: CalendarEvent, *, now: datetime) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", now)
    event.add("dtstart", one.start)
    event.add("dtend", one.start + one.lasts)
    event.add("summary", one.summary)
    if one.place:
        event.add("location", one.place)
    if one.description:
        event.add("description", one.description)
    for reminder in one.reminders:
        event.add_component(_reminder_alarm(reminder))
    return event


def _reminder_alarm(one: Reminder) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.words)
    alarm.add("trigger", one.from_start)
    return alarm
