"""Answers to a question of the group as three people read them: its trainer, a participant, and the projector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import Field
from sqlmodel import Session, col, select

from clicnjob import content, text, workshop_policy
from clicnjob.content import ContentModel
from clicnjob.models import (
    Actor,
    AnswerState,
    GroupAnswer,
    GroupQuestion,
    QuestionState,
    WorkshopParticipant,
)
from clicnjob.paths import DATA
from clicnjob.workshops import permissions
from clicnjob.workshops.live import questions


class WordsToRead(ContentModel):
    """The words for which an answer is read twice; each stands for its plural too."""

    mots: list[str] = Field(min_length=1, max_length=400)


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """A written answer as a trainer reads it. `to_read_twice`: it holds a coarse word or a first name of the room."""

    key: str
    text: str
    state: AnswerState
    to_read_twice: bool


@dataclass(frozen=True, slots=True)
class LedQuestion:
    """A question as its trainer sees it. `answers` are the written ones, those to read twice first."""

    id: str
    kind: str
    question: str
    choices: tuple[str, ...]
    state: QuestionState
    answered: int
    counts: tuple[int, ...]
    answers: tuple[HeldAnswer, ...]


@dataclass(frozen=True, slots=True)
class QuestionToAnswer:
    """The open question as a participant reads it, with their own answer if they have given one."""

    id: str
    kind: str
    question: str
    choices: tuple[str, ...]
    text: str
    choice: int | None
    answered: bool


@dataclass(frozen=True, slots=True)
class CloudWord:
    """One word of the cloud, and how many people gave it."""

    word: str
    count: int


@dataclass(frozen=True, slots=True)
class ProjectedQuestion:
    """A question on the projector. `counts`, `words` and `sentences` are empty until its answers are shown."""

    kind: str
    question: str
    choices: tuple[str, ...]
    answered: int
    shown: bool
    counts: tuple[int, ...]
    words: tuple[CloudWord, ...]
    sentences: tuple[str, ...]


def led_questions(session: Session, *, of: Actor, workshop_id: str) -> tuple[LedQuestion, ...]:
    """Return the questions of a session, latest first, with who-knows-whose answers. Three queries. Raises NotFound."""
    workshop = permissions.led_workshop(session, by=of, workshop_id=workshop_id)
    rows = session.exec(
        select(GroupQuestion)
        .where(GroupQuestion.workshop_id == workshop.id)
        .order_by(col(GroupQuestion.asked_at).desc(), GroupQuestion.id)
    ).all()
    written = [row.id for row in rows if row.kind in questions.WRITTEN_KINDS]
    given = session.exec(select(GroupAnswer).where(col(GroupAnswer.question_id).in_(written))).all()
    names = session.exec(
        select(WorkshopParticipant.first_name).where(WorkshopParticipant.workshop_id == workshop.id)
    ).all()
    first_names = frozenset(word for name in names for word in text.fold_text(name).split())
    return tuple(_led_question(row, [one for one in given if one.question_id == row.id], first_names) for row in rows)


def projected_question(session: Session, *, workshop_id: str) -> ProjectedQuestion | None:
    """Return the question on the projector: open without its answers, or shown with those that a trainer chose."""
    query = select(GroupQuestion).where(
        GroupQuestion.workshop_id == workshop_id, col(GroupQuestion.state).in_(questions.ON_SCREENS)
    )
    row = session.exec(query.order_by(col(GroupQuestion.asked_at).desc()).limit(1)).first()
    if row is None:
        return None
    answered, shown = row.counts.get("answers", 0), row.state is QuestionState.SHOWN
    asked = (row.kind, row.question, tuple(row.choices), answered, shown)
    if not shown:
        return ProjectedQuestion(*asked, (), (), ())
    if row.kind not in questions.WRITTEN_KINDS:
        return ProjectedQuestion(*asked, questions.answer_counts(row), (), ())
    texts = session.exec(
        select(GroupAnswer.text).where(GroupAnswer.question_id == row.id, GroupAnswer.state == AnswerState.SHOWN)
    ).all()
    if row.kind == "nuage":
        return ProjectedQuestion(*asked, (), cloud_words(texts), ())
    return ProjectedQuestion(*asked, (), (), tuple(sorted(texts, key=text.fold_text)))


def cloud_words(texts: Iterable[str]) -> tuple[CloudWord, ...]:
    """Gather the same word written with or without accents and capitals; the most frequent first, fifty at most."""
    forms: dict[str, Counter[str]] = {}
    for said in texts:
        forms.setdefault(text.fold_text(said), Counter())[said] += 1
    gathered = [(folded, max(sorted(seen), key=seen.__getitem__), seen.total()) for folded, seen in forms.items()]
    gathered.sort(key=lambda one: (-one[2], one[0]))
    return tuple(CloudWord(word, count) for _, word, count in gathered[: workshop_policy.CLOUD_WORDS])


def is_to_read_twice(said: str, *, first_names: frozenset[str] = frozenset()) -> bool:
    """Whether an answer holds a coarse word or somebody's first name. It sorts what a trainer reads; it blocks nothing.

    Whole words are compared, letters drawn out or replaced by digits included, so that « vidéo » holds nothing coarse.
    """
    words = _plain_words(said)
    return bool(words & coarse_words()) or bool(words & first_names)


@content.loaded_once
def coarse_words() -> frozenset[str]:
    """Return the words of data/seances/mots-a-relire.yaml, folded, with their plurals. Raises ContentMistakes."""
    read = content.read_content(WordsToRead, DATA / "seances" / "mots-a-relire.yaml")
    folded = {_without_repeats(text.fold_text(word)) for word in read.mots}
    return frozenset(folded | {f"{word}s" for word in folded})


_DIGITS = str.maketrans("013457@$", "oieastas")


def _plain_words(said: str) -> frozenset[str]:
    """Return the words of a text folded, also as they are read when letters are drawn out or written as digits."""
    folded = "".join(letter if letter.isalnum() or letter in "@$" else " " for letter in text.fold_text(said))
    plain = folded.split()
    run_together = [folded.replace(" ", "")] if all(len(word) == 1 for word in plain) else []
    words = [*plain, *run_together]
    return frozenset(words) | frozenset(_without_repeats(word.translate(_DIGITS)) for word in words)


def _without_repeats(word: str) -> str:
    """Return the word with each run of one letter made one letter: « meeerde » and « merde » alike."""
    return "".join(letter for place, letter in enumerate(word) if not place or word[place - 1] != letter)


def _led_question(row: GroupQuestion, given: Sequence[GroupAnswer], first_names: frozenset[str]) -> LedQuestion:
    held = [
        HeldAnswer(questions.answer_key(one), one.text, one.state, is_to_read_twice(one.text, first_names=first_names))
        for one in given
    ]
    # In the order of the alphabet: the order in which answers came would say who wrote them.
    held.sort(key=lambda one: (not one.to_read_twice, text.fold_text(one.text), one.key))
    answered = row.counts.get("answers", 0)
    counts = questions.answer_counts(row)
    return LedQuestion(row.id, row.kind, row.question, tuple(row.choices), row.state, answered, counts, tuple(held))
