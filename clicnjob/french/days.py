"""Formats days in French: « il y a 3 jours », « depuis hier », « dans 2 jours », « 3 mars »."""

from __future__ import annotations

import os
import time
from datetime import date, datetime
from typing import TypeVar, overload

D = TypeVar("D", date, datetime)
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def use_french_time() -> None:
    """Set this process's time zone to Europe/Paris when the machine has none of its own (UTC and no TZ).

    A zone that is configured is kept: an installation may be in Indian/Reunion.
    """
    if "TZ" not in os.environ and time.tzname == ("UTC", "UTC") and hasattr(time, "tzset"):
        os.environ["TZ"] = "Europe/Paris"
        time.tzset()


def latest_moment(*moments: D | None) -> D | None:
    """Return the latest moment, ignoring None; None when there is none."""
    return max((at for at in moments if at is not None), default=None)


@overload
def local_day(at: datetime | date) -> date: ...


@overload
def local_day(at: None) -> None: ...


def local_day(at: datetime | date | None) -> date | None:
    """Return the day of an instant in the server's time zone; a date is returned as it is."""
    return at.astimezone().date() if isinstance(at, datetime) else at


def days_ago(then: date, *, today: date) -> str:
    """Format a past day: « aujourd’hui », « hier », « il y a 3 jours »."""
    count = (today - then).days
    return {0: "aujourd’hui", 1: "hier"}.get(count, f"il y a {length_in_words(count)}")


def days_since(then: date, *, today: date) -> str:
    """Format a start in the past: « depuis aujourd’hui », « depuis hier », « depuis 3 jours »."""
    count = (today - then).days
    return {0: "depuis aujourd’hui", 1: "depuis hier"}.get(count, f"depuis {length_in_words(count)}")


def days_until(then: date, *, today: date) -> str:
    """Format a day to come: « aujourd’hui », « demain », « dans 3 jours »."""
    count = (then - today).days
    return {0: "aujourd’hui", 1: "demain"}.get(count, f"dans {length_in_words(count)}")


def length_in_words(count: int) -> str:
    """Format a number of days: in days below 60, then in months, then in years."""
    if count < 60:
        return f"{count} jours" if count > 1 else f"{count} jour"
    months = count // 30
    return f"{months} mois" if months < 24 else f"{months // 12} ans"


def shown_day(then: date, *, today: date) -> str:
    """Format a date as « 3 mars » or « 1er mars », with the year when it is not that of `today`."""
    first = "1er" if then.day == 1 else str(then.day)
    year = f" {then.year}" if then.year != today.year else ""
    return f"{first} {MONTHS[then.month - 1]}{year}"
