"""What the first visit reads and saves: each answer goes to the room where the rest of it is kept. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from clicnjob import works
from clicnjob.french.days import local_day
from clicnjob.jobs import choices
from clicnjob.jobs.choices import JobChoices
from clicnjob.learn.digital_check import own_check
from clicnjob.learn.digital_check.own_check import DigitalCheck
from clicnjob.learn.first_visit import own_answers
from clicnjob.learn.first_visit.own_answers import FirstVisit
from clicnjob.learn.first_visit.questions import FirstQuestion, first_questions
from clicnjob.learn.obstacles import KeptObstacles
from clicnjob.models import Actor, WorkKind
from clicnjob.privacy import sharing


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What the person answered, here and in the rooms that the questions feed."""

    visit: FirstVisit
    liked: frozenset[str] = frozenset()
    check: Mapping[str, Sequence[str]] | None = None
    blocked: frozenset[str] = frozenset()

    def chosen_keys(self, one: FirstQuestion) -> tuple[str, ...]:
        """Return what is stored for one question, wherever it is."""
        given: Mapping[str, Any] = {
            "chemin": self.visit.answers.get(one.key, ()),
            "interets": self.liked,
            "bilan": (self.check or {}).get(one.key, ()),
            "obstacles": self.blocked,
        }
        return tuple(key for key in (choice.cle for choice in one.choices) if key in given[one.room])

    @property
    def questions(self) -> tuple[FirstQuestion, ...]:
        """The questions of this person: those that were asked here, and those that nothing answers yet."""
        return tuple(one for one in first_questions() if one.key in self.visit.answers or not self._is_known(one))

    @property
    def next_question(self) -> FirstQuestion | None:
        """The first question to ask, or None when all were asked, or no more are wanted."""
        if self.visit.closed:
            return None
        return next((one for one in self.questions if one.key not in self.visit.answers), None)

    def _is_known(self, one: FirstQuestion) -> bool:
        known = {"interets": bool(self.liked), "bilan": one.key in (self.check or {}), "obstacles": bool(self.blocked)}
        return known.get(one.room, False)


def acquaintance_of(kept: Mapping[WorkKind, Mapping[str, Any]]) -> Acquaintance:
    """Return what the bodies of a person's works answer."""
    jobs = JobChoices.model_validate(kept.get(WorkKind.JOBS, {}))
    return Acquaintance(
        FirstVisit.model_validate(kept.get(WorkKind.FIRST_VISIT, {})),
        frozenset(key for key, liking in jobs.answers.items() if liking == "j_aime"),
        DigitalCheck.model_validate(kept.get(WorkKind.CHECK, {})).answers,
        frozenset(KeptObstacles.model_validate(kept.get(WorkKind.OBSTACLES, {})).kept),
    )


def own_acquaintance(session: Session, *, of: Actor) -> Acquaintance:
    """Read it in one query."""
    return acquaintance_of({work.kind: work.body for work in works.own_works(session, of=of)})


def save_answer(session: Session, *, by: Actor, question: str, chosen: Sequence[str], now: datetime) -> None:
    """Save one answer; none passes the question and changes nothing elsewhere. Raises UnknownFirstAnswer, NotForStaff."""
    one, before = own_answers.question_with_key(question), own_acquaintance(session, of=by)
    asked = {*before.visit.answers, question}
    last = all(other.key in asked for other in before.questions)
    own_answers.note_answer(
        session, by=by, question=question, chosen=chosen, last=last, operation=works.new_operation()
    )
    changed = {*chosen} ^ {*before.chosen_keys(one)}
    if one.room == "interets":
        for key in sorted(changed):
            liking: choices.Liking | None = "j_aime" if key in chosen else None
            choices.answer_statement(session, by=by, statement=key, liking=liking, operation=works.new_operation())
    elif one.room == "obstacles":
        for key in sorted(changed):
            sharing.keep_obstacle(session, by=by, key=key, keep=key in chosen, operation=works.new_operation(), now=now)
    elif one.room == "bilan" and chosen:
        own_check.answer_question(
            session, by=by, question=question, chosen=chosen, operation=works.new_operation(), today=local_day(now)
        )
