"""Reads one date as people type it (« 5 mars 2006 », « 03/2023 », « été 2022 ») with the precision they gave."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

import regex

from clicnjob import policy, text
from clicnjob.errors import Refusal

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_NUMBERS = {text.fold_text(name): number for number, name in enumerate(MONTHS, start=1)}
_SHORT = {"janv": 1, "jan": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7}
_SHORT |= {"sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
# The last month of each season, used only to sort periods.
_SEASONS = {"hiver": 2, "paques": 4, "printemps": 5, "ete": 8}
_SEASONS |= {"rentree": 9, "toussaint": 11, "automne": 11, "noel": 12}


class UnknownDate(Refusal):
    """Raised when a text is not understood as a date; the sentence helps with examples."""

    sentence = "On n’a pas compris la date. Exemples : mars 2023, 03/2023, 2023, été 2022."


class UnknownDay(UnknownDate):
    """Raised when a full date is needed but day, month or year is missing."""

    sentence = "On n’a pas compris la date. Exemple : 5 mars 2006, ou 05/03/2006."


class NoSuchDate(Refusal):
    """Raised for a well-formed date that is not in the calendar."""

    sentence = "Cette date n’existe pas. Il faut vérifier le jour et le mois."


class NoSuchYear(Refusal):
    """Raised for a year that a young person cannot have lived in or planned for."""

    def __init__(self, last: int) -> None:
        super().__init__(f"L’année doit être entre {policy.OLDEST_YEAR} et {last}.")


class EndBeforeStart(Refusal):
    """Raised when a period ends before it starts."""

    sentence = "La fin est avant le début. Il faut peut-être échanger les deux dates."


class Point(NamedTuple):
    """A date with the precision typed: `month` and `calendar_day` are 0 if unknown, `words` is set for a date in words."""

    year: int
    month: int = 0
    day: int = 0
    words: str = ""
    last: int = 0  # the last year that `words` names

    def kept_text(self) -> str:
        """Return the form stored in a profile: "YYYY" or "YYYY-MM"."""
        return f"{self.year}-{self.month:02}" if self.month else f"{self.year}"


def calendar_day(typed: str, *, today: date | None = None) -> date:
    """Return the calendar day typed. Raises UnknownDay, NoSuchDate, NoSuchYear, or a refusal of `text`."""
    found = date_point(plain_date_text(text.clean_line(typed)), today or date.today())
    if found is None or not found.day:
        raise UnknownDay
    return date(found.year, found.month, found.day)


def month_shown(kept: str) -> str:
    """Format "2023-03" as « mars 2023 », "2023" as « 2023 », and '' as ''."""
    year, _, month = kept.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else year


def plain_date_text(typed: str) -> str:
    """Return the text folded, with ASCII digits and without the small words around a date."""
    bare = text.fold_text(text.usual_digits(typed)).strip(" .,")
    bare = regex.sub(r"^(le|en|au|du|des|depuis|de|d')\s*(?=[\d\p{L}])(?<=\s|')", "", bare)
    return regex.sub(r"^(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+", "", bare)


_SIGN = r"\s*(?P<s>[-/. ])\s*"  # the separator must be the same twice: « 05-06/2023 » is two months, not a day
_SAME = r"\s*(?P=s)\s*"
_FORMS = tuple(
    regex.compile(form)
    for form in (
        r"(?P<y>\d{4})",
        rf"(?P<y>\d{{4}}){_SIGN}(?P<m>\d{{1,2}})({_SAME}(?P<d>\d{{1,2}}))?",
        rf"(?P<m>\d{{1,2}}){_SIGN}(?P<y>\d{{4}})",
        rf"(?P<d>\d{{1,2}}){_SIGN}(?P<m>\d{{1,2}}){_SAME}(?P<y>\d{{4}}|\d{{2}})",
        rf"(?P<m>\d{{1,2}}){_SIGN}(?P<y>[1-9]\d)",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})",
        r"((?P<d>\d{1,2})\s*(er)?\s*[-/ ]?\s*)?(?P<w>\p{L}{3,})\.?\s*[-/ ]?\s*(de\s+)?(?P<y>\d{4}|\d{2})",
    )
)


def date_point(plain: str, today: date) -> Point | None:
    """Return the date of a text from `plain_date_text`, or None if it is no date. Raises NoSuchDate, NoSuchYear."""
    for form in _FORMS:
        if found := form.fullmatch(plain):
            said = found.groupdict()
            month = _month_number(said["w"]) if said.get("w") else int(said.get("m") or 0)
            if month is None or _is_ambiguous(said, month):
                return None
            return _checked_point(said["y"], month, said.get("d"), said.get("m") is not None, today)
    return None


def _is_ambiguous(said: dict[str, str | None], month: int) -> bool:
    """Tell whether a date has two readings: « 03/04 » is 3 April or March 2004, « 2021-22 » may be two years."""
    year, written = said["y"] or "", said.get("m")
    short = len(year) == 2 and written is not None and said.get("d") is None
    return (short and int(year) <= 12) or (len(year) == 4 and said.get("d") is None and month == int(year[2:]) + 1 > 12)


def _checked_point(year: str | None, month: int, day_of: str | None, numeric: bool, today: date) -> Point:
    number, last = int(year or 0), today.year + policy.YEARS_AHEAD
    if year and len(year) == 2:
        number += 2000 if 2000 + number <= last else 1900
    if (numeric and not 1 <= month <= 12) or (day_of and not _day_exists(number, month, int(day_of))):
        raise NoSuchDate
    if not policy.OLDEST_YEAR <= number <= last:
        raise NoSuchYear(last)
    return Point(number, month, int(day_of or 0))


def _day_exists(year: int, month: int, day_of: int) -> bool:
    try:
        date(year or 1, month, day_of)
    except ValueError:
        return False
    return True


def _month_number(word: str | None) -> int | None:
    """Return the month that a word names, even with a typo, or None."""
    if not word or word in _SEASONS:
        return None
    if number := _NUMBERS.get(word) or _SHORT.get(word):
        return number
    near = get_close_matches(word, _NUMBERS, n=1, cutoff=0.75) if len(word) > 3 else []
    return _NUMBERS[near[0]] if near else None


def point_or_words(typed: str, today: date) -> Point:
    """Return a date, or words that name a year. Raises UnknownDate, NoSuchYear, EndBeforeStart, NoSuchDate."""
    if found := date_point(plain_date_text(typed), today):
        return found
    years = [int(year) for year in regex.findall(r"(?<!\d)\d{4}(?!\d)", text.usual_digits(typed))]
    if not years or not regex.search(r"\p{L}{3}|\b[Mm]i\b", typed):
        raise UnknownDate
    last = today.year + policy.YEARS_AHEAD
    if not all(policy.OLDEST_YEAR <= year <= last for year in years):
        raise NoSuchYear(last)
    if years[-1] < years[0]:
        raise EndBeforeStart
    return Point(years[0], words=typed, last=years[-1])


_COUNTS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "dix": 10}
_LENGTH = regex.compile(
    r"(?P<many>\d{1,2}|\p{L}+)\s*(?P<unit>ans?|annees?|mois|semaines?|jours?)(?P<half>\s+et\s+demie?)?"
)


def length_ago(plain: str, today: date) -> Point | None:
    """Return when « 2 ans » or « six mois » before today was: a year or a month, as precise as what was said, or None."""
    found = _LENGTH.fullmatch(plain)
    if not found:
        return None
    count = _COUNTS.get(found["many"]) or (int(found["many"]) if found["many"].isdecimal() else 0)
    half = 1 if found["half"] else 0
    years = found["unit"].startswith("an")
    months = {"m": count, "s": count // 4, "j": count // 30}.get(found["unit"][0], 12 * count + 6 * half)
    at = today.year * 12 + today.month - 1 - months
    if not count or at // 12 < policy.OLDEST_YEAR:
        return None
    return Point(at // 12, 0 if years and not half else at % 12 + 1)


def month_number_in(words: str) -> int:
    """Return the last month that a period in words reaches (« été 2022 » → 8), or 12 if no word names one."""
    known = _NUMBERS | _SHORT | _SEASONS
    return max((known[word] for word in regex.findall(r"\p{L}+", text.fold_text(words)) if word in known), default=12)
