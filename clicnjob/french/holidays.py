"""The public holidays of France, for what must not be done on them.

The server does not know where its people are. So a day that is a holiday somewhere in France (Alsace-Moselle, overseas)
counts as one everywhere. Source: code du travail, L3133-1, L3134-13, L3422-2.
"""

from __future__ import annotations

from datetime import date, timedelta

_FIXED = (
    (1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25),
    (12, 26),  # Alsace-Moselle
    (4, 27), (5, 22), (5, 27), (5, 28), (6, 10), (10, 9), (12, 20),  # the end of slavery, overseas
)  # fmt: skip
_FROM_EASTER = (-2, 1, 39, 50)  # Good Friday (Alsace-Moselle), Easter Monday, Ascension, Whit Monday
_SUNDAY = 6


def is_holiday(day: date) -> bool:
    """Whether this is a public holiday somewhere in France."""
    moving = {easter_sunday(day.year) + timedelta(days=number) for number in _FROM_EASTER}
    return (day.month, day.day) in _FIXED or day in moving


def is_rest_day(day: date) -> bool:
    """Whether this is a Sunday or a public holiday."""
    return day.weekday() == _SUNDAY or is_holiday(day)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar. Source: « anonymous » algorithm, Nature, 20 April 1876."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
