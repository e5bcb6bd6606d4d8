"""Makes the interview files that a person downloads, at the moment of the download; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from clicnjob.errors import NotFound
from clicnjob.generated_file import PDF, GeneratedFile
from clicnjob.interview import agenda, papers
from clicnjob.interview.bank import question_bank
from clicnjob.interview.calls import rehearsal_calls
from clicnjob.interview.notebook import Notebook, own_notebook
from clicnjob.interview.words import interview_words
from clicnjob.jobs import finder
from clicnjob.models import Actor


def interview_paper(kind: str, part: str) -> GeneratedFile:
    """Return a paper that is the same for everybody. `part` is a theme, a family or a call, or '' for all.

    Raises NotFound.
    """
    if kind not in PAPERS:
        raise NotFound
    return PAPERS[kind](part)


def notebook_output(session: Session, *, of: Actor, kind: str, part: str, now: datetime) -> GeneratedFile:
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


def _cards_output(part: str) -> GeneratedFile:
    groups = question_bank().groups
    if part and part not in groups:
        raise NotFound
    chosen = [groups[part]] if part else list(groups.values())
    return GeneratedFile("cartes-entretien.pdf", PDF, papers.question_cards_pdf(chosen))


def _calls_output(part: str) -> GeneratedFile:
    if part and part not in rehearsal_calls():
        raise NotFound
    chosen = [rehearsal_calls()[part]] if part else list(rehearsal_calls().values())
    return GeneratedFile("appels.pdf", PDF, papers.calls_pdf(chosen))


def _day_output(book: Notebook, part: str, _now: datetime) -> GeneratedFile:
    day = book.day_with_id(part)
    return GeneratedFile("jour-j.pdf", PDF, papers.interview_day_pdf(day, interview_words(), family=family_of(day.job)))


def _event_output(book: Notebook, part: str, now: datetime) -> GeneratedFile:
    made = agenda.event_file(book.day_with_id(part), now=now)
    if made is None:
        raise NotFound
    return GeneratedFile("jour-j.ics", "text/calendar", made)


def _answers_output(book: Notebook, _part: str, _now: datetime) -> GeneratedFile:
    return GeneratedFile("mes-reponses.pdf", PDF, papers.written_answers_pdf(book, question_bank(), interview_words()))


PAPERS: dict[str, Callable[[str], GeneratedFile]] = {
    "question-cards": _cards_output,
    "observer-grids": lambda _part: GeneratedFile("grilles.pdf", PDF, papers.observer_grids_pdf(interview_words())),
    "trio-cards": lambda _part: GeneratedFile("entretien-a-trois.pdf", PDF, papers.trio_cards_pdf(interview_words())),
    "blank-day": lambda _part: GeneratedFile("jour-j-a-remplir.pdf", PDF, papers.blank_day(interview_words())),
    "phone-calls": _calls_output,
}
OWN: dict[str, Callable[[Notebook, str, datetime], GeneratedFile]] = {
    "day": _day_output,
    "day-ics": _event_output,
    "answers": _answers_output,
}
