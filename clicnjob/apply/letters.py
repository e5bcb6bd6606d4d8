"""Stores the messages and letters that a young person writes to employers, and writes what was sent into the list."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field
from sqlmodel import Session

from clicnjob import policy
from clicnjob.apply import applications
from clicnjob.apply.applications import Application, Applications
from clicnjob.apply.letter_words import AimKey, MomentKey, Part, letter_words
from clicnjob.errors import NotFound
from clicnjob.models import Actor, WorkKind, random_id
from clicnjob.own_work import OwnWork
from clicnjob.works import WorkBody

SentBy = Literal["", "person", "server"]


class Letter(WorkBody):
    """One message to an employer: what it is for, to whom, and what was ticked or written.

    `picks` holds the keys ticked in each part, and only of parts that were answered. `edited` replaces the composed
    text once the person has changed it, and `subject` the composed subject. `aim` is '' until it was chosen.
    """

    id: str = Field(default_factory=random_id)
    moment: MomentKey = "offre"
    aim: AimKey | Literal[""] = ""
    application_id: str = ""
    title: str = ""
    employer: str = ""
    town: str = ""
    contact: str = ""
    source: str = ""
    reference: str = ""
    picks: dict[str, list[str]] = Field(default_factory=dict)
    own: dict[str, str] = Field(default_factory=dict)
    subject: str = ""
    edited: str = ""
    started_on: date
    sent_on: date | None = None
    sent_by: SentBy = ""

    @property
    def looked_for(self) -> AimKey:
        """What is looked for: a job, until the person chose something else."""
        return self.aim or "emploi"

    def pick_part(self, part: Part, keys: list[str]) -> None:
        """Set the sentences ticked in one part; a text that was edited is composed again."""
        self.picks = self.picks | {part: keys}
        self.edited = ""

    def write_part(self, part: Part, text: str) -> None:
        """Set the person's own words of one part; '' removes them."""
        others = {name: said for name, said in self.own.items() if name != part}
        self.own = others | {part: text} if text else others
        self.edited = ""


class Letters(WorkBody, kind=WorkKind.LETTERS):
    """All messages of one person, the latest last."""

    letters: list[Letter] = Field(default_factory=list)

    def letter_with_id(self, letter_id: str) -> Letter:
        """Return one message by its id. Raises NotFound."""
        found = next((each for each in self.letters if each.id == letter_id), None)
        if found is None:
            raise NotFound
        return found


_OWN = OwnWork(WorkKind.LETTERS, Letters)


def own_letters(session: Session, *, of: Actor) -> Letters:
    """Return the person's messages, none at first, in one query. Raises NotForStaff."""
    return _OWN.read(session, of=of)


def start_letter(session: Session, *, by: Actor, letter: Letter, operation: str) -> None:
    """Add a message. Beyond `policy.LETTERS_AT_MOST` the oldest one is dropped, sent ones first. Raises NotForStaff."""

    def alter(kept: Letters) -> None:
        if len(kept.letters) >= policy.LETTERS_AT_MOST:
            oldest = min(kept.letters, key=lambda each: (each.sent_on is None, each.started_on))
            kept.letters.remove(oldest)
        kept.letters.append(letter)

    _OWN.change(session, by=by, alter=alter, operation=operation)


def describe_letter(
    session: Session, *, by: Actor, letter_id: str, operation: str, **fields: str | AimKey | MomentKey
) -> None:
    """Set fields of a message (moment, aim, title, employer, subject, edited…). Raises NotFound."""

    def alter(kept: Letters) -> None:
        one = kept.letter_with_id(letter_id)
        for name, value in fields.items():
            setattr(one, name, value)

    _OWN.change(session, by=by, alter=alter, operation=operation)


def pick_phrases(session: Session, *, by: Actor, letter_id: str, part: Part, keys: list[str], operation: str) -> None:
    """Set the sentences ticked in one part; a text that was edited is composed again. Raises NotFound."""

    def alter(kept: Letters) -> None:
        kept.letter_with_id(letter_id).pick_part(part, keys)

    _OWN.change(session, by=by, alter=alter, operation=operation)


def write_own_phrase(session: Session, *, by: Actor, letter_id: str, part: Part, text: str, operation: str) -> None:
    """Set the person's own words of one part; '' removes them. Raises NotFound."""

    def alter(kept: Letters) -> None:
        kept.letter_with_id(letter_id).write_part(part, text)

    _OWN.change(session, by=by, alter=alter, operation=operation)


def drop_letter(session: Session, *, by: Actor, letter_id: str, operation: str) -> None:
    """Remove a message; `undo_letter_change` brings it back. Raises NotFound."""

    def alter(kept: Letters) -> None:
        kept.letters.remove(kept.letter_with_id(letter_id))

    _OWN.change(session, by=by, alter=alter, operation=operation)


def undo_letter_change(session: Session, *, by: Actor, operation: str) -> None:
    """Revert the latest change. Raises works.NothingToUndo, NotForStaff."""
    _OWN.undo(session, by=by, operation=operation)


def note_letter_sent(
    session: Session, *, by: Actor, letter_id: str, sent_by: SentBy, operation: str, today: date
) -> str:
    """Mark a message as sent, write its line in the list of applications, and return the id of that line.

    A message that is already sent changes nothing, so that a repeated touch writes nothing twice. Raises NotFound,
    applications.TooManyApplications.
    """
    letter = own_letters(session, of=by).letter_with_id(letter_id)
    if letter.sent_on is not None:
        return letter.application_id
    listed = applications.own_applications(session, of=by)
    application_id = applications.note_sent_message(
        session,
        by=by,
        application_id=letter.application_id if _is_listed(listed, letter.application_id) else "",
        title=letter.title,
        employer=letter.employer,
        town=letter.town,
        becomes=letter_words().moments[letter.moment].devient,
        operation=f"{operation}-line",
        today=today,
    )

    def alter(kept: Letters) -> None:
        one = kept.letter_with_id(letter_id)
        one.sent_on, one.sent_by, one.application_id = today, sent_by, application_id

    _OWN.change(session, by=by, alter=alter, operation=operation)
    return application_id


def letter_for_application(one: Application, *, moment: MomentKey, today: date) -> Letter:
    """Return a new message about an application, with what its line already says."""
    return Letter(
        moment=moment,
        application_id=one.id,
        title=one.title,
        employer=one.employer,
        town=one.town,
        started_on=today,
    )


def _is_listed(listed: Applications, application_id: str) -> bool:
    return any(one.id == application_id for one in listed.applications)
