"""The ten questions of the digital check and the rules that propose lessons, as content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field, model_validator

from clicnjob.content import ContentMistakes, ContentModel, loaded_once, read_content, shown_path
from clicnjob.paths import DATA
from clicnjob.text import fold_text

FOLDER = DATA / "bilan-numerique"
LESSONS_LEAST, LESSONS_MOST = 2, 3
SKIPPED = "passe"  # the answer of somebody who passes a question
_KEY = r"^[a-z]+(-[a-z]+)*$"
Subject = Literal["equipement", "connexion", "gestes", "e-mail", "securite", "envies"]
Answers = Mapping[str, Sequence[str]]


class CheckChoice(ContentModel):
    """One answer with its picture."""

    cle: str = Field(pattern=_KEY)
    signe: str = Field(min_length=1, max_length=4)
    texte: str = Field(min_length=2, max_length=60)


class CheckQuestion(ContentModel):
    """One question. `ligne` is the line to correct or the message to judge; the comment of the file explains `genre`."""

    cle: str = Field(pattern=_KEY)
    sujet: Subject
    genre: Literal["choix", "plusieurs", "fichier", "corriger", "lien"]
    question: str = Field(min_length=5, max_length=80)
    aide: str = Field(default="", max_length=60)
    ligne: str = Field(default="", max_length=90)
    attendu: tuple[str, ...] = ()
    choix: tuple[CheckChoice, ...] = Field(min_length=3, max_length=6)

    @model_validator(mode="after")
    def _is_complete(self) -> CheckQuestion:
        if (self.genre in ("corriger", "lien")) != bool(self.ligne):
            raise ValueError("« ligne » va avec « corriger » et « lien », et avec eux seuls")
        if (self.genre == "corriger") != bool(self.attendu):
            raise ValueError("« attendu » va avec « corriger », et avec lui seul")
        return self

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its choices."""
        return frozenset(one.cle for one in self.choix)

    def answer_of_line(self, typed: str) -> str:
        """Return the choice that a typed line stands for; the line itself is not stored."""
        told = " ".join(typed.split())
        if fold_text(told) == fold_text(self.ligne) or not told:
            return "sais-pas"
        return "fait" if fold_text(told) in {fold_text(one) for one in self.attendu} else "autre"


class LessonRule(ContentModel):
    """A lesson, why it helps, and the answers that call for it; without `si` it completes a short list."""

    lecon: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    titre: str = Field(min_length=3, max_length=50)
    parce_que: str = Field(min_length=5, max_length=70)
    si: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def is_called_for(self, answers: Answers) -> bool:
        """Whether one of the answers calls for it."""
        return any(set(wanted) & set(answers.get(question, ())) for question, wanted in self.si.items())


@loaded_once
def check_questions() -> tuple[CheckQuestion, ...]:
    """Return the questions in order. Raises ContentMistakes."""
    return tuple(read_content(list[CheckQuestion], FOLDER / "questions.yaml"))


@loaded_once
def lesson_rules() -> tuple[LessonRule, ...]:
    """Return the rules, most useful lesson first. Raises ContentMistakes, also for an answer that does not exist."""
    file = FOLDER / "lecons.yaml"
    found = tuple(read_content(list[LessonRule], file))
    known = {one.cle: one.keys for one in check_questions()}
    mistakes = tuple(
        f"{shown_path(file)} : dans « {rule.lecon} », la réponse « {question}: {key} » n’existe pas."
        for rule in found
        for question, keys in rule.si.items()
        for key in keys
        if key not in known.get(question, frozenset())
    )
    if mistakes:
        raise ContentMistakes(mistakes)
    return found


def proposed_lessons(answers: Answers) -> tuple[LessonRule, ...]:
    """Return two or three lessons, each once, most useful first."""
    found: dict[str, LessonRule] = {}
    for rule in lesson_rules():
        if rule.is_called_for(answers):
            found.setdefault(rule.lecon, rule)
    for rule in lesson_rules():
        if len(found) >= LESSONS_LEAST:
            break
        if not rule.si:
            found.setdefault(rule.lecon, rule)
    return tuple(found.values())[:LESSONS_MOST]


def answer_in_words(question: CheckQuestion, answers: Answers) -> str:
    """Return the answer to one question as one reads it; '' when it was passed or not given."""
    given = answers.get(question.cle, ())
    return ", ".join(one.texte for one in question.choix if one.cle in given)
