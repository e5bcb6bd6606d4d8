"""Finds the period that a line of a CV names, as people and other tools write it."""

from __future__ import annotations

from typing import NamedTuple

import regex

from clicnjob import policy
from clicnjob.cv.exchange.foreign_dates import date_in_french, lone_month
from clicnjob.cv.model import periods
from clicnjob.cv.model.profile import Period
from clicnjob.errors import Refusal

_MONTH = (
    r"(?:janv(?:ier)?|f[ée]vr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t|sept?(?:embre)?|oct(?:obre)?"
    r"|nov(?:embre)?|d[ée]c(?:embre)?|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|jan|feb|apr|jun|jul|aug|[ée]t[ée]|hiver|printemps|automne|rentr[ée]e)\.?"
)
_YEAR = r"(?:19[89]|20[0-4])\d"
_DATE = (
    rf"(?:(?:\d{{1,2}}(?:er)?\s+)?{_MONTH}\s*(?:de\s+)?{_YEAR}|(?:mi|d[ée]but|fin)[- ]{_YEAR}"
    rf"|(?:\d{{1,2}}\s?[/.-]\s?)?\d{{1,2}}\s?[/.-]\s?{_YEAR}|{_YEAR}|\d{{2}}/\d{{2}}(?![\d/]))"
)
_HALF = rf"(?:\d{{1,2}}(?:er)?\s+{_MONTH}|{_MONTH}|\d{{1,2}}(?:er)?)"
_NOW = r"(?:aujourd['’]hui|(?:à\s+)?pr[ée]sent|(?:à\s+)?ce jour|maintenant|en cours|actuellement|nos jours|now|current)"
_TO = r"\s*(?:[-–—−>→/]|à|a|au|et|jusqu['’](?:à|au|en)|to)\s*"
_PERIOD = regex.compile(
    rf"(?<![\p{{L}}\d/.+@-])(?:"
    rf"(?:(?:de|du|d['’]|depuis|entre|from)\s*)?(?:le\s+)?(?:{_DATE}|{_HALF}){_TO}(?:le\s+|la\s+)?(?:{_DATE}|{_NOW})"
    rf"|(?:depuis|since)\s+(?:le\s+|l['’])?(?:{_DATE}|\d{{1,2}}\s+(?:ans?|mois))"
    rf"|(?:en\s+)?{_DATE}(?:\s*[-–(]\s*en cours\)?)?"
    rf")(?![\p{{L}}\d/@])",
    regex.IGNORECASE,
)
_NOT_A_PERIOD = regex.compile(
    r"\b(n[ée]e?s?\s+(le|en)|naissance|mis[e]?\s+[àa]\s+jour|imprim[ée]|siret|windows|office|word|excel|page)\b",
    regex.IGNORECASE,
)
_COUNTED = regex.compile(r"\s\p{Ll}{3,}")  # after a bare number: « 2000 colis »
_AROUND = " \t\u00a0,;:|•·-–—[]"
_PERIOD_LENGTH = 60
_OPEN_ENDED = regex.compile(rf"(?:{_DATE}|{_HALF}){_TO}$|^(?:de|du|depuis)$", regex.IGNORECASE)
_STARTS_DATED = regex.compile(rf"(?:{_DATE}|{_NOW})(?![\p{{L}}\d])", regex.IGNORECASE)
_LENGTH = regex.compile(
    r"\(?\b(?:durée\s*:?\s*)?\d{1,2}\s+(?:mois|semaines?|jours?|ans?|h(?:eures)?)\b\)?", regex.IGNORECASE
)


class DatedLine(NamedTuple):
    """The period of a line, and the words before and after it."""

    period: Period
    before: str
    after: str


def dated_line(line: str) -> DatedLine | None:
    """Return the first period of the line, or None: also for a birth date, and for a year that dates no activity."""
    if _NOT_A_PERIOD.search(line):
        return None
    for found in _PERIOD.finditer(line):
        number = (
            found[0].isdecimal()
            and _COUNTED.match(line[found.end() :])
            and line[: found.start()].rstrip()[-1:].islower()
        )
        if not number and (period := _period_of(found[0])):
            before, after = line[: found.start()].rstrip(_AROUND + "("), line[found.end() :].lstrip(_AROUND + ")")
            return DatedLine(period, before.strip(_AROUND), _rest_after_length(after))
    return None


def is_cut_date(line: str, following: str) -> bool:
    """Whether a narrow column cut a period between these two lines: « De mars 2023 à », then « juin 2024 »."""
    if len(line) > policy.LINE_LENGTH or not _STARTS_DATED.match(following.strip()):
        return False
    joined = f"{line.strip()} {following.strip()}"
    whole = len(joined) <= _PERIOD_LENGTH and _PERIOD.fullmatch(joined) and not _PERIOD.fullmatch(line.strip())
    return bool(_OPEN_ENDED.search(line.strip()) or whole)


def _rest_after_length(after: str) -> str:
    return (
        _LENGTH.sub("", after, count=1).strip(_AROUND) if _LENGTH.match(after.strip(_AROUND)) else after.strip(_AROUND)
    )


def _period_of(written: str) -> Period | None:
    said = regex.sub(r"\s*(?:[→>]|\bto\b)\s*", " - ", written)
    said = regex.sub(r"(?<=\d)\s?([/.-])\s?(?=\d{4})", r"\1", said) if regex.search(r"\d\s?[/.]\s?\d", said) else said
    said = regex.sub(r"[- (]+en cours\)?$", " - en cours", said.strip())
    said = regex.sub(r"^en\s+", "", said)
    try:
        found = periods.typed_period(date_in_french(said).replace(" - à présent", " - présent"))
    except Refusal:
        return None
    return lone_month(found) if found.start else None
