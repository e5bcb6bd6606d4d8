"""Stores the answers to the digital check: the person's own work, shown to nobody unless they share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import Field
from sqlmodel import Session

from clicnjob.errors import Refusal
from clicnjob.learn.digital_check.questions import SKIPPED, CheckQuestion, check_questions
from clicnjob.models import Actor, WorkKind
from clicnjob.own_work import OwnWork
from clicnjob.works import WorkBody

_ANSWERS_AT_MOST = 30


class PaperNotAgreed(Refusal):
    """The answers of a sheet of paper are typed in only when the person agrees, on the screen, at that moment."""

    sentence = "Coche d’abord «\u00a0Je suis d’accord\u00a0»."


class UnknownAnswer(Refusal):
    """The question or the answer is none of the content."""

    sentence = "Cette réponse n’existe pas. Choisis-en une autre."


class DigitalCheck(WorkBody, kind=WorkKind.CHECK):
    """The answers by question, each a list of keys; `on_paper` when they were typed in from a sheet."""

    answers: dict[str, list[str]] = Field(default_factory=dict, max_length=_ANSWERS_AT_MOST)
    on_paper: bool = False
    finished_on: str = Field(default="", max_length=10)

    @property
    def next_question(self) -> CheckQuestion | None:
        """The first question without an answer, or None when all have one."""
        return next((one for one in check_questions() if one.cle not in self.answers), None)


_OWN = OwnWork(WorkKind.CHECK, DigitalCheck)


def own_check(session: Session, *, of: Actor) -> DigitalCheck:
    """Return the person's answers, empty before the first. One query. Raises NotForStaff.

    Whoever shows them to somebody else must ask `privacy.sharing.shared_by` first.
    """
    return _OWN.read(session, of=of)


def answer_question(
    session: Session, *, by: Actor, question: str, chosen: Sequence[str], operation: str, today: date
) -> None:
    """Save the answer to one question; an empty one passes it. Raises UnknownAnswer, NotForStaff."""
    checked = _checked_answer(question, chosen)

    def alter(body: DigitalCheck) -> None:
        body.answers = {**body.answers, question: checked}
        if body.next_question is None:
            body.finished_on = today.isoformat()

    _OWN.change(session, by=by, alter=alter, operation=operation)


def take_back_answer(session: Session, *, by: Actor, question: str, operation: str) -> None:
    """Remove the answer to one question, to give another."""

    def alter(body: DigitalCheck) -> None:
        body.answers = {key: value for key, value in body.answers.items() if key != question}

    _OWN.change(session, by=by, alter=alter, operation=operation)


def forget_answers(session: Session, *, by: Actor, operation: str) -> None:
    """Remove all answers, to start again."""

    def alter(body: DigitalCheck) -> None:
        body.answers, body.on_paper, body.finished_on = {}, False, ""

    _OWN.change(session, by=by, alter=alter, operation=operation)


def enter_from_paper(
    session: Session, *, by: Actor, answers: Mapping[str, Sequence[str]], agreed: bool, operation: str, today: date
) -> None:
    """Save the answers of a sheet of paper, all at once, in the person's own visit.

    A professional may sit beside them and type. Raises PaperNotAgreed, UnknownAnswer, NotForStaff.
    """
    if not agreed:
        raise PaperNotAgreed
    checked = {one.cle: _checked_answer(one.cle, answers.get(one.cle, ())) for one in check_questions()}

    def alter(body: DigitalCheck) -> None:
        body.answers, body.on_paper, body.finished_on = checked, True, today.isoformat()

    _OWN.change(session, by=by, alter=alter, operation=operation)


def _checked_answer(question: str, chosen: Sequence[str]) -> list[str]:
    found = next((one for one in check_questions() if one.cle == question), None)
    if found is None or not set(chosen) <= found.keys or (len(chosen) > 1 and found.genre != "plusieurs"):
        raise UnknownAnswer
    return [one.cle for one in found.choix if one.cle in chosen] or [SKIPPED]
