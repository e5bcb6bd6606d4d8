"""Each kind of work as its owner reads it: its title, the page where it is corrected, and its lines.

A new `WorkKind` gets one line in KINDS, and its body model says `kind=` (works.WorkBody): export, import and « Mon dossier
» then know it. Without its own `lines` it is listed text by text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from clicnjob.apply.applications import STATES, Applications
from clicnjob.apply.letter_words import letter_words
from clicnjob.apply.letters import Letters
from clicnjob.cv.document import compose
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.model import aims
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.jobs import finder, interests
from clicnjob.jobs.choices import JobChoices
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
    WorkKind.JOBS: WorkDescription("Mes métiers et mon test", "young/jobs.py", _job_lines),
}
_OTHER = WorkDescription("Mes autres travaux", "young/path.py")


def kind_of_work(of: WorkKind) -> WorkDescription:
    """Return the description of a kind, or the general one for an unknown kind."""
    return KINDS.get(of, _OTHER)
