"""The timeline of one young person, in French, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clicnjob.apply.applications import STATES
from clicnjob.cohort.progress.activity import CountedDay
from clicnjob.cohort.support.appointments import Proposal
from clicnjob.cohort.support.comments import SECTIONS
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.french import days, moments
from clicnjob.french.appointments import OUTCOMES, where_shown

ROOMS: dict[str, str] = {
    "cv": "Travaille son CV",
    "jobs": "Cherche des métiers",
    "apply": "Note ses candidatures",
    "interview": "S’entraîne à l’entretien",
    "workshop": "Vient à un atelier",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line: the day, and what happened."""

    day: date
    words: str


def timeline_events(file: PersonFile, *, today: date, most: int = 40) -> tuple[Event, ...]:
    """Return what happened, newest first: only what is shared, in words that the young person may read too."""
    found = [
        *_life_events(file),
        *_exchange_events(file, today),
        *_handover_events(file, today),
        *_work_events(file.days),
        *_workshop_events(file),
        *_application_events(file),
    ]
    return tuple(sorted(found, key=lambda event: event.day, reverse=True)[:most])


def _life_events(file: PersonFile) -> Iterator[Event]:
    yield Event(file.row.enrolled_on, "Inscription.")
    if first := _day_of(file.row.activated_at):
        yield Event(first, "Première visite\u00a0: choisit son code secret.")
    if file.row.cv_done_on:
        yield Event(file.row.cv_done_on, "Son CV est prêt.")
    if file.ended:
        yield Event(days.local_day(file.ended.at), f"Accompagnement terminé\u00a0: {file.ended.reason}.")


def _exchange_events(file: PersonFile, today: date) -> Iterator[Event]:
    for said in file.comments:
        yield Event(
            days.local_day(said.at), f"{said.by} commente «\u00a0{SECTIONS.get(said.section, said.section)}\u00a0»."
        )
        if answered := _day_of(said.answered_at):
            yield Event(answered, "Répond à un commentaire.")
    for step in file.steps:
        yield Event(days.local_day(step.at), f"{step.by} propose\u00a0: {step.step.phrase}.")
        if done := _day_of(step.done_at):
            yield Event(done, f"Fait l’étape\u00a0: {step.step.phrase}.")
    if file.asked:
        yield Event(days.local_day(file.asked.at), "Demande un rendez-vous.")
    yield from _appointment_events(tuple(one for one in file.appointments if one.day <= today))
    for noted in file.contacts:
        yield Event(days.local_day(noted.at), f"{noted.by} {noted.words}.")
    if file.call:
        yield Event(days.local_day(file.call.at), "Demande de l’aide.")


def _appointment_events(found: tuple[Proposal, ...]) -> Iterator[Event]:
    for one in found:
        answer = {None: "sans réponse", True: "accepté", False: "ne peut pas"}[one.accepted]
        came = OUTCOMES.get(one.outcome, answer).lower()
        at = f" à {moments.shown_hour(one.start)}" if one.start else ""
        where = where_shown(one.kind, one.place)
        words = f" «\u00a0{one.words}\u00a0»" if one.words else ""
        yield Event(one.day, f"Rendez-vous{at}{f', {where}' if where else ''}{words}\u00a0: {came}.")


def _handover_events(file: PersonFile, today: date) -> Iterator[Event]:
    for given in file.handovers:
        until = f" jusqu’au {days.shown_day(given.until, today=given.until)}" if given.until else ""
        yield Event(days.local_day(given.at), f"{given.from_name} confie à {given.to_name}{until}.")
        back = min((on for on in (_day_of(given.ended_at), _day_after(given.until)) if on), default=None)
        if back and back <= today:
            words = "Retour auprès de" if given.until else "Annulé\u00a0: reste auprès de"
            yield Event(back, f"{words} {given.from_name}.")


def _day_after(on: date | None) -> date | None:
    return on + timedelta(days=1) if on else None


def _work_events(worked: tuple[CountedDay, ...]) -> Iterator[Event]:
    """Yield one line per week and kind of activity, since a list of days would be too intrusive and less useful."""
    weeks: dict[tuple[date, str], list[CountedDay]] = defaultdict(list)
    for day in worked:
        weeks[(day.day - timedelta(days=day.day.weekday()), day.kind)].append(day)
    for (_, kind), some in weeks.items():
        minutes = sum(day.minutes for day in some)
        count = len({day.day for day in some})
        spent = f", {minutes} min" if minutes else ""
        on = f"{count} jours" if count > 1 else "1 jour"
        yield Event(max(day.day for day in some), f"{ROOMS[kind]}\u00a0: {on} dans la semaine{spent}.")


def _workshop_events(file: PersonFile) -> Iterator[Event]:
    for one in file.workshops:
        yield Event(one.on, f"Séance de groupe\u00a0: {one.title}, {one.minutes} min.")


def _application_events(file: PersonFile) -> Iterator[Event]:
    for one in file.applications.applications if file.applications else ():
        if one.sent_on:
            yield Event(one.sent_on, f"Candidature\u00a0: {one.title or one.employer}.")
        if one.answered_on:
            yield Event(one.answered_on, f"{STATES[one.state]}\u00a0: {one.title or one.employer}.")


def _day_of(at: datetime | None) -> date | None:
    return days.local_day(at)
