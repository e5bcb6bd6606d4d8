"""Runs a training from its first question to its end, and summarises practice in the one line an adviser may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clicnjob import policy
from clicnjob.interview.bank import Bank, Question
from clicnjob.interview.notebook import Notebook, Practised, Training, TrainingQuestion, WrittenAnswer
from clicnjob.interview.own import is_own
from clicnjob.interview.words import TICKS, Tick, TickWords

OWN_TITLE = "Mon CV"
PITCH_TITLE = "Mon pitch"
PHONE_TITLE = "Le téléphone"


@dataclass(frozen=True, slots=True)
class Practice:
    """What an adviser sees if the young person shares it: how often, the last day, the themes, latest first."""

    count: int
    last_on: date | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as the screen shows it. `question` is None for questions made from the CV."""

    key: str
    words: str
    theme: str
    beginning: str
    question: Question | None


@dataclass(frozen=True, slots=True)
class TrainingCounts:
    """How much was done in a training. There is no score on purpose."""

    asked: int
    done: int
    spoken: int
    written: int


def begin_training(book: Notebook, training: Training) -> None:
    """Start a training. It replaces one in progress, whose written answers stay."""
    book.training = training


def stop_training(book: Notebook) -> None:
    """End the training in progress."""
    book.training = None


def question_to_show(asked: TrainingQuestion, bank: Bank) -> ShownQuestion | None:
    """Return the question to display, or None if the content no longer has it."""
    if is_own(asked.key):
        return ShownQuestion(asked.key, asked.words, OWN_TITLE, asked.beginning, None)
    question, group = bank.question_with_key(asked.key), bank.group_of(asked.key)
    if question is None or group is None:
        return None
    return ShownQuestion(asked.key, question.question, group.title, "", question)


def write_answer(book: Notebook, one: ShownQuestion, text: str, *, today: date) -> None:
    """Save a written answer; an empty text removes it."""
    if text:
        book.answers[one.key] = WrittenAnswer(asked=one.words, text=text, on=today.isoformat())
    else:
        book.answers.pop(one.key, None)


def forget_answer(book: Notebook, key: str) -> None:
    """Remove a written answer; the history of the notebook still has it."""
    book.answers.pop(key, None)


def note_spoken_answer(book: Notebook, one: ShownQuestion) -> None:
    """Record that the question was answered aloud. No sound is stored."""
    training = book.training
    if training and one.key not in training.spoken:
        training.spoken.append(one.key)


def finish_question(book: Notebook, one: ShownQuestion, *, today: date) -> None:
    """Mark the question as answered: it counts as practice and is not asked again soon."""
    training = book.training
    if training is None or one.key in training.done:
        return
    training.done.append(one.key)
    book.recent = [*(key for key in book.recent if key != one.key), one.key][-policy.ASKED_KEPT :]
    _count_practice(book, one.theme, today=today, training=training.id)


def note_rehearsal(book: Notebook, title: str, *, today: date) -> None:
    """Record that the pitch was said aloud or a call was finished; each counts once a day."""
    if not any(kept.on == today.isoformat() and kept.themes == [title] for kept in book.practised):
        _count_practice(book, title, today=today, training="")


def tick_skill(book: Notebook, key: str, name: Tick, ticked: bool) -> None:
    """Tick or untick one of the three self-assessment boxes of a question."""
    if book.training is None:
        return
    kept = set(book.training.ticks.get(key, ())) | {name} if ticked else set(book.training.ticks.get(key, ())) - {name}
    book.training.ticks[key] = [each for each in TICKS if each in kept]


def next_time(ticks: Sequence[Tick], words: Mapping[Tick, TickWords]) -> tuple[str, ...]:
    """Return what to try next time: one action for each box left empty."""
    return tuple(words[name].plus_tard for name in TICKS if name not in ticks)


def to_try(training: Training) -> Tick | None:
    """Return the box left empty most often in this training, or None if none was."""
    answered = [training.ticks.get(key, []) for key in training.done]
    empty = {name: sum(name not in ticks for ticks in answered) for name in TICKS}
    most = max(TICKS, key=lambda name: empty[name])
    return most if empty[most] else None


def training_counts(book: Notebook) -> TrainingCounts:
    """Count the questions asked, answered, spoken and written in the training in progress."""
    training = book.training or Training()
    written = [key for key in training.done if key in book.answers]
    spoken = [key for key in training.done if key in training.spoken]
    return TrainingCounts(len(training.asked), len(training.done), len(spoken), len(written))


def written_answers(book: Notebook, bank: Bank) -> tuple[tuple[str, tuple[tuple[str, WrittenAnswer], ...]], ...]:
    """Return the written answers as (title, ((key, answer), …)): first those about the CV, then the bank’s order."""
    return tuple(
        (title, found)
        for title, keys in _by_title(book, bank)
        if (found := tuple((key, book.answers[key]) for key in keys))
    )


def practice_summary(body: Mapping[str, Any]) -> Practice:
    """Summarise practice for an adviser from the body of the notebook ({} if there is none).

    The caller must check `Sharing.practice` first.
    """
    book = Notebook.model_validate(body)
    days = [date.fromisoformat(kept.on) for kept in book.practised]
    themes = dict.fromkeys(theme for kept in reversed(book.practised) for theme in kept.themes)
    return Practice(book.earlier + len(book.practised), max(days, default=None), tuple(themes))


def practice_days(body: Mapping[str, Any]) -> tuple[date, ...]:
    """Return the day of each practice that the notebook still lists. The caller must check `Sharing.practice` first."""
    return tuple(date.fromisoformat(kept.on) for kept in Notebook.model_validate(body).practised)


def _count_practice(book: Notebook, title: str, *, today: date, training: str) -> None:
    """Count one practice for a whole training, however many questions it has."""
    same = next((kept for kept in book.practised if training and kept.training == training), None)
    if same is None:
        book.practised.append(Practised(on=today.isoformat(), themes=[title], training=training))
        over = len(book.practised) - policy.PRACTICE_KEPT
        if over > 0:
            book.practised, book.earlier = book.practised[over:], book.earlier + over
    elif title not in same.themes:
        same.themes.append(title)


def _by_title(book: Notebook, bank: Bank) -> Iterator[tuple[str, list[str]]]:
    yield OWN_TITLE, [key for key in book.answers if is_own(key)]
    for group in bank.groups.values():
        yield group.title, [key for key in book.answers if bank.group_of(key) is group]
    gone = [key for key in book.answers if not is_own(key) and bank.question_with_key(key) is None]
    yield "Autres questions", gone
