"""Reads and checks the interview questions of data/interview/questions, by theme and by family of jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from clicnjob.content import ContentMistakes, ContentModel, loaded_once, read_content, shown_path
from clicnjob.paths import DATA

INTERVIEW = DATA / "interview"
THEMES = (
    "se-presenter",
    "motivation",
    "experience",
    "qualites-defauts",
    "trous",
    "diplome",
    "ponctualite-transport",
    "horaires",
    "argent",
    "equipe",
    "conflit",
    "situation",
    "illegales",
    "questions-a-poser",
    "telephone",
    "visio",
)
FAMILIES = "ABCDEFGHIJKLMN"

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Said = Annotated[str, Field(min_length=1)]
Letter = Annotated[str, Field(pattern=r"^[A-N]$")]


class Question(ContentModel):
    """One question of an employer.

    `pourquoi` says why it is asked, `temps` an answer in three steps, `piege` what to avoid; `niveau` is 1 (easy) to 3.
    """

    cle: Key
    question: str = Field(min_length=1, max_length=140)
    pourquoi: Said
    temps: tuple[Said, ...] = Field(min_length=3, max_length=3)
    exemple: Said
    piege: Said
    niveau: Literal[1, 2, 3]


class ThemeFile(ContentModel):
    """One file of questions/, which holds one theme and is named after it."""

    theme: Key
    titre: str = Field(min_length=1, max_length=40)
    icone: Said
    questions: tuple[Question, ...] = Field(min_length=1)


class FamilyFile(ContentModel):
    """One file of questions/familles/: one family of jobs, under its letter in the ROME directory."""

    famille: Letter
    titre: str = Field(min_length=1, max_length=60)
    icone: Said
    questions: tuple[Question, ...] = Field(min_length=1)


File = TypeVar("File", ThemeFile, FamilyFile)


@dataclass(frozen=True)
class QuestionGroup:
    """The questions of one theme or one family. `key` is the theme, or the letter of the family."""

    key: str
    title: str
    icon: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Bank:
    """Every question, by theme in the order of `THEMES` and by family from A to N."""

    themes: dict[str, QuestionGroup]
    families: dict[str, QuestionGroup]

    @cached_property
    def groups(self) -> dict[str, QuestionGroup]:
        """Themes and families together, by key."""
        return self.themes | self.families

    @cached_property
    def _places_by_key(self) -> dict[str, tuple[Question, QuestionGroup]]:
        return {one.cle: (one, group) for group in self.groups.values() for one in group.questions}

    def question_with_key(self, key: str) -> Question | None:
        """Return the question of this key, or None if the content no longer has it."""
        return self._places_by_key[key][0] if key in self._places_by_key else None

    def group_of(self, key: str) -> QuestionGroup | None:
        """Return the theme or family of a question, or None if the content no longer has it."""
        return self._places_by_key[key][1] if key in self._places_by_key else None


@loaded_once
def question_bank() -> Bank:
    """Return the bank of this process, read once. Raises ContentMistakes."""
    return read_bank()


def read_bank(folder: Path = INTERVIEW) -> Bank:
    """Read the bank under `folder`. Raises ContentMistakes with every mistake of every file."""
    mistakes: list[str] = []
    themes = _files_of(folder / "questions", ThemeFile, mistakes)
    families = _files_of(folder / "questions" / "familles", FamilyFile, mistakes)
    if not mistakes:
        mistakes += _misplaced_files(themes, families)
        mistakes += _given_twice([*themes.items(), *families.items()])
    if mistakes:
        raise ContentMistakes(tuple(mistakes))
    found = {one.theme: QuestionGroup(one.theme, one.titre, one.icone, one.questions) for one in themes.values()}
    of_jobs = {
        one.famille: QuestionGroup(one.famille, one.titre, one.icone, one.questions) for one in families.values()
    }
    return Bank({key: found[key] for key in THEMES}, {key: of_jobs[key] for key in FAMILIES})


def line_of(file: Path, key: str) -> str:
    """Return « data/…yaml:8 », the line that defines this key, or line 1 if none does."""
    pattern = re.compile(rf"\b(?:cle|theme|famille):\s*[\"']?{re.escape(key)}[\"']?\s*(?:$|[,}}#])")
    rows = file.read_text(encoding="utf-8").splitlines()
    number = next((n for n, row in enumerate(rows, 1) if pattern.search(row)), 1)
    return f"{shown_path(file)}:{number}"


def _files_of(folder: Path, kind: type[File], mistakes: list[str]) -> dict[Path, File]:
    found: dict[Path, File] = {}
    for file in sorted(folder.glob("*.yaml")):
        try:
            found[file] = read_content(kind, file)
        except ContentMistakes as wrong:
            mistakes += wrong.mistakes
    return found


def _misplaced_files(themes: dict[Path, ThemeFile], families: dict[Path, FamilyFile]) -> Iterator[str]:
    """Report each file whose name differs from its content, and each theme or family that is missing or unknown."""
    for file, one in themes.items():
        if one.theme != file.stem or one.theme not in THEMES:
            yield f"{line_of(file, one.theme)} : le thème « {one.theme} » n’est pas celui du fichier."
    for file, family in families.items():
        if family.famille.lower() != file.stem.lower():
            yield f"{line_of(file, family.famille)} : la famille « {family.famille} » n’est pas celle du fichier."
    missing = [key for key in THEMES if key not in {one.theme for one in themes.values()}]
    missing += [key for key in FAMILIES if key not in {one.famille for one in families.values()}]
    yield from (f"data/interview/questions : il manque le fichier « {key}.yaml »." for key in missing)


def _given_twice(files: list[tuple[Path, ThemeFile | FamilyFile]]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for file, one in files:
        for question in one.questions:
            if question.cle in seen:
                place = line_of(file, question.cle)
                yield f"{place} : la clé « {question.cle} » est déjà prise dans {seen[question.cle]}."
            seen[question.cle] = shown_path(file)
