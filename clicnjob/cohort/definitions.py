"""What each figure about young people means, once for « Mes jeunes », « Chiffres », their exports and the printed report.

* A day is that of the place (`french.days.local_day`). A week goes from Monday to Sunday, a quarter is one of the calendar.
* **Active** on a day: signed in, saved work of a kind that they show, or attended a finished group session.
* **Followed** in a period: enrolled by its last day, and their support not ended before its first.
* **Entry**: enrolled in the period. **Exit**: the support ended in the period and was not reopened, by its reason.
* **First CV**: the first day on which the CV was ready. **Applications** and **practice**: those dated in the period, of the
  people who show them. **Sessions** are counted once, **attendances** once for each person, their minutes likewise.
* **Work** is the measured time of the kinds that a person shows: what the lines for i-milo are made from, to be checked.

The counts of weeks, days, lists and advisers are `count_facts` of the same facts, so that they cannot differ.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import ColumnElement, and_, case, func
from sqlmodel import col

from clicnjob import policy
from clicnjob.models import Progress

ACTIVITIES: dict[str, str] = {
    "semaine": "7 derniers jours",
    "mois": "8 à 30 jours",
    "avant": "Plus de 30 jours",
    "jamais": "Jamais connecté",
}
_RECENT, _MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class FigurePeriod:
    """The days from `start` to `end`, both included."""

    start: date
    end: date

    def __contains__(self, day: date | None) -> bool:
        """Whether a day is in it; no day is in none."""
        return day is not None and self.start <= day <= self.end

    def each_week(self) -> Iterator[FigurePeriod]:
        """Yield its weeks from Monday to Sunday, the first and the last cut at its ends."""
        monday = self.start - timedelta(days=self.start.weekday())
        while monday <= self.end:
            yield FigurePeriod(max(monday, self.start), min(monday + timedelta(days=6), self.end))
            monday += timedelta(days=7)

    def each_day(self) -> Iterator[FigurePeriod]:
        """Yield each of its days."""
        for number in range((self.end - self.start).days + 1):
            day = self.start + timedelta(days=number)
            yield FigurePeriod(day, day)


def quarter_of(day: date) -> FigurePeriod:
    """Return the calendar quarter of a day."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return FigurePeriod(first, after - timedelta(days=1))


def month_of(day: date) -> FigurePeriod:
    """Return the calendar month of a day."""
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return FigurePeriod(day.replace(day=1), after - timedelta(days=1))


def activity_bucket(today: date) -> ColumnElement[str]:
    """Classify the last activity of `Progress` as a key of ACTIVITIES."""
    in_week, in_month = _active_since(today)
    return case(
        (col(Progress.activated_at).is_(None), "jamais"), (in_week, "semaine"), (in_month, "mois"), else_="avant"
    )


def activity_totals(today: date) -> tuple[ColumnElement[int], ...]:
    """Select the four totals that `people_by_activity` reads: to group by `activity_bucket` sorts every row of `Progress`."""
    came = col(Progress.activated_at)
    sums = (func.sum(case((and_(came.is_not(None), since), 1), else_=0)) for since in _active_since(today))
    return func.count(col(Progress.account_id)), func.count(came), *(func.coalesce(one, 0) for one in sums)


def people_by_activity(people: int, came: int, in_week: int, in_month: int) -> dict[str, int]:
    """Return the people of each key of ACTIVITIES, from the totals of `activity_totals`."""
    return {"semaine": in_week, "mois": in_month - in_week, "avant": came - in_month, "jamais": people - came}


def _active_since(today: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    last = col(Progress.last_activity_at)
    return last >= _midnight_of(today - _RECENT), last >= _midnight_of(today - _MONTH)


def recent_days(today: date) -> FigurePeriod:
    """Return the days that « 7 derniers jours » covers."""
    return FigurePeriod(today - _RECENT, today)


@dataclass(frozen=True, slots=True)
class AttendedSession:
    """A finished group session that a person attended."""

    workshop_id: str
    on: date
    minutes: int


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is counted of one person: days and numbers, no content, and nothing that they do not show.

    `work` are the measured seconds by day. `visible_days` are those of sign-ins and of work that is shown.
    """

    id: str
    adviser_id: str | None
    enrolled_on: date
    came: bool
    stage: str
    first_cv_on: date | None = None
    ended_on: date | None = None
    ended_why: str = ""
    visible_days: frozenset[date] = frozenset()
    work: Mapping[date, int] = field(default_factory=dict)
    sessions: tuple[AttendedSession, ...] = ()
    applications: tuple[date, ...] = ()
    practices: tuple[date, ...] = ()

    def active_days(self) -> frozenset[date]:
        """Return the days on which they were active."""
        return self.visible_days | {one.on for one in self.sessions}

    def was_followed(self, period: FigurePeriod) -> bool:
        """Whether they were followed on a day of the period."""
        return self.enrolled_on <= period.end and (self.ended_on is None or self.ended_on >= period.start)


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """The figures of a period. Minutes are whole; `attendances` count each person at each session."""

    people: int = 0
    entries: int = 0
    exits: int = 0
    active: int = 0
    first_cvs: int = 0
    applications: int = 0
    practices: int = 0
    sessions: int = 0
    attendances: int = 0
    session_minutes: int = 0
    work_minutes: int = 0


_COUNTED = (
    "people",
    "entries",
    "exits",
    "active",
    "first_cvs",
    "applications",
    "practices",
    "attendances",
    "session_minutes",
)


def count_facts(facts: Iterable[PersonFacts], period: FigurePeriod) -> PeriodCounts:
    """Count what these people did in a period."""
    return count_parts(facts, (period,))[0]


def count_parts(facts: Iterable[PersonFacts], parts: Sequence[FigurePeriod]) -> tuple[PeriodCounts, ...]:
    """Count each part of a period, in order and without overlap. The only place where a figure is counted."""
    tallies = [Counter[str]() for _ in parts]
    sessions: list[set[str]] = [set() for _ in parts]
    starts, ends = [part.start for part in parts], [part.end for part in parts]
    for one in facts:
        first = bisect_left(ends, one.enrolled_on)
        last = len(parts) if one.ended_on is None else bisect_right(starts, one.ended_on)
        for tally in tallies[first:last]:
            tally["people"] += 1
        _count_events(one, range(first, last), tallies, sessions, starts, ends)
    return tuple(
        PeriodCounts(
            **{name: tally[name] for name in _COUNTED},
            sessions=len(held),
            work_minutes=tally["work_seconds"] // 60,
        )
        for tally, held in zip(tallies, sessions, strict=True)
    )


def _count_events(
    one: PersonFacts,
    followed: range,
    tallies: Sequence[Counter[str]],
    sessions: Sequence[set[str]],
    starts: Sequence[date],
    ends: Sequence[date],
) -> None:
    """Add what one person did to the parts in which they were followed."""

    def part_of(day: date | None) -> int | None:
        place = bisect_right(starts, day) - 1 if day else -1
        return place if place in followed and day is not None and day <= ends[place] else None

    def add(name: str, day: date | None, count: int = 1) -> None:
        if (place := part_of(day)) is not None:
            tallies[place][name] += count

    add("entries", one.enrolled_on)
    add("exits", one.ended_on)
    add("first_cvs", one.first_cv_on)
    for day in one.applications:
        add("applications", day)
    for day in one.practices:
        add("practices", day)
    for day, seconds in one.work.items():
        add("work_seconds", day, seconds)
    for held in one.sessions:
        add("attendances", held.on)
        add("session_minutes", held.on, held.minutes)
        if (place := part_of(held.on)) is not None:
            sessions[place].add(held.workshop_id)
    for place in {part_of(day) for day in one.active_days()} - {None}:
        tallies[place]["active"] += 1  # type: ignore[index]


def exits_by_reason(facts: Iterable[PersonFacts], period: FigurePeriod) -> dict[str, int]:
    """Count the exits of a period by the key of their reason, most frequent first."""
    counts: dict[str, int] = {}
    for one in facts:
        if one.was_followed(period) and one.ended_on in period:
            counts[one.ended_why] = counts.get(one.ended_why, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def days_to_first_cv(facts: Iterable[PersonFacts], period: FigurePeriod) -> int | None:
    """Return the median of days from enrolment to a first CV finished in the period; None for too few to say."""
    waits = [
        (one.first_cv_on - one.enrolled_on).days
        for one in facts
        if one.was_followed(period) and one.first_cv_on is not None and one.first_cv_on in period
    ]
    return round(median(waits)) if len(waits) >= policy.LEAST_COUNT else None


def _midnight_of(on: date) -> datetime:
    return datetime(on.year, on.month, on.day).astimezone()
