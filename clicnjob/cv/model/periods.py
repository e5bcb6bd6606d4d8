"""Reads periods as people type them, in one field or two, with the precision of a month, and formats them in French."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import regex

from clicnjob import policy, text
from clicnjob.cv.model.profile import Period
from clicnjob.errors import Refusal
from clicnjob.french.dates import (
    EndBeforeStart,
    NoSuchYear,
    Point,
    date_point,
    length_ago,
    month_number_in,
    month_shown,
    plain_date_text,
    point_or_words,
)

_NOW = frozenset(("en cours", "aujourd'hui", "maintenant", "actuellement", "toujours", "present"))
_NOW |= {"a ce jour", "ce jour", "a present"}


class StartAhead(Refusal):
    """Raised when something done is dated in the future."""

    sentence = "Le début n’est pas encore arrivé. Écris une date déjà passée."


class EndAhead(Refusal):
    """Raised when something done is said to have ended in the future."""

    sentence = "La fin n’est pas encore arrivée. Coche « C’est encore en cours »."


class YearAhead(Refusal):
    """Raised when a permit or a certificate is dated in the future."""

    sentence = "Cette année n’est pas encore arrivée. Écris une année déjà passée."


class UnknownYear(Refusal):
    """Raised when a text names no year of four digits."""

    sentence = "Écris l’année avec quatre chiffres. Exemple : 2024."


class OngoingWithEnd(Refusal):
    """Raised when a period is ticked as ongoing but has an end."""

    sentence = "« En cours » est coché et il y a une fin. Il faut garder un seul des deux."


def typed_period(start: str, end: str = "", *, ongoing: bool = False, today: date | None = None) -> Period:
    """Return the period typed in one or two fields.

    A year alone is that whole year. A start month alone is that month.
    Raises UnknownDate, NoSuchDate,
    NoSuchYear, EndBeforeStart, OngoingWithEnd, or a refusal of `text`.
    """
    today = today or date.today()
    first, last = text.clean_line(start), text.clean_line(end)
    if not last:
        first, last = _split_typed(first, today)
    if text.fold_text(last) in _NOW:
        ongoing, last = True, ""
    if ongoing and last:
        raise OngoingWithEnd
    begun = point_or_words(first, today) if first else None
    over = point_or_words(last, today) if last else None
    return _checked_period(begun, over, ongoing)


def past_period(start: str, end: str = "", *, ongoing: bool, today: date, study: bool = False) -> Period:
    """Return the typed period of something already begun, as `typed_period` does.

    The end of a study may lie ahead; its only date, if it lies ahead, is its end. Raises StartAhead or EndAhead too.
    """
    found = typed_period(start, end, ongoing=ongoing, today=today)
    if study and not found.end and not found.words and _is_ahead(found.start, today):
        return Period(end=found.start, ongoing=found.ongoing)
    if _is_ahead(found.start, today):
        raise StartAhead
    if not study and _is_ahead(found.end, today):
        raise EndAhead
    return found


def checked_year(typed: str, *, today: date, ahead: bool = False) -> str:
    """Return a text that names a year, cleaned; only with `ahead` may it be a coming one.

    Raises UnknownYear, YearAhead, NoSuchYear, or a refusal of `text`.
    """
    said = text.clean_line(typed)
    years = [int(year) for year in regex.findall(r"(?<!\d)\d{4}(?!\d)", text.usual_digits(said))]
    last = today.year + policy.CERTIFICATE_YEARS_AHEAD
    if said and not years:
        raise UnknownYear
    if any(year > today.year for year in years) and not ahead:
        raise YearAhead
    if not all(policy.OLDEST_YEAR <= year <= last for year in years):
        raise NoSuchYear(last)
    return said


def lacks_end(kept: Period) -> bool:
    """Tell whether a period begins in a known month and says neither its end nor that it is ongoing."""
    return "-" in kept.start and not kept.end and not kept.words and not kept.ongoing


def is_open(kept: Period) -> bool:
    """Tell whether a period is ongoing. Only the person can say so: a missing end says nothing."""
    return kept.ongoing


def period_text(kept: Period) -> str:
    """Format a period for the page: « de juillet à août 2023 », « depuis mars 2024 », « été 2022 »."""
    if kept.words:
        return f"{kept.words} – en cours" if kept.ongoing else kept.words
    if is_open(kept):
        return f"depuis {month_shown(kept.start)}" if kept.start else "en cours"
    if not kept.start:
        return f"jusqu’en {month_shown(kept.end)}" if kept.end else ""
    if not kept.end or kept.end == kept.start:
        return month_shown(kept.start)
    return _stretch_text(kept.start, kept.end)


def ends_shown(kept: Period) -> tuple[str, str]:
    """Return the texts for the two fields that give the same period when they are typed again."""
    if kept.words:
        return kept.words, ""
    return month_shown(kept.start), month_shown(kept.end)


def sort_key(kept: Period) -> tuple[int, int, int]:
    """Return a key that sorts the newest first, ongoing periods before them, and undated ones last."""
    begun = _month_number(kept.start, month=1) if kept.start else 0
    over = _month_number(kept.end or kept.start, month=month_number_in(kept.words)) if kept.end or kept.start else 0
    if is_open(kept):
        return (0, 0, -begun)
    return (1 if over else 2, -over, -begun)


def length_in_months(kept: Period, *, today: date | None = None) -> int | None:
    """Return the number of months, both ends included, or None if a month is unknown."""
    today = today or date.today()
    end = f"{today.year}-{today.month:02}" if is_open(kept) else kept.end
    if kept.words or "-" not in kept.start or "-" not in end:
        return None
    count = _month_number(end) - _month_number(kept.start) + 1
    return count if count > 0 else None


def uncovered_periods(kept: Iterable[Period], *, today: date, least: int = 6) -> tuple[Period, ...]:
    """Return the uncovered periods of at least `least` whole months, from the first date to today."""
    present = today.year * 12 + today.month - 1
    covered = sorted(_covered_months(each, present) for each in kept if each.start)
    found: list[Period] = []
    free = covered[0][0] if covered else present
    for begun, over in (*covered, (present, present)):
        begun = min(begun, present)
        if begun - free >= least:
            still = begun == present
            found.append(Period(start=_month_text(free), end="" if still else _month_text(begun - 1), ongoing=still))
        free = max(free, over + 1)
    return tuple(found)


def _is_ahead(kept: str, today: date) -> bool:
    """Tell whether a stored date is later than today, as far as its precision tells."""
    return kept > f"{today.year}-{today.month:02}"[: len(kept)]


def _covered_months(kept: Period, present: int) -> tuple[int, int]:
    """Return the first and the last month that a period covers. A missing end may be anywhere: no gap is claimed."""
    last = (
        max(present, _month_number(kept.start))
        if is_open(kept) or lacks_end(kept)
        else _month_number(kept.end or kept.start, month=12)
    )
    return _month_number(kept.start, month=1), last


def _month_number(kept: str, *, month: int = 1) -> int:
    """Return the months since year 0; `month` is used when only the year is known."""
    year, _, said = kept.partition("-")
    return int(year) * 12 + int(said or month) - 1


def _month_text(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02}"


def _stretch_text(start: str, end: str) -> str:
    first, last = month_shown(start), month_shown(end)
    if "-" in start and start[:4] == end[:4]:
        first = first.removesuffix(f" {start[:4]}")
    return f"{'d’' if first[0] in 'ao' else 'de '}{first} à {last}"


def _checked_period(begun: Point | None, over: Point | None, ongoing: bool) -> Period:
    if begun and over:
        _check_order(begun, over)
    said = [each for each in (begun, over) if each]
    if any(each.words for each in said):
        years = [year for each in said for year in (each.year, each.last or each.year)]
        last = "" if years[0] == years[-1] else str(years[-1])
        words = " – ".join(each.words or month_shown(each.kept_text()) for each in said)
        return Period(start=str(years[0]), end=last, ongoing=ongoing, words=words)
    start, end = begun.kept_text() if begun else "", over.kept_text() if over else ""
    if start == end and "-" not in end:
        end = ""
    return Period(start=start, end=end, ongoing=ongoing)


def _check_order(begun: Point, over: Point) -> None:
    """Raise EndBeforeStart, comparing only what both dates say: « 2023 » does not contradict « mars 2023 »."""
    for first, last in zip(begun[:3], over[:3], strict=True):
        if not first or not last or first < last:
            return
        if first > last:
            raise EndBeforeStart


def _split_typed(typed: str, today: date) -> tuple[str, str]:
    """Return the two ends of a period typed in one field, or the whole text and ''."""
    folded = text.fold_text(text.usual_digits(typed)).strip(" .,")
    since = regex.match(r"depuis\s+(?:le\s+|l')?(.+)", folded)
    if since and (date_point(plain_date_text(since[1]), today) or since[1].startswith("mi-")):
        return since[1], "en cours"
    if since and (begun := length_ago(since[1], today)):
        return begun.kept_text(), "en cours"
    if date_point(plain_date_text(folded), today):
        return typed, ""
    bare = regex.sub(r"^(du|de|entre|d')(\s+|(?<='))", "", folded)
    for mark in regex.finditer(r"\s+(?:a|au|jusqu'a|jusqu'en|jusqu'au|et)\s+|\s*[-/]\s*", bare):
        left, right = bare[: mark.start()], bare[mark.end() :]
        ends = _both_ends(left, right, today)
        if ends:
            return ends
    return typed, ""


def _both_ends(left: str, right: str, today: date) -> tuple[str, str] | None:
    """Return both ends, the first completed (« juillet » gets the year of « août 2023 »), or None if not two dates."""
    if regex.fullmatch(r"\d{4}", left) and regex.fullmatch(r"\d{2}", right):
        right = left[:2] + right
    if right in _NOW:
        return (left, "en cours") if date_point(plain_date_text(left), today) else None
    over = date_point(plain_date_text(right), today)
    if over is None:
        return None
    for begun in (left, *_possible_completions(left, over)):
        if date_point(plain_date_text(begun), today):
            return begun, right
    return None


def _possible_completions(left: str, over: Point) -> tuple[str, ...]:
    if regex.fullmatch(r"\d{1,2}", left):
        return (f"{left}/{over.month}/{over.year}",) if over.day else (f"{left}/{over.year}",)
    return (f"{left} {over.year}",)
