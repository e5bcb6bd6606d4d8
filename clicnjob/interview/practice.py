"""Practising: a training from its first question to its end, and the one line that an adviser may read of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clicnjob import policy
from clicnjob.interview.bank import Bank, Question
from clicnjob.interview.notebook import Answer, Asked, Notebook, Practised, Training
from clicnjob.interview.own import is_own
from clicnjob.interview.words import TICKS, Tick, TickWords

OWN_TITLE = "Mon CV"
PITCH_TITLE = "Mon pitch"
PHONE_TITLE = "Le téléphone"


@dataclass(frozen=True, slots=True)
class Practice:
    """What an adviser sees, and only if the young person shares it: how often, the last day, the themes, latest first."""

    count: int
    last_on: date | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as the screen shows it. `question` is None for those made from the CV."""

    key: str
    words: str
    theme: str
    beginning: str
    question: Question | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What a training was, without any verdict."""

    asked: int
    done: int
    spoken: int
    written: int


def begin(book: Notebook, training: Training) -> None:
    """Start a training; one under way is left, what was written in it is kept."""
    book.training = training


def stop(book: Notebook) -> None:
    """No training is under way any more."""
    book.training = None


def shown(asked: Asked, bank: Bank) -> Shown | None:
    """The question to draw, or None when the content no longer holds it."""
    if is_own(asked.key):
        return Shown(asked.key, asked.words, OWN_TITLE, asked.beginning, None)
    question, group = bank.question(asked.key), bank.group_of(asked.key)
    if question is None or group is None:
        return None
    return Shown(asked.key, question.question, group.title, "", question)


def write(book: Notebook, one: Shown, text: str, *, today: date) -> None:
    """Keep an answer in writing; an empty one is forgotten."""
    if text:
        book.answers[one.key] = Answer(asked=one.words, text=text, on=today.isoformat())
    else:
        book.answers.pop(one.key, None)


def forget(book: Notebook, key: str) -> None:
    """Erase an answer in writing; the history keeps it."""
    book.answers.pop(key, None)


def speak(book: Notebook, one: Shown) -> None:
    """The question was answered aloud: that, and nothing of the sound, is kept."""
    training = book.training
    if training and one.key not in training.spoken:
        training.spoken.append(one.key)


def finish(book: Notebook, one: Shown, *, today: date) -> None:
    """The question is answered: it counts as practised, and is not asked again soon."""
    training = book.training
    if training is None or one.key in training.done:
        return
    training.done.append(one.key)
    book.recent = [*(key for key in book.recent if key != one.key), one.key][-policy.ASKED_KEPT :]
    _count(book, one.theme, today=today, training=training.id)


def rehearse(book: Notebook, title: str, *, today: date) -> None:
    """The pitch was said aloud, or a call went to its end: once a day each."""
    if not any(kept.on == today.isoformat() and kept.themes == [title] for kept in book.practised):
        _count(book, title, today=today, training="")


def tick(book: Notebook, key: str, name: Tick, ticked: bool) -> None:
    """Tick or untick one of the three, by oneself."""
    if book.training is None:
        return
    kept = set(book.training.ticks.get(key, ())) | {name} if ticked else set(book.training.ticks.get(key, ())) - {name}
    book.training.ticks[key] = [each for each in TICKS if each in kept]


def next_time(ticks: Sequence[Tick], words: Mapping[Tick, TickWords]) -> tuple[str, ...]:
    """What to try next time: one gesture for each tick that stayed empty."""
    return tuple(words[name].plus_tard for name in TICKS if name not in ticks)


def to_try(training: Training) -> Tick | None:
    """At the end, the one tick that stayed empty most often; None when none did."""
    answered = [training.ticks.get(key, []) for key in training.done]
    empty = {name: sum(name not in ticks for ticks in answered) for name in TICKS}
    most = max(TICKS, key=lambda name: empty[name])
    return most if empty[most] else None


def counts(book: Notebook) -> Counts:
    """How many were asked, answered, aloud and in writing, in the training under way."""
    training = book.training or Training()
    written = [key for key in training.done if key in book.answers]
    spoken = [key for key in training.done if key in training.spoken]
    return Counts(len(training.asked), len(training.done), len(spoken), len(written))


def written(book: Notebook, bank: Bank) -> tuple[tuple[str, tuple[tuple[str, Answer], ...]], ...]:
    """The answers in writing by theme, in the order of the bank, those about the CV first."""
    return tuple(
        (title, found)
        for title, keys in _by_title(book, bank)
        if (found := tuple((key, book.answers[key]) for key in keys))
    )


def summary(body: Mapping[str, Any]) -> Practice:
    """The one line for an adviser, from the body of the work (empty for none). Ask `Sharing.practice` first."""
    book = Notebook.model_validate(body)
    days = [date.fromisoformat(kept.on) for kept in book.practised]
    themes = dict.fromkeys(theme for kept in reversed(book.practised) for theme in kept.themes)
    return Practice(book.earlier + len(book.practised), max(days, default=None), tuple(themes))


def _count(book: Notebook, title: str, *, today: date, training: str) -> None:
    """One training is one act, whatever the number of its questions."""
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
    gone = [key for key in book.answers if not is_own(key) and bank.question(key) is None]
    yield "Autres questions", gone
