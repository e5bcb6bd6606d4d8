"""Makes the interview files that a person downloads, at the moment of the download; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from clicnjob.errors import NotFound
from clicnjob.interview import agenda, papers
from clicnjob.interview.bank import question_bank
from clicnjob.interview.calls import rehearsal_calls
from clicnjob.interview.notebook import Notebook, own_notebook
from clicnjob.interview.words import interview_words
from clicnjob.jobs import finder
from clicnjob.models import Actor

_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class InterviewFile:
    """A file to download. Its name is plain ASCII and tells nothing, since it stays on a shared computer."""

    name: str
    media_type: str
    body: bytes


def interview_paper(kind: str, part: str) -> InterviewFile:
    """Return a paper that is the same for everybody. `part` is a theme, a family or a call, or '' for all.

    Raises NotFound.
    """
    if kind not in PAPERS:
        raise NotFound
    return PAPERS[kind](part)


def notebook_output(session: Session, *, of: Actor, kind: str, part: str, now: datetime) -> InterviewFile:
    """Return a file made from the person's own notebook. `part` is the id of an interview.

    Raises NotFound, also for somebody else's interview.
    """
    if kind not in OWN:
        raise NotFound
    return OWN[kind](own_notebook(session, of=of).book, part, now)


def family_of(job: str) -> str:
    """Return the ROME letter of the family of a job sheet, or '' if the sheet is unknown."""
    category = finder.job_catalogue().by_key.get(job)
    return category.rome[0][0] if category else ""


def _cards_output(part: str) -> InterviewFile:
    groups = question_bank().groups
    if part and part not in groups:
        raise NotFound
    chosen = [groups[part]] if part else list(groups.values())
    return InterviewFile("cartes-entretien.pdf", _PDF, papers.question_cards_pdf(chosen))


def _calls_output(part: str) -> InterviewFile:
    if part and part not in rehearsal_calls():
        raise NotFound
    chosen = [rehearsal_calls()[part]] if part else list(rehearsal_calls().values())
    return InterviewFile("appels.pdf", _PDF, papers.calls_pdf(chosen))


def _day_output(book: Notebook, part: str, _now: datetime) -> InterviewFile:
    day = book.day_with_id(part)
    return InterviewFile(
        "jour-j.pdf", _PDF, papers.interview_day_pdf(day, interview_words(), family=family_of(day.job))
    )


def _event_output(book: Notebook, part: str, now: datetime) -> InterviewFile:
    made = agenda.event_file(book.day_with_id(part), now=now)
    if made is None:
        raise NotFound
    return InterviewFile("jour-j.ics", "text/calendar", made)


def _answers_output(book: Notebook, _part: str, _now: datetime) -> InterviewFile:
    return InterviewFile("mes-reponses.pdf", _PDF, papers.written_answers_pdf(book, question_bank(), interview_words()))


PAPERS: dict[str, Callable[[str], InterviewFile]] = {
    "question-cards": _cards_output,
    "observer-grids": lambda _part: InterviewFile("grilles.pdf", _PDF, papers.observer_grids_pdf(interview_words())),
    "trio-cards": lambda _part: InterviewFile("entretien-a-trois.pdf", _PDF, papers.trio_cards_pdf(interview_words())),
    "blank-day": lambda _part: InterviewFile("jour-j-a-remplir.pdf", _PDF, papers.blank_day(interview_words())),
    "phone-calls": _calls_output,
}
OWN: dict[str, Callable[[Notebook, str, datetime], InterviewFile]] = {
    "day": _day_output,
    "day-ics": _event_output,
    "answers": _answers_output,
}
