"""Reads the dates that other tools and people write: ISO, French or English months, years as numbers, a period in one field."""

from __future__ import annotations

from datetime import date

import regex

from clicnjob import text
from clicnjob.cv.exchange.foreign_row import ForeignRow
from clicnjob.cv.model import periods
from clicnjob.cv.model.profile import Period
from clicnjob.errors import Refusal
from clicnjob.french.dates import MONTHS, EndBeforeStart, month_shown

_PRESENT = frozenset(
    ("present", "now", "current", "currently", "ongoing", "today", "aujourd'hui", "en cours", "a ce jour")
)
_PRESENT |= {"actuel", "actuelle", "actuellement", "maintenant", "ce jour", "jusqu'a present", "jusqu'a aujourd'hui"}
_ISO = regex.compile(r"(?P<month>(?P<year>[0-9]{4})(-(?P<m>[0-9]{2}))?)(-(?P<d>[0-9]{2})([T ].*)?)?")
_ENGLISH = dict(
    zip(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
         "december"),
        MONTHS,
        strict=True,
    )
)  # fmt: skip
_SHORT = {
    "feb": "février", "mar": "mars", "apr": "avril", "jun": "juin", "jul": "juillet", "aug": "août", "present": "présent",
    "current": "présent", "now": "présent", "today": "présent", "to": "à", "until": "à", "since": "depuis",
    "from": "de", "summer": "été", "spring": "printemps", "winter": "hiver", "fall": "automne", "autumn": "automne",
}  # fmt: skip
_WORD = regex.compile(r"\p{L}+")
_DASH = regex.compile(r"\s*[–—−→]\s*")


def read_period(row: ForeignRow, *, today: date | None = None) -> Period:
    """Return the period of a row, from « startDate » and « endDate » or from « period » or « date ».

    A date that cannot be read is left out and noted; the other one is kept.
    """
    whole = row.text_line("period", "date", name="les dates")
    start = row.text_line("startDate", "start", name="la date de début") or ("" if row.data.get("endDate") else whole)
    end = row.text_line("endDate", "end", name="la date de fin")
    fields = bool(row.data.get("startDate"))
    if text.fold_text(start) in _PRESENT:
        row.leave_out("la date de début", start)
        start = ""
    ongoing = text.fold_text(end) in _PRESENT
    first = _date_or_nothing(row, "la date de début" if fields else "les dates", start, today)
    last = _date_or_nothing(row, "la date de fin", "" if ongoing else end, today)
    if last == Period():  # the tools leave the end empty while something lasts
        if not fields and not end:
            return lone_month(first)
        lasts = bool(fields and first.start and not end and not first.words)
        return first.model_copy(update={"ongoing": first.ongoing or ongoing or lasts})
    if not first.start:
        return last.model_copy(update={"start": "", "end": last.end or last.start, "ongoing": False})
    return _joined_period(row, first, last, written=end)


def lone_month(said: Period) -> Period:
    """Return the period that a single date on a CV means: a month alone is that month, not the start of what lasts."""
    whole = "-" in said.start and not (said.end or said.ongoing or said.words)
    return said.model_copy(update={"end": said.start}) if whole else said


def date_in_french(written: str) -> str:
    """Return a date with English words in French: « March 2020 - Present » becomes « mars 2020 - présent »."""

    def word(found: regex.Match[str]) -> str:
        folded = text.fold_text(found[0])
        return _ENGLISH.get(folded) or _SHORT.get(folded) or found[0]

    return _DASH.sub(" - ", _WORD.sub(word, written))


def _date_or_nothing(row: ForeignRow, name: str, written: str, today: date | None) -> Period:
    if not written:
        return Period()
    if found := _ISO.fullmatch(written):
        if _day_exists(int(found["year"]), int(found["m"] or 1), int(found["d"] or 1)):
            return Period(start=found["month"])
        row.leave_out(name, written, "Cette date n’existe pas.")
        return Period()
    try:
        return periods.typed_period(date_in_french(written), today=today)
    except Refusal:
        row.leave_out(name, written, "Exemples\u00a0: mars 2023, 03/2023, 2023.")
        return Period()


def _joined_period(row: ForeignRow, first: Period, last: Period, *, written: str) -> Period:
    end = last.end or last.start
    said = min(len(first.start), len(end))
    if end[:said] < first.start[:said]:
        row.leave_out("la date de fin", written, EndBeforeStart.sentence)
        return Period(start=first.start, words=first.words)
    if first.words or last.words:
        words = " – ".join((first.words or month_shown(first.start), last.words or month_shown(end)))
        return Period(start=first.start, end=end, words=words)
    if first.start == end and "-" not in end:
        return Period(start=first.start)
    return Period(start=first.start, end=end)


def _day_exists(year: int, month: int, day_of: int) -> bool:
    try:
        return 1900 <= date(year, month, day_of).year < 2100
    except ValueError:
        return False
