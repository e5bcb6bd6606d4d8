"""Stores what a young person keeps of their interviews (« mon cahier ») as one work."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pydantic import Field
from sqlmodel import Session

from clicnjob import works
from clicnjob.errors import NotFound, Refusal
from clicnjob.interview.words import Tick
from clicnjob.models import YOUNG_ROLES, Actor, WorkKind
from clicnjob.works import Body, SavedWork

Way = Literal["", "pied", "velo", "bus", "train", "voiture", "deux_roues"]
Result = Literal["", "attente", "oui", "non"]


class NotForStaff(Refusal):
    """Raised when a professional opens a notebook: they print papers, but the answers are the young person's."""

    sentence = "Cette page est pour les jeunes."


def new_id() -> str:
    """Return a random identifier of 8 URL-safe characters."""
    return secrets.token_urlsafe(6)


class Asked(Body):
    """A question of a training. Only questions made from the CV store `words` and `beginning`."""

    key: str
    words: str = ""
    beginning: str = ""


class Training(Body):
    """The training in progress: the job or theme, its questions, which are done, and how they were answered."""

    id: str = Field(default_factory=new_id)
    job: str = ""
    theme: str = ""
    minutes: int = 10
    asked: list[Asked] = Field(default_factory=list)
    spoken: list[str] = Field(default_factory=list)
    done: list[str] = Field(default_factory=list)
    ticks: dict[str, list[Tick]] = Field(default_factory=dict)


class Answer(Body):
    """A written answer, with the question as it was asked. `on` is an ISO date."""

    asked: str
    text: str = ""
    on: str = ""


class Practised(Body):
    """One practice: the day (ISO) and the themes, never how well it went."""

    on: str
    themes: list[str] = Field(default_factory=list)
    training: str = ""


class Pitch(Body):
    """A pitch of thirty seconds: the pieces ticked or written, and the whole text once edited ('' until then)."""

    pieces: dict[str, str] = Field(default_factory=dict)
    text: str = ""


class Day(Body):
    """One interview: where, when, how to get there, what is ready, and what came after. Dates are ISO, times HH:MM."""

    id: str = Field(default_factory=new_id)
    employer: str = ""
    job: str = ""
    place: str = ""
    date: str = ""
    time: str = ""
    way: Way = ""
    minutes: int | None = None
    call_name: str = ""
    call_phone: str = ""
    papers: list[str] = Field(default_factory=list)
    questions: list[str] = Field(default_factory=list)
    own_question: str = ""
    result: Result = ""
    thanks: str = ""
    learned: list[str] = Field(default_factory=list)
    note: str = ""


class Notebook(Body, kind=WorkKind.INTERVIEW):
    """The whole notebook of one person.

    `recent` holds the keys of the questions asked, the latest last; `earlier` counts the practices that are no longer
    listed in `practised`.
    """

    training: Training | None = None
    answers: dict[str, Answer] = Field(default_factory=dict)
    recent: list[str] = Field(default_factory=list)
    practised: list[Practised] = Field(default_factory=list)
    earlier: int = 0
    pitch: Pitch = Field(default_factory=Pitch)
    days: list[Day] = Field(default_factory=list)

    def day(self, day_id: str) -> Day:
        """Return one interview by its id. Raises NotFound."""
        found = next((day for day in self.days if day.id == day_id), None)
        if found is None:
            raise NotFound
        return found


Alter = Callable[[Notebook], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """The notebook as read, and the person's place in the training ('' before the first)."""

    book: Notebook
    work_id: str = ""
    place: str = ""


def notebook(session: Session, *, of: Actor) -> Kept:
    """Return the person's notebook, empty if there is none yet, in one query. Raises NotForStaff."""
    kept = _work(session, of)
    return Kept(Notebook.model_validate(kept.body), kept.id, kept.place) if kept else Kept(Notebook())


def change(session: Session, *, by: Actor, alter: Alter, operation: str) -> None:
    """Apply one change to the latest notebook. Raises NotForStaff.

    The write transaction locks the row, so the version read here is the latest.
    """
    kept = _work(session, by)
    book = Notebook.model_validate(kept.body) if kept else Notebook()
    alter(book)
    body = book.model_dump(mode="json")
    if kept is None:
        works.start(session, by=by, kind=WorkKind.INTERVIEW, body=body, operation=operation)
    elif body != kept.body:
        works.save(session, kept.id, by=by, body=body, base=kept.version, operation=operation)


def mark_place(session: Session, *, by: Actor, place: str) -> None:
    """Remember where the person is in the training. Does nothing if there is no notebook yet."""
    if kept := _work(session, by):
        works.mark_place(session, kept.id, by=by, place=place)


def undo(session: Session, *, by: Actor, operation: str) -> None:
    """Revert the latest change. Raises works.NothingToUndo, NotForStaff."""
    kept = _work(session, by)
    if kept is None:
        raise works.NothingToUndo
    works.undo(session, [kept.id], by=by, operation=operation)


def _work(session: Session, actor: Actor) -> SavedWork | None:
    if actor.role not in YOUNG_ROLES:
        raise NotForStaff
    return next((work for work in works.works(session, of=actor) if work.kind is WorkKind.INTERVIEW), None)
