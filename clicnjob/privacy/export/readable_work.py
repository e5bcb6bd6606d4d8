"""Each kind of work as its owner reads it: its title, the page where it is corrected, and its lines.

A new `WorkKind` gets one line in KINDS, and its body model says `kind=` (works.WorkBody): export, import and « Mon dossier
» then know it. Without its own `lines` it is listed text by text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from clicnjob.apply.applications import STATES, Applications
from clicnjob.apply.letter_words import letter_words
from clicnjob.apply.letters import Letters
from clicnjob.apply.mailbox.mailbox_words import mailbox_words
from clicnjob.apply.mailbox.rehearsals import RehearsalMailbox
from clicnjob.cv.document import compose
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.model import aims
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.jobs import finder, interests
from clicnjob.jobs.choices import JobChoices
from clicnjob.learn import liaison, obstacles
from clicnjob.learn.digital_check import questions
from clicnjob.learn.digital_check.own_check import DigitalCheck
from clicnjob.learn.first_visit.own_answers import FirstVisit
from clicnjob.learn.first_visit.questions import answer_in_words, first_questions
from clicnjob.learn.liaison import LiaisonLines
from clicnjob.learn.obstacles import KeptObstacles
from clicnjob.models import WorkKind

Lines = Callable[[dict[str, Any]], Iterator[str]]
_LIKING = {"j_aime": "j’aime", "bof": "bof", "non": "non"}


def texts_of_body(body: Any) -> Iterator[str]:
    """Yield every text of a body in order, including those nested in lists and objects."""
    if isinstance(body, str) and body.strip():
        yield body
    elif isinstance(body, dict):
        for value in body.values():
            yield from texts_of_body(value)
    elif isinstance(body, list):
        for value in body:
            yield from texts_of_body(value)


def page_lines(page: Document) -> Iterator[str]:
    """Yield the lines of a CV page; a dash marks what belongs to the line above."""
    yield from (text for text in (page.name, page.job_wanted, page.availability, *page.contact, *page.opening) if text)
    for section in page.sections:
        yield f"{section.title}\u00a0:"
        for entry in section.entries:
            yield " · ".join(part for part in (entry.heading, entry.place, entry.when) if part)
            yield from (f"– {line}" for line in entry.lines)
        yield from (f"– {line}" for line in section.lines)


def _profile_lines(body: dict[str, Any]) -> Iterator[str]:
    return page_lines(compose.compose_document(Profile.model_validate(body), Cv()))


def _cv_lines(body: dict[str, Any]) -> Iterator[str]:
    cv = Cv.model_validate(body)
    yield " · ".join(part for part in (cv.name, aims.page_title(cv)) if part)
    if cv.wish:
        yield f"Envie\u00a0: {cv.wish}"
    yield from (f"– {line}" for line in cv.opening if line)


def _job_lines(body: dict[str, Any]) -> Iterator[str]:
    chosen, known = JobChoices.model_validate(body), finder.job_catalogue().by_key
    for kept in chosen.favourites:
        name = known[kept.key].nom_m if kept.key in known else kept.key
        yield f"{name}\u00a0: {kept.why}" if kept.why else name
    said = {statement.cle: statement.texte for statement in interests.quiz_statements()}
    for key, liking in chosen.answers.items():
        yield f"«\u00a0{said.get(key, key)}\u00a0»\u00a0: {_LIKING[liking]}"


def _application_lines(body: dict[str, Any]) -> Iterator[str]:
    for one in Applications.model_validate(body).applications:
        yield " · ".join(part for part in (one.title, one.employer, one.town, STATES[one.state], one.note) if part)


def _letter_lines(body: dict[str, Any]) -> Iterator[str]:
    """Yield who each message is for and the person's own words; ticked sentences by their wording in the content."""
    words = letter_words()
    said = {phrase.cle: phrase.texte for phrase in words.phrases}
    for one in Letters.model_validate(body).letters:
        what = words.moments[one.moment].nom
        sent = f"envoyé le {one.sent_on:%d/%m/%Y}" if one.sent_on else ""
        yield " · ".join(part for part in (what, one.title, one.employer, one.contact, one.town, sent) if part)
        yield from (f"– {said[key]}" for keys in one.picks.values() for key in keys if key in said)
        yield from (f"– {text}" for text in (*one.own.values(), one.subject, one.edited) if text)


def _rehearsal_lines(body: dict[str, Any]) -> Iterator[str]:
    """Yield the addresses and words of each rehearsed message, and what was done with the other mails."""
    words = mailbox_words()
    kept = RehearsalMailbox.model_validate(body)
    said = {phrase.cle: phrase.texte for phrase in letter_words().phrases}
    for key, mail in kept.mails.items():
        name = words.exercises[key].nom if key in words.exercises else key
        yield " · ".join(part for part in (name, mail.to, mail.copies) if part)
        yield from (f"– {words.files[file].nom}" for file in mail.files if file in words.files)
        yield from (f"– {said[one]}" for keys in mail.letter.picks.values() for one in keys if one in said)
        yield from (
            f"– {text}" for text in (*mail.letter.own.values(), mail.letter.subject, mail.letter.edited) if text
        )
    for key, gesture in kept.sorted.items():
        yield f"{words.mails[key].objet if key in words.mails else key}\u00a0: {gesture}"
    yield from (f"Fichier téléchargé\u00a0: {words.mails[key].objet}" for key in kept.downloaded if key in words.mails)


def _obstacle_lines(body: dict[str, Any]) -> Iterator[str]:
    kept = obstacles.kept_in_order(KeptObstacles.model_validate(body))
    yield from (one.titre for one in obstacles.known_obstacles() if one.cle in kept)


def _check_lines(body: dict[str, Any]) -> Iterator[str]:
    check = DigitalCheck.model_validate(body)
    for one in questions.check_questions():
        if said := questions.answer_in_words(one, check.answers):
            yield f"{one.question} {said}"


def _liaison_lines(body: dict[str, Any]) -> Iterator[str]:
    lines = LiaisonLines.model_validate(body)
    yield from (text for text in (lines.contact, lines.wish, lines.towards, lines.meeting) if text)
    if lines.agreed_on:
        yield f"Accord donné le {liaison.day_in_words(date.fromisoformat(lines.agreed_on))}"


def _first_visit_lines(body: dict[str, Any]) -> Iterator[str]:
    kept = FirstVisit.model_validate(body)
    for one in first_questions():
        if said := answer_in_words(one, kept.answers.get(one.key, ())):
            yield f"{one.words} {said}"


@dataclass(frozen=True, slots=True)
class WorkDescription:
    """One kind of work. `page` is the path of a file under pages/."""

    title: str
    page: str
    lines: Lines = texts_of_body


KINDS: dict[str, WorkDescription] = {
    WorkKind.PROFILE: WorkDescription("Mon sac", "young/bag.py", _profile_lines),
    WorkKind.CV: WorkDescription("Mes CV", "young/cvs.py", _cv_lines),
    WorkKind.APPLICATIONS: WorkDescription("Mes candidatures", "young/applications.py", _application_lines),
    WorkKind.LETTERS: WorkDescription("Mes messages aux employeurs", "young/sending.py", _letter_lines),
    WorkKind.INTERVIEW: WorkDescription("Mes entretiens", "young/interview.py"),
    WorkKind.MAILBOX: WorkDescription("Mes messages d’entraînement", "young/mailbox.py", _rehearsal_lines),
    WorkKind.OBSTACLES: WorkDescription("Ce qui me bloque", "young/obstacles.py", _obstacle_lines),
    WorkKind.CHECK: WorkDescription("Mon point numérique", "young/check.py", _check_lines),
    WorkKind.LIAISON: WorkDescription("Ma fiche de liaison", "young/liaison.py", _liaison_lines),
    WorkKind.FIRST_VISIT: WorkDescription("On se connaît", "young/first_visit.py", _first_visit_lines),
    WorkKind.JOBS: WorkDescription("Mes métiers et mon test", "young/jobs.py", _job_lines),
}
_OTHER = WorkDescription("Mes autres travaux", "young/path.py")


def kind_of_work(of: WorkKind) -> WorkDescription:
    """Return the description of a kind, or the general one for an unknown kind."""
    return KINDS.get(of, _OTHER)
