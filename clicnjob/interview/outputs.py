"""Makes the interview files that a person downloads, at the moment of the download; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from clicnjob.errors import NotFound
from clicnjob.interview import agenda, papers
from clicnjob.interview.bank import bank
from clicnjob.interview.calls import calls
from clicnjob.interview.notebook import Notebook, notebook
from clicnjob.interview.words import words
from clicnjob.jobs import finder
from clicnjob.models import Actor

_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Output:
    """A file to download. Its name is plain ASCII and tells nothing, since it stays on a shared computer."""

    name: str
    media_type: str
    body: bytes


def paper(kind: str, part: str) -> Output:
    """Return a paper that is the same for everybody. `part` is a theme, a family or a call, or '' for all.

    Raises NotFound.
    """
    if kind not in PAPERS:
        raise NotFound
    return PAPERS[kind](part)


def output(session: Session, *, of: Actor, kind: str, part: str, now: datetime) -> Output:
    """Return a file made from the person's own notebook. `part` is the id of an interview.

    Raises NotFound, also for somebody else's interview.
    """
    if kind not in OWN:
        raise NotFound
    return OWN[kind](notebook(session, of=of).book, part, now)


def family_of(job: str) -> str:
    """Return the ROME letter of the family of a job sheet, or '' if the sheet is unknown."""
    category = finder.catalogue().by_key.get(job)
    return category.rome[0][0] if category else ""


def _cards(part: str) -> Output:
    groups = bank().groups
    if part and part not in groups:
        raise NotFound
    chosen = [groups[part]] if part else list(groups.values())
    return Output("cartes-entretien.pdf", _PDF, papers.cards(chosen))


def _calls(part: str) -> Output:
    if part and part not in calls():
        raise NotFound
    chosen = [calls()[part]] if part else list(calls().values())
    return Output("appels.pdf", _PDF, papers.calls(chosen))


def _day(book: Notebook, part: str, _now: datetime) -> Output:
    day = book.day(part)
    return Output("jour-j.pdf", _PDF, papers.day(day, words(), family=family_of(day.job)))


def _event(book: Notebook, part: str, now: datetime) -> Output:
    made = agenda.event_file(book.day(part), now=now)
    if made is None:
        raise NotFound
    return Output("jour-j.ics", "text/calendar", made)


def _answers(book: Notebook, _part: str, _now: datetime) -> Output:
    return Output("mes-reponses.pdf", _PDF, papers.answers(book, bank(), words()))


PAPERS: dict[str, Callable[[str], Output]] = {
    "question-cards": _cards,
    "observer-grids": lambda _part: Output("grilles.pdf", _PDF, papers.grids(words())),
    "trio-cards": lambda _part: Output("entretien-a-trois.pdf", _PDF, papers.trio(words())),
    "blank-day": lambda _part: Output("jour-j-a-remplir.pdf", _PDF, papers.blank_day(words())),
    "phone-calls": _calls,
}
OWN: dict[str, Callable[[Notebook, str, datetime], Output]] = {"day": _day, "day-ics": _event, "answers": _answers}
