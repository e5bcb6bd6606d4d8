"""« Le jour J »: the interviews that a person keeps, when to leave for them, and what comes after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from clicnjob import policy
from clicnjob.errors import Refusal
from clicnjob.interview.notebook import Day, Notebook, Result, Way

WAYS: dict[Way, tuple[str, str, int]] = {  # its picture, its words, the minutes that it may lose on the way
    "pied": ("🚶", "À pied", 5),
    "velo": ("🚲", "À vélo", 5),
    "deux_roues": ("🛵", "Scooter ou moto", 5),
    "bus": ("🚌", "Bus, métro, tram", 15),
    "train": ("🚆", "Train", 20),
    "voiture": ("🚗", "Voiture", 15),
}
_OTHER_MARGIN = 10
RESULTS: dict[Result, tuple[str, str]] = {
    "attente": ("J’attends la réponse", "C’est normal d’attendre. Tu peux rappeler après une semaine."),
    "oui": ("C’est oui", "Bravo\u00a0! Dis-le à ceux qui t’aident."),
    "non": ("C’est non", "Ce n’est pas toi qu’on refuse. Chaque entretien t’apprend quelque chose."),
}


class TooManyDays(Refusal):
    """A list that stays readable."""

    sentence = "Tu gardes déjà 20 entretiens. Efface un ancien entretien, puis recommence."


@dataclass(frozen=True, slots=True)
class Leaving:
    """When to leave: the instant, and the minutes kept in hand besides the `early` ones at the door."""

    at: datetime
    margin: int
    early: int


def add(book: Notebook, day: Day) -> None:
    """Keep a new interview. Raises TooManyDays."""
    if len(book.days) >= policy.INTERVIEWS_AT_MOST:
        raise TooManyDays
    book.days.append(day)


def remove(book: Notebook, day_id: str) -> None:
    """Erase an interview; the history keeps it."""
    book.days = [day for day in book.days if day.id != day_id]


def begins(day: Day) -> datetime | None:
    """The day and hour of the interview, as said: no zone, since it is the clock of the place. None until both are."""
    on, at = on_day(day), at_hour(day)
    return datetime.combine(on, at) if on and at else None


def on_day(day: Day) -> date | None:
    """The day of an interview."""
    return date.fromisoformat(day.date) if day.date else None


def at_hour(day: Day) -> time | None:
    """The hour of an interview."""
    return time.fromisoformat(day.time) if day.time else None


def leaving(day: Day) -> Leaving | None:
    """When to leave, or None until the day, the hour and the length of the way are known."""
    start = begins(day)
    if start is None or day.minutes is None:
        return None
    margin = WAYS[day.way][2] if day.way in WAYS else _OTHER_MARGIN
    return Leaving(start - timedelta(minutes=day.minutes + margin + policy.EARLY_MINUTES), margin, policy.EARLY_MINUTES)


def in_order(book: Notebook, *, today: date) -> tuple[Day, ...]:
    """Those to come, the nearest first; then those without a day; then the past ones, the latest first."""

    def rank(day: Day) -> tuple[int, int]:
        on = on_day(day)
        if on is None:
            return (1, 0)
        return (0, on.toordinal()) if on >= today else (2, -on.toordinal())

    return tuple(sorted(book.days, key=rank))


def is_past(day: Day, *, now: datetime) -> bool:
    """Whether the interview has begun: what comes after it is then shown first. `now` is the local clock."""
    start, on = begins(day), on_day(day)
    return start <= now if start else bool(on and on < now.date())


def next_day(book: Notebook, *, today: date) -> Day | None:
    """The nearest interview to come, if any."""
    first = next(iter(in_order(book, today=today)), None)
    on = on_day(first) if first else None
    return first if on and on >= today else None


def upcoming(bodies: Mapping[str, Mapping[str, Any]], *, today: date) -> dict[str, date]:
    """The day of the nearest interview to come for each person who has one: from the bodies of their works."""
    found = ((person, next_day(Notebook.model_validate(body), today=today)) for person, body in bodies.items())
    return {person: on for person, day in found if day and (on := on_day(day))}


def ready(day: Day, papers: Sequence[str], questions: Sequence[str]) -> tuple[int, int]:
    """How many papers and questions offered are ticked; lines that no longer exist are not counted."""
    return len(set(day.papers) & set(papers)), len(set(day.questions) & set(questions))


def name(day: Day) -> str:
    """How an interview is called in a list."""
    return day.employer or "Mon entretien"


def thanks(parts: Sequence[str]) -> str:
    """The parts of a thank-you message, as paragraphs."""
    return "\n\n".join(part for part in parts if part)
