"""Questions to the group: answered once a person while they are open, and shown without names when a trainer says so.

A session has at most one question that is open or shown; opening another closes it. An answer is held until a trainer
shows it. The trainer who reads the answers is not told who wrote them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from clicnjob import text, workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Actor, AnswerState, GroupAnswer, GroupQuestion, QuestionState, Workshop
from clicnjob.workshops import events, permissions

KINDS = ("choix", "nuage", "texte", "echelle")
WRITTEN_KINDS = frozenset({"nuage", "texte"})  # answered in one's own words, which a trainer reads first
SCALE = range(1, 6)
ON_SCREENS = (QuestionState.OPEN, QuestionState.SHOWN)


class WrongQuestion(Refusal):
    """The question is empty, of no known kind, or has too few or too many choices."""

    sentence = "Écrivez la question et, pour un choix, de deux à six réponses différentes."


class TooManyQuestions(Refusal):
    """The session has had as many questions as are kept."""

    sentence = "Vingt questions ont été posées. C’est le plus pour une séance."


class AnsweringOver(Refusal):
    """The question is no longer open, or is one of another session."""

    sentence = "On n’attend plus de réponse à cette question."


class WrongAnswer(Refusal):
    """The answer is empty or is none of the choices."""

    sentence = "Choisis une réponse, ou écris un mot."


def ask_group(
    session: Session,
    *,
    by: Actor,
    workshop_id: str,
    kind: str,
    question: str,
    choices: Sequence[str] = (),
    operation: str | None = None,
    now: datetime,
) -> str:
    """Open a question on every screen, close the one before it, and return its id; '' for a command sent twice.

    Raises NotFound, WrongQuestion, TooManyQuestions, what `text.clean_line` raises.
    """
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    asked, offered = _checked_question(kind, question, choices)
    count = session.exec(select(func.count()).where(col(GroupQuestion.workshop_id) == workshop.id)).one()
    if count >= workshop_policy.GROUP_QUESTIONS_AT_MOST:
        raise TooManyQuestions
    if not events.note_event(session, workshop_id=workshop.id, kind="question opened", operation=operation, now=now):
        return ""
    _take_off_screens(session, workshop)
    row = GroupQuestion(workshop_id=workshop.id, kind=kind, question=asked, choices=offered, asked_at=now)
    row.state = QuestionState.OPEN
    session.add(row)
    session.flush()
    events.change_screens(session, workshop_id=workshop.id)
    return row.id


def change_question(
    session: Session, *, by: Actor, workshop_id: str, question_id: str, to: QuestionState, now: datetime
) -> None:
    """Open a question again, close it (it leaves every screen), or show its answers on the projector.

    Showing a question shows the counts of a choice or a scale; of written answers only those that a trainer shows.
    Raises NotFound.
    """
    workshop, row = _led_question(session, by=by, workshop_id=workshop_id, question_id=question_id, now=now)
    if to is QuestionState.DRAFT:
        raise ValueError("a question that was asked is no draft again")
    if to in ON_SCREENS:
        _take_off_screens(session, workshop)
    row.state = to
    session.add(row)
    session.flush()
    events.change_screens(session, workshop_id=workshop.id)


def clear_answers(session: Session, *, by: Actor, workshop_id: str, question_id: str, now: datetime) -> None:
    """Delete every answer to a question, and their counts. Raises NotFound."""
    workshop, row = _led_question(session, by=by, workshop_id=workshop_id, question_id=question_id, now=now)
    session.exec(delete(GroupAnswer).where(col(GroupAnswer.question_id) == row.id))
    _count_answers(session, row)
    events.change_screens(session, workshop_id=workshop.id)


def set_answer_state(
    session: Session, *, by: Actor, workshop_id: str, question_id: str, key: str, to: AnswerState, now: datetime
) -> None:
    """Show one written answer on the projector, or hide it. `key` is its `answer_key`. Raises NotFound."""
    workshop, row = _led_question(session, by=by, workshop_id=workshop_id, question_id=question_id, now=now)
    answer = next((one for one in _answers_of(session, row.id) if answer_key(one) == key), None)
    if answer is None:
        raise NotFound
    answer.state = to
    session.add(answer)
    session.flush()
    events.change_screens(session, workshop_id=workshop.id)


def show_answers(
    session: Session, *, by: Actor, workshop_id: str, question_id: str, keys: Sequence[str], now: datetime
) -> None:
    """Show these answers, which the trainer has just read, and the question with them. Raises NotFound.

    One that came since stays held, as does a hidden one: nothing reaches the projector unread.
    """
    _, row = _led_question(session, by=by, workshop_id=workshop_id, question_id=question_id, now=now)
    wanted = set(keys)
    for answer in _answers_of(session, row.id):
        if answer.state is AnswerState.HELD and answer_key(answer) in wanted:
            answer.state = AnswerState.SHOWN
            session.add(answer)
    change_question(session, by=by, workshop_id=workshop_id, question_id=question_id, to=QuestionState.SHOWN, now=now)


def answer_question(
    session: Session, *, by: Actor, question_id: str, written: str = "", choice: int | None = None, now: datetime
) -> None:
    """Answer the open question of the session that the actor takes part in, or change one's answer, which is held anew.

    Raises NotFound for who is not admitted, AnsweringOver, WrongAnswer, what `text.clean_line` raises.
    """
    place = permissions.admitted_participation(session, of=by, now=now)
    # The row is locked, so that two answers that come together are both counted.
    query = select(GroupQuestion).where(GroupQuestion.id == question_id, GroupQuestion.workshop_id == place.workshop_id)
    row = session.exec(query.with_for_update()).first()
    if row is None or row.state is not QuestionState.OPEN:
        raise AnsweringOver
    put_answer(session, question=row, participant_id=place.participant_id, written=written, choice=choice, now=now)


def put_answer(
    session: Session, *, question: GroupQuestion, participant_id: str, written: str, choice: int | None, now: datetime
) -> None:
    """Store one person's answer to an open question, in place of an earlier one. Called after the right was checked.

    Raises WrongAnswer, what `text.clean_line` raises.
    """
    said, chosen = _checked_answer(question, written, choice)
    answer = session.get(GroupAnswer, (question.id, participant_id))
    answer = answer or GroupAnswer(question_id=question.id, participant_id=participant_id)
    answer.text, answer.choice, answer.state, answer.answered_at = said, chosen, AnswerState.HELD, now
    session.add(answer)
    session.flush()
    _count_answers(session, question)
    events.change_board(session, workshop_id=question.workshop_id)


def answer_key(answer: GroupAnswer) -> str:
    """Return what names an answer on the trainer's board without saying whose it is."""
    return hashlib.sha256(f"{answer.question_id}:{answer.participant_id}".encode()).hexdigest()[:16]


def answer_counts(row: GroupQuestion) -> tuple[int, ...]:
    """Return how many people gave each choice, or each step of the scale, in order; one number for written answers."""
    places = {"choix": range(len(row.choices)), "echelle": SCALE}.get(row.kind)
    if places is None:
        return (row.counts.get("answers", 0),)
    return tuple(row.counts.get(str(place), 0) for place in places)


def _checked_question(kind: str, question: str, choices: Sequence[str]) -> tuple[str, list[str]]:
    asked = text.clean_line(question, most=workshop_policy.GROUP_QUESTION_LENGTH)
    if not asked or kind not in KINDS:
        raise WrongQuestion
    if kind != "choix":
        return asked, []
    if len(choices) > workshop_policy.GROUP_CHOICES.stop * 2:
        raise WrongQuestion
    cleaned = [text.clean_line(one, most=workshop_policy.GROUP_CHOICE_LENGTH) for one in choices]
    offered = [one for one in cleaned if one]
    if len(offered) not in workshop_policy.GROUP_CHOICES or len({text.fold_text(one) for one in offered}) < len(
        offered
    ):
        raise WrongQuestion
    return asked, offered


def _checked_answer(row: GroupQuestion, written: str, choice: int | None) -> tuple[str, int | None]:
    if row.kind in WRITTEN_KINDS:
        most = workshop_policy.CLOUD_WORD_LENGTH if row.kind == "nuage" else workshop_policy.GROUP_ANSWER_LENGTH
        if not (said := text.clean_line(written, most=most)):
            raise WrongAnswer
        return said, None
    allowed = SCALE if row.kind == "echelle" else range(len(row.choices))
    if choice is None or choice not in allowed:
        raise WrongAnswer
    return "", choice


def _led_question(
    session: Session, *, by: Actor, workshop_id: str, question_id: str, now: datetime
) -> tuple[Workshop, GroupQuestion]:
    workshop = permissions.running_led_workshop(session, by=by, workshop_id=workshop_id, now=now)
    row = session.get(GroupQuestion, question_id)
    if row is None or row.workshop_id != workshop.id:
        raise NotFound
    return workshop, row


def _take_off_screens(session: Session, workshop: Workshop) -> None:
    """Close the question that is open or shown. Only loaded rows of it are refreshed, so flush before."""
    session.flush()
    current: Any = (col(GroupQuestion.workshop_id) == workshop.id, col(GroupQuestion.state).in_(ON_SCREENS))
    session.exec(update(GroupQuestion).where(*current).values(state=QuestionState.CLOSED))


def _answers_of(session: Session, question_id: str) -> Sequence[GroupAnswer]:
    query = select(GroupAnswer).where(GroupAnswer.question_id == question_id)
    return session.exec(query.order_by(GroupAnswer.participant_id)).all()


def _count_answers(session: Session, row: GroupQuestion) -> None:
    """Count the answers now, since the counts outlive them."""
    given = [one.choice for one in _answers_of(session, row.id)]
    counts = Counter("answers" if one is None else str(one) for one in given)
    row.counts = {"answers": len(given), **{name: count for name, count in counts.items() if name != "answers"}}
    session.add(row)
    session.flush()
