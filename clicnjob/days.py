"""Days as advisers say them: « il y a 3 jours », « depuis hier », « dans 2 jours », « 3 mars »."""

from __future__ import annotations

import os
import time
from datetime import date, datetime
from typing import TypeVar

D = TypeVar("D", date, datetime)
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def settle() -> None:
    """From now on, in this process, days and hours are those of France where the server's clock only knows UTC.

    A server that knows where it stands (the variable TZ, or the machine's own zone) is believed: Indian/Reunion, for one.
    """
    if "TZ" not in os.environ and time.tzname == ("UTC", "UTC") and hasattr(time, "tzset"):
        os.environ["TZ"] = "Europe/Paris"
        time.tzset()


def latest(*moments: D | None) -> D | None:
    """The last of those that happened, if any did."""
    return max((at for at in moments if at is not None), default=None)


def day(at: datetime | date | None) -> date | None:
    """The day of an instant where the server stands; a day stays itself."""
    return at.astimezone().date() if isinstance(at, datetime) else at


def ago(then: date, *, today: date) -> str:
    """« aujourd’hui », « hier », « il y a 3 jours »."""
    count = (today - then).days
    return {0: "aujourd’hui", 1: "hier"}.get(count, f"il y a {lasting(count)}")


def since(then: date, *, today: date) -> str:
    """« depuis aujourd’hui », « depuis hier », « depuis 3 jours »."""
    count = (today - then).days
    return {0: "depuis aujourd’hui", 1: "depuis hier"}.get(count, f"depuis {lasting(count)}")


def until(then: date, *, today: date) -> str:
    """« aujourd’hui », « demain », « dans 3 jours »."""
    count = (then - today).days
    return {0: "aujourd’hui", 1: "demain"}.get(count, f"dans {lasting(count)}")


def lasting(count: int) -> str:
    """A number of days as one says it: exact up to a month, then in months."""
    if count < 60:
        return f"{count} jours" if count > 1 else f"{count} jour"
    months = count // 30
    return f"{months} mois" if months < 24 else f"{months // 12} ans"


def shown(then: date, *, today: date) -> str:
    """« 3 mars », with the year when it is another one; « 1er » for the first of a month."""
    first = "1er" if then.day == 1 else str(then.day)
    year = f" {then.year}" if then.year != today.year else ""
    return f"{first} {MONTHS[then.month - 1]}{year}"
