"""The questions of the first visit, and the first step that their answers propose, as content.

Three of them are questions of other rooms asked here: their words come from there and so must their answers go there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from clicnjob.content import ContentMistakes, ContentModel, loaded_once, read_content, shown_path
from clicnjob.jobs.interests import quiz_statements
from clicnjob.learn.digital_check.questions import check_questions
from clicnjob.learn.obstacles import known_obstacles
from clicnjob.learn.plain_words import Line
from clicnjob.paths import DATA

FOLDER = DATA / "premiere-visite"
LEAST, MOST = 5, 8  # questions
_KEY = r"^[a-z]+(-[a-z]+)*$"
Room = Literal["chemin", "interets", "bilan", "obstacles"]
Answers = Mapping[str, Sequence[str]]


class FirstChoice(ContentModel):
    """One answer with its picture."""

    cle: str = Field(pattern=_KEY)
    signe: str = Field(min_length=1, max_length=4)
    texte: str = Field(min_length=2, max_length=60)


class WrittenQuestion(ContentModel):
    """One question as its file says it; the comment of the file explains the keys."""

    cle: str = Field(pattern=_KEY)
    va_dans: Room
    question: str = Field(default="", max_length=80)
    aide: str = Field(default="", max_length=60)
    effet: Line | None = None
    choix: tuple[FirstChoice, ...] = Field(default=(), max_length=6)
    parmi: tuple[str, ...] = Field(default=(), max_length=6)

    @model_validator(mode="after")
    def _is_complete(self) -> WrittenQuestion:
        if (self.va_dans == "chemin") != bool(self.choix):
            raise ValueError("« choix » va avec « chemin », et avec lui seul")
        if (self.va_dans in ("interets", "obstacles")) != bool(self.parmi):
            raise ValueError("« parmi » va avec « interets » et « obstacles », et avec eux seuls")
        if (self.va_dans == "chemin") == bool(self.effet):
            raise ValueError("« effet » dit ce qui change ailleurs : avec « chemin », le premier pas le montre déjà")
        if (self.va_dans == "bilan") == bool(self.question):
            raise ValueError("une question du « bilan » garde ses mots, les autres ont les leurs")
        return self


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """One question as it is asked. `room` says where its answer is stored; `several`: any number of choices."""

    key: str
    room: Room
    words: str
    aid: str
    effect: str
    choices: tuple[FirstChoice, ...]
    several: bool

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its choices."""
        return frozenset(one.cle for one in self.choices)


class FirstStep(ContentModel):
    """What to do first, and the answers that call for it: to each question named, one of those given."""

    page: str = Field(pattern=r"^young/[a-z_]+\.py$")
    libelle: str = Field(min_length=3, max_length=40)
    icone: str = Field(pattern=r"^[a-z_]+$")
    dire: Line
    court: bool = False
    si: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def is_called_for(self, answers: Answers) -> bool:
        """Whether every question that it names has one of the answers that it wants."""
        return all(set(wanted) & set(answers.get(question, ())) for question, wanted in self.si.items())


@loaded_once
def first_questions() -> tuple[FirstQuestion, ...]:
    """Return the questions in order. Raises ContentMistakes, also for a line of another room that does not exist."""
    file = FOLDER / "questions.yaml"
    written = read_content(list[WrittenQuestion], file)
    mistakes = [
        f"{shown_path(file)} : dans « {one.cle} », « {key} » n’existe pas."
        for one in written
        for key in (one.parmi if one.va_dans != "bilan" else (one.cle,))
        if key not in _known_lines(one.va_dans)
    ]
    if not LEAST <= len(written) <= MOST:
        mistakes.append(f"{shown_path(file)} : il faut entre {LEAST} et {MOST} questions.")
    if mistakes:
        raise ContentMistakes(tuple(mistakes))
    return tuple(_asked_question(one) for one in written)


@loaded_once
def first_steps() -> tuple[FirstStep, ...]:
    """Return the steps, the first that fits first. Raises ContentMistakes, also for an answer that does not exist."""
    file = FOLDER / "premier-pas.yaml"
    found = tuple(read_content(list[FirstStep], file))
    known = {one.key: one.keys for one in first_questions() if one.room == "chemin"}
    mistakes = [
        f"{shown_path(file)} : « {question}: {key} » n’existe pas."
        for step in found
        for question, keys in step.si.items()
        for key in keys
        if key not in known.get(question, frozenset())
    ]
    if not found or found[-1].si:
        mistakes.append(f"{shown_path(file)} : la dernière ligne convient à tout le monde, sans « si ».")
    if mistakes:
        raise ContentMistakes(tuple(mistakes))
    return found


def first_step(answers: Answers) -> FirstStep:
    """Return the step that these answers call for."""
    return next(one for one in first_steps() if one.is_called_for(answers))


def answer_in_words(question: FirstQuestion, chosen: Sequence[str]) -> str:
    """Return what was chosen as one reads it; '' when nothing was."""
    return ", ".join(one.texte for one in question.choices if one.cle in chosen)


def _known_lines(room: Room) -> frozenset[str]:
    """Return the keys of another room that may be asked about here."""
    if room == "interets":
        return frozenset(one.cle for one in quiz_statements())
    if room == "obstacles":
        return frozenset(one.cle for one in known_obstacles() if one.garde)
    return frozenset(one.cle for one in check_questions() if one.genre == "choix") if room == "bilan" else frozenset()


def _asked_question(one: WrittenQuestion) -> FirstQuestion:
    if one.va_dans == "bilan":
        theirs = next(asked for asked in check_questions() if asked.cle == one.cle)
        shown = tuple(FirstChoice(cle=c.cle, signe=c.signe, texte=c.texte) for c in theirs.choix)
        return FirstQuestion(one.cle, one.va_dans, theirs.question, theirs.aide, one.effet or "", shown, False)
    if one.va_dans == "chemin":
        return FirstQuestion(one.cle, one.va_dans, one.question, one.aide, one.effet or "", one.choix, False)
    if one.va_dans == "interets":
        lines = {line.cle: FirstChoice(cle=line.cle, signe=line.icone, texte=line.texte) for line in quiz_statements()}
    else:
        lines = {line.cle: FirstChoice(cle=line.cle, signe=line.signe, texte=line.titre) for line in known_obstacles()}
    shown = tuple(lines[key] for key in one.parmi)
    return FirstQuestion(one.cle, one.va_dans, one.question, one.aide, one.effet or "", shown, True)
