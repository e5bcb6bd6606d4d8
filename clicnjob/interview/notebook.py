"""Stores what a young person keeps of their interviews (« mon cahier ») as one work."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pydantic import Field
from sqlmodel import Session

from clicnjob import works
from clicnjob.errors import NotFound
from clicnjob.interview.words import Tick
from clicnjob.models import Actor, WorkKind
from clicnjob.own_work import OwnWork
from clicnjob.works import WorkBody

Way = Literal["", "pied", "velo", "bus", "train", "voiture", "deux_roues"]
Result = Literal["", "attente", "oui", "non"]


def new_id() -> str:
    """Return a random identifier of 8 URL-safe characters."""
    return secrets.token_urlsafe(6)


class TrainingQuestion(WorkBody):
    """A question of a training. Only questions made from the CV store `words` and `beginning`."""

    key: str
    words: str = ""
    beginning: str = ""


class Training(WorkBody):
    """The training in progress: the job or theme, its questions, which are done, and how they were answered."""

    id: str = Field(default_factory=new_id)
    job: str = ""
    theme: str = ""
    minutes: int = 10
    asked: list[TrainingQuestion] = Field(default_factory=list)
    spoken: list[str] = Field(default_factory=list)
    done: list[str] = Field(default_factory=list)
    ticks: dict[str, list[Tick]] = Field(default_factory=dict)


class WrittenAnswer(WorkBody):
    """A written answer, with the question as it was asked. `on` is an ISO date."""

    asked: str
    text: str = ""
    on: str = ""


class Practised(WorkBody):
    """One practice: the day (ISO) and the themes, never how well it went."""

    on: str
    themes: list[str] = Field(default_factory=list)
    training: str = ""


class Pitch(WorkBody):
    """A pitch of thirty seconds: the pieces ticked or written, and the whole text once edited ('' until then)."""

    pieces: dict[str, str] = Field(default_factory=dict)
    text: str = ""


class InterviewDay(WorkBody):
    """One interview: where, when, how to get there, what is ready, and what came after. Dates are ISO, times HH:MM.

    `application` is the id of the application that it comes from, or ''.
    """

    id: str = Field(default_factory=new_id)
    application: str = ""
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


class Notebook(WorkBody, kind=WorkKind.INTERVIEW):
    """The whole notebook of one person.

    `recent` holds the keys of the questions asked, the latest last; `earlier` counts the practices that are no longer
    listed in `practised`.
    """

    training: Training | None = None
    answers: dict[str, WrittenAnswer] = Field(default_factory=dict)
    recent: list[str] = Field(default_factory=list)
    practised: list[Practised] = Field(default_factory=list)
    earlier: int = 0
    pitch: Pitch = Field(default_factory=Pitch)
    days: list[InterviewDay] = Field(default_factory=list)

    def day_with_id(self, day_id: str) -> InterviewDay:
        """Return one interview by its id. Raises NotFound."""
        found = next((day for day in self.days if day.id == day_id), None)
        if found is None:
            raise NotFound
        return found

    def day_of_application(self, application_id: str) -> InterviewDay | None:
        """Return the interview that comes from an application, if one was prepared."""
        return next((day for day in self.days if application_id and day.application == application_id), None)


_OWN = OwnWork(WorkKind.INTERVIEW, Notebook)
Alter = Callable[[Notebook], None]


@dataclass(frozen=True, slots=True)
class SavedNotebook:
    """The notebook as read, and the person's place in the training ('' before the first)."""

    book: Notebook
    work_id: str = ""
    place: str = ""


def own_notebook(session: Session, *, of: Actor) -> SavedNotebook:
    """Return the person's notebook, empty if there is none yet, in one query. Raises NotForStaff."""
    kept = _OWN.saved(session, of=of)
    return SavedNotebook(_OWN.body_of(kept), kept.id, kept.place) if kept else SavedNotebook(Notebook())


def change_notebook(session: Session, *, by: Actor, alter: Alter, operation: str) -> None:
    """Apply one change to the latest notebook. Raises NotForStaff."""
    _OWN.change(session, by=by, alter=alter, operation=operation)


def mark_place(session: Session, *, by: Actor, place: str) -> None:
    """Remember where the person is in the training. Does nothing if there is no notebook yet."""
    if kept := _OWN.saved(session, of=by):
        works.mark_place(session, kept.id, by=by, place=place)


def undo_notebook_change(session: Session, *, by: Actor, operation: str) -> None:
    """Revert the latest change. Raises works.NothingToUndo, NotForStaff."""
    _OWN.undo(session, by=by, operation=operation)
