"""Stores how far a person is with the questions of the first visit, and the answers that no other room keeps.

What somebody likes, can do, or is blocked by is stored where the rest of it is, so that it is asked once and erased once.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field
from sqlmodel import Session

from clicnjob.errors import Refusal
from clicnjob.learn.first_visit.questions import FirstQuestion, FirstStep, first_questions, first_step
from clicnjob.models import Actor, WorkKind
from clicnjob.own_work import OwnWork
from clicnjob.works import WorkBody

_ANSWERS_AT_MOST = 20


class UnknownFirstAnswer(Refusal):
    """The question or the answer is none of the content."""

    sentence = "Cette réponse n’existe pas. Choisis-en une autre."


class FirstVisit(WorkBody, kind=WorkKind.FIRST_VISIT):
    """The questions that were asked, each with the keys chosen; none for one that was passed or is stored elsewhere.

    `closed`: every question was asked, or the person wanted no more of them. They are not offered again then.
    """

    answers: dict[str, list[str]] = Field(default_factory=dict, max_length=_ANSWERS_AT_MOST)
    closed: bool = False

    @property
    def step(self) -> FirstStep | None:
        """The first step that the answers propose; None while nothing was answered here."""
        return first_step(self.answers) if any(self.answers.values()) else None


_OWN = OwnWork(WorkKind.FIRST_VISIT, FirstVisit)


def own_first_visit(session: Session, *, of: Actor) -> FirstVisit:
    """Return what the person answered, empty before the first answer. One query. Raises NotForStaff."""
    return _OWN.read(session, of=of)


def note_answer(
    session: Session, *, by: Actor, question: str, chosen: Sequence[str], last: bool, operation: str
) -> None:
    """Note that a question was asked, with its answer where no other room keeps it; `last` closes the questions.

    Raises UnknownFirstAnswer, NotForStaff.
    """
    asked = question_with_key(question)
    if not set(chosen) <= asked.keys or (len(chosen) > 1 and not asked.several):
        raise UnknownFirstAnswer
    kept = [one.cle for one in asked.choices if one.cle in chosen] if asked.room == "chemin" else []

    def alter(body: FirstVisit) -> None:
        body.answers = {**body.answers, question: kept}
        body.closed = body.closed or last

    _OWN.change(session, by=by, alter=alter, operation=operation)


def close_questions(session: Session, *, by: Actor, operation: str) -> None:
    """Note that the person wants no more of the questions; what they answered stays. Raises NotForStaff."""

    def alter(body: FirstVisit) -> None:
        body.closed = True

    _OWN.change(session, by=by, alter=alter, operation=operation)


def question_with_key(key: str) -> FirstQuestion:
    """Return the question of this key. Raises UnknownFirstAnswer."""
    found = next((one for one in first_questions() if one.key == key), None)
    if found is None:
        raise UnknownFirstAnswer
    return found
