"""The six kinds of quiz questions of a lesson. None gives a mark, and every choice has its explanation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from clicnjob.content import ContentModel
from clicnjob.learn.plain_words import Answer, Drawn, Explanation, Key, Label, Line


class QuizChoice(ContentModel):
    """A choice, and what happens with it and why."""

    id: Key
    texte: Answer
    explication: Explanation
    juste: bool = False


class OpinionChoice(ContentModel):
    """A choice of a question without a verdict, and a kind answer to it."""

    id: Key
    texte: Answer
    explication: Explanation


class SingleChoiceQuestion(ContentModel):
    """A question with exactly one right choice."""

    id: Key
    genre: Literal["choix"]
    question: Explanation
    choix: tuple[QuizChoice, ...] = Field(min_length=2, max_length=4)
    indice: Explanation | None = None

    @model_validator(mode="after")
    def _choices_fit(self) -> SingleChoiceQuestion:
        refuse_same_ids([one.id for one in self.choix])
        if sum(one.juste for one in self.choix) != 1:
            raise ValueError("« choix » a exactement un choix juste")
        return self


class SeveralChoicesQuestion(ContentModel):
    """A question with two or more right choices."""

    id: Key
    genre: Literal["plusieurs"]
    question: Explanation
    choix: tuple[QuizChoice, ...] = Field(min_length=3, max_length=6)
    indice: Explanation | None = None

    @model_validator(mode="after")
    def _choices_fit(self) -> SeveralChoicesQuestion:
        refuse_same_ids([one.id for one in self.choix])
        if not 2 <= sum(one.juste for one in self.choix) < len(self.choix):
            raise ValueError("« plusieurs » a au moins deux choix justes, et un qui ne l’est pas")
        return self


class StatementQuestion(ContentModel):
    """A statement that is true or false."""

    id: Key
    genre: Literal["vrai_faux"]
    question: Line
    juste: bool
    explication: Explanation
    indice: Explanation | None = None


class OrderQuestion(ContentModel):
    """Things to put in order; `suite` is written in the right one."""

    id: Key
    genre: Literal["ordre"]
    question: Explanation
    suite: tuple[Answer, ...] = Field(min_length=3, max_length=5)
    explication: Explanation
    indice: Explanation | None = None

    @model_validator(mode="after")
    def _steps_differ(self) -> OrderQuestion:
        if len(set(self.suite)) < len(self.suite):
            raise ValueError("deux lignes de « suite » sont les mêmes")
        return self


class DrawnLine(ContentModel):
    """A line of a drawn document that can be touched."""

    id: Key
    texte: Drawn
    explication: Explanation
    juste: bool = False


class DrawnDocument(ContentModel):
    """A document drawn line by line: an offer, a pay slip, a message, an address bar."""

    titre: Label
    lignes: tuple[DrawnLine, ...] = Field(min_length=4, max_length=10)

    @model_validator(mode="after")
    def _lines_fit(self) -> DrawnDocument:
        refuse_same_ids([one.id for one in self.lignes])
        if sum(one.juste for one in self.lignes) != 1:
            raise ValueError("un document a exactement une ligne juste")
        return self


class FindLineQuestion(ContentModel):
    """The right line of a drawn document has to be touched."""

    id: Key
    genre: Literal["trouver"]
    question: Explanation
    document: DrawnDocument
    indice: Explanation | None = None


class OpinionQuestion(ContentModel):
    """A question without a verdict."""

    id: Key
    genre: Literal["opinion"]
    question: Explanation
    choix: tuple[OpinionChoice, ...] = Field(min_length=2, max_length=4)

    @model_validator(mode="after")
    def _choices_differ(self) -> OpinionQuestion:
        refuse_same_ids([one.id for one in self.choix])
        return self


QuizQuestion = Annotated[
    SingleChoiceQuestion
    | SeveralChoicesQuestion
    | StatementQuestion
    | OrderQuestion
    | FindLineQuestion
    | OpinionQuestion,
    Field(discriminator="genre"),
]


def refuse_same_ids(ids: list[str]) -> None:
    """Raise ValueError when two things side by side have one id."""
    for one in ids:
        if ids.count(one) > 1:
            raise ValueError(f"l’id « {one} » est donné deux fois")
