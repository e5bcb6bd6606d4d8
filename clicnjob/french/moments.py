"""Reads days and hours as people type them in French, and formats them: « mardi 12 mai », « 14 h 30 »."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from clicnjob.errors import Refusal
from clicnjob.text import fold_text

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_FOLDED_MONTHS = tuple(fold_text(month) for month in MONTHS)
_NEAR = {"aujourd'hui": 0, "demain": 1, "apres-demain": 2, "apres demain": 2}
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{4}|\d{2}))?")
_WORDS = re.compile(r"(\d{1,2})(?:er)?\s*(?:de\s+)?([a-z]{3,9})\.?(?:\s+(\d{4}))?")
_ALONE = re.compile(r"(?:le\s+)?(\d{1,2})(?:er)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_HOUR = re.compile(r"(?:a\s+)?(\d{1,2})\s*(?:h(?:eures?)?|:|\.)?\s*(\d{2})?(?:\s*(?:min|mn)?)?\s*(et quart|et demie?)?")
_HALVES = {"": 0, "et quart": 15, "et demi": 30, "et demie": 30}
_DAWN = 6
_LONG_AGO = timedelta(days=300)  # « 12 mai » typed more than 65 days after it means next year’s


class UnclearDay(Refusal):
    """Raised when a text is not understood as a day."""

    sentence = "Je n’ai pas compris le jour. Écris par exemple\u00a0: 12 mai."


class UnclearHour(Refusal):
    """Raised when a text is not understood as an hour."""

    sentence = "Je n’ai pas compris l’heure. Écris par exemple\u00a0: 14h30."


def typed_day(typed: str, *, today: date) -> date:
    """Return the day meant by « demain », « lundi », « 12 mai », « 12/05 », « le 12 ».

    Without a year, it is the next such day, or a recent one. Raises UnclearDay.
    """
    said = fold_text(typed).strip(" .")
    named, rest = _without_weekday(said)
    if rest in _NEAR:
        return today + timedelta(days=_NEAR[rest])
    if named is not None and not rest:
        return today + timedelta(days=(named - today.weekday() - 1) % 7 + 1)
    try:
        return _written_day(rest, today)
    except ValueError:
        raise UnclearDay from None


def typed_hour(typed: str) -> time:
    """Return the hour meant by « 14h30 », « 9 h », « 14:30 », « midi ».

    Interviews do not take place at night, so « 2 h » is read as 14:00. « 05:00 » is not: whoever writes the zero counts to
    24. Raises UnclearHour.
    """
    said = fold_text(typed).strip(" .")
    for word, number in (("midi", "12h"), ("minuit", "0h")):
        said = said.replace(word, number)
    found = _HOUR.fullmatch(said)
    if found is None:
        raise UnclearHour
    minutes = int(found[2] or 0) + _HALVES[found[3] or ""]
    try:
        said_hour = int(found[1])
        afternoon = 1 <= said_hour < _DAWN and not found[1].startswith("0")
        return time(said_hour + 12 if afternoon else said_hour, minutes)
    except ValueError:
        raise UnclearHour from None


def shown_day(on: date) -> str:
    """Format a day as « mardi 12 mai 2026 »."""
    number = "1er" if on.day == 1 else str(on.day)
    return f"{DAYS[on.weekday()]} {number} {MONTHS[on.month - 1]} {on.year}"


def shown_hour(at: time) -> str:
    """Format an hour as « 14 h 30 », with no-break spaces."""
    return f"{at.hour}\u00a0h\u00a0{at.minute:02}" if at.minute else f"{at.hour}\u00a0h"


def in_days(on: date, *, today: date) -> str:
    """Format a distance in days: « aujourd’hui », « demain », « dans 3 jours », « il y a 2 jours »."""
    left = (on - today).days
    near = {0: "aujourd’hui", 1: "demain", -1: "hier"}
    return near.get(left) or (f"dans {left} jours" if left > 0 else f"il y a {-left} jours")


def _without_weekday(said: str) -> tuple[int | None, str]:
    words = said.removeprefix("le ").split()
    for number, name in enumerate(DAYS):
        if words and words[0] == name:
            return number, " ".join(word for word in words[1:] if word != "prochain")
    return None, said


def _written_day(said: str, today: date) -> date:
    """Parse a numeric or written date. Raises ValueError when it is no existing day."""
    if found := _ISO.fullmatch(said):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(said.removeprefix("le ")):
        year = found[3] and (found[3] if len(found[3]) == 4 else f"20{found[3]}")
        return _dated_day(int(found[1]), int(found[2]), year, today)
    if found := _WORDS.fullmatch(said.removeprefix("le ")):
        return _dated_day(int(found[1]), _month_of(found[2]), found[3], today)
    if found := _ALONE.fullmatch(said):
        wanted = int(found[1])
        month, year = (today.month, today.year) if wanted >= today.day else (today.month % 12 + 1, None)
        return _dated_day(wanted, month, str(year) if year else None, today)
    raise ValueError(said)


def _month_of(said: str) -> int:
    """Return the one month that begins with « sept » or « fev ». « jui » is ambiguous. Raises ValueError."""
    found = [n for n, month in enumerate(_FOLDED_MONTHS, 1) if month.startswith(said) or said == month]
    if len(found) != 1:
        raise ValueError(said)
    return found[0]


def _dated_day(number: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, number)
    this_year = date(today.year, month, number)
    return date(today.year + 1, month, number) if today - this_year > timedelta(days=365) - _LONG_AGO else this_year
