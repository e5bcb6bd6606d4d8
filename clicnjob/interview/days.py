"""Keeps a person's interviews (« le jour J »): their order, when to leave for them, and what comes after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from clicnjob import policy
from clicnjob.errors import Refusal
from clicnjob.french.days import local_day
from clicnjob.interview.notebook import InterviewDay, Notebook, Result, Way

WAYS: dict[Way, tuple[str, str, int]] = {  # icon, label, minutes that the trip may lose on the way
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
    """Raised beyond `policy.INTERVIEWS_AT_MOST`, so that the list stays readable."""

    sentence = "Tu gardes déjà 20 entretiens. Efface un ancien entretien, puis recommence."


@dataclass(frozen=True, slots=True)
class LeavingPlan:
    """When to leave. `margin` is the minutes allowed for delays, `early` the minutes to arrive before the interview."""

    at: datetime
    margin: int
    early: int


def add_day(book: Notebook, day: InterviewDay) -> None:
    """Add an interview. Raises TooManyDays."""
    if len(book.days) >= policy.INTERVIEWS_AT_MOST:
        raise TooManyDays
    book.days.append(day)


def remove_day(book: Notebook, day_id: str) -> None:
    """Remove an interview; the history of the notebook still has it."""
    book.days = [day for day in book.days if day.id != day_id]


def interview_start(day: InterviewDay) -> datetime | None:
    """Return the start of the interview, or None until both day and hour are known.

    It has no zone: it follows the local clock.
    """
    on, at = on_day(day), at_hour(day)
    return datetime.combine(on, at) if on and at else None


def on_day(day: InterviewDay) -> date | None:
    """Return the day of an interview, or None if it is unknown."""
    return date.fromisoformat(day.date) if day.date else None


def at_hour(day: InterviewDay) -> time | None:
    """Return the hour of an interview, or None if it is unknown."""
    return time.fromisoformat(day.time) if day.time else None


def leaving_plan(day: InterviewDay) -> LeavingPlan | None:
    """Return when to leave, or None until the day, the hour and the length of the trip are known."""
    start = interview_start(day)
    if start is None or day.minutes is None:
        return None
    margin = WAYS[day.way][2] if day.way in WAYS else _OTHER_MARGIN
    return LeavingPlan(
        start - timedelta(minutes=day.minutes + margin + policy.EARLY_MINUTES), margin, policy.EARLY_MINUTES
    )


def in_order(book: Notebook, *, today: date) -> tuple[InterviewDay, ...]:
    """Return the interviews to come, nearest first, then those without a day, then the past ones, latest first."""

    def rank(day: InterviewDay) -> tuple[int, int]:
        on = on_day(day)
        if on is None:
            return (1, 0)
        return (0, on.toordinal()) if on >= today else (2, -on.toordinal())

    return tuple(sorted(book.days, key=rank))


def is_past(day: InterviewDay, *, now: datetime) -> bool:
    """Tell whether the interview has begun; the screen then shows first what comes after it.

    `now` is the local time without zone.
    """
    start, on = interview_start(day), on_day(day)
    return start <= now if start else bool(on and on < local_day(now))


def next_day(book: Notebook, *, today: date) -> InterviewDay | None:
    """Return the nearest interview to come, or None."""
    first = next(iter(in_order(book, today=today)), None)
    on = on_day(first) if first else None
    return first if on and on >= today else None


def upcoming_days(bodies: Mapping[str, Mapping[str, Any]], *, today: date) -> dict[str, date]:
    """Return the day of the nearest interview of each person who has one, from the stored bodies of their notebooks."""
    found = ((person, next_day(Notebook.model_validate(body), today=today)) for person, body in bodies.items())
    return {person: on for person, day in found if day and (on := on_day(day))}


def ready_counts(day: InterviewDay, papers: Sequence[str], questions: Sequence[str]) -> tuple[int, int]:
    """Return how many of the offered papers and questions are ticked, ignoring lines that no longer exist."""
    return len(set(day.papers) & set(papers)), len(set(day.questions) & set(questions))


def interview_name(day: InterviewDay) -> str:
    """Return the name of an interview in a list."""
    return day.employer or "Mon entretien"


def thank_you_text(parts: Sequence[str]) -> str:
    """Join the non-empty parts of a thank-you message as paragraphs."""
    return "\n\n".join(part for part in parts if part)
