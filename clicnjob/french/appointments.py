"""Formats appointments in French: « mardi 1er décembre à 14 h », « 14 h – 14 h 30 », « sur place, bureau 12 »."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clicnjob.french import days, moments

KINDS = {"sur_place": "Sur place", "telephone": "Au téléphone", "visio": "En visio"}
OUTCOMES = {"venu": "Venu", "absent": "Pas venu", "excuse": "Excusé"}
HALVES = {"matin": "Le matin", "apres_midi": "L’après-midi"}
_DAY = date(2000, 1, 3)  # any day: only its hours are shown


@dataclass(frozen=True, slots=True)
class HalfDay:
    """One half of a day; `half` is a key of HALVES."""

    day: date
    half: str

    @property
    def key(self) -> str:
        """Return how it is stored: « 2026-12-01:matin »."""
        return f"{self.day.isoformat()}:{self.half}"


def stored_half_day(key: str) -> HalfDay:
    """Return the half-day of a key. Raises ValueError for anything else."""
    day, _, half = key.partition(":")
    if half not in HALVES:
        raise ValueError(key)
    return HalfDay(date.fromisoformat(day), half)


def half_day_shown(one: HalfDay, *, today: date) -> str:
    """Format a half-day: « mardi 1er décembre, le matin »."""
    return f"{day_shown(one.day, today=today)}, {HALVES[one.half].lower()}"


def day_shown(on: date, *, today: date) -> str:
    """Format a day with its weekday: « mardi 1er décembre », with the year when it is not that of `today`."""
    return f"{moments.DAYS[on.weekday()]} {days.shown_day(on, today=today)}"


def when_shown(on: date, start: time | None, *, today: date) -> str:
    """Format the beginning: « aujourd’hui à 14 h », « mardi 1er décembre à 14 h »; older ones have no hour."""
    far = day_shown(on, today=today)
    named = {0: "aujourd’hui", 1: f"demain, {far}"}.get((on - today).days, far)
    return f"{named} à {moments.shown_hour(start)}" if start else named


def hours_shown(start: time, minutes: int | None) -> str:
    """Format the hours: « 14 h – 14 h 30 »."""
    end = (datetime.combine(_DAY, start) + timedelta(minutes=minutes or 0)).time()
    return f"{moments.shown_hour(start)} – {moments.shown_hour(end)}" if minutes else moments.shown_hour(start)


def where_shown(kind: str, place: str) -> str:
    """Format how one meets: « sur place, bureau 12 », « au téléphone »; '' when nothing is known."""
    return ", ".join(part for part in (KINDS.get(kind, "").lower(), place) if part)


def length_shown(minutes: int) -> str:
    """Format a length: « 45 min », « 1 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    return f"{minutes}\u00a0min" if not hours else f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours}\u00a0h"
