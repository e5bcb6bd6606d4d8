"""The five kinds of gestures that are really done on the screen of a lesson."""

from __future__ import annotations

from typing import Annotated, Literal

import regex
from pydantic import Field, StringConstraints, model_validator

from clicnjob.content import ContentModel
from clicnjob.learn.plain_words import Drawn, Explanation, Key, Label
from clicnjob.learn.quiz import refuse_same_ids

FILE_NAME_LENGTH = 80
TYPED_LENGTH = 160


class NameFileGesture(ContentModel):
    """A file name to type. `de` is the bad name, `bon` an example of a good one (clicnjob/learn/file_names.py judges)."""

    genre: Literal["nommer"]
    de: Annotated[Drawn, StringConstraints(max_length=FILE_NAME_LENGTH)]
    bon: Annotated[Drawn, StringConstraints(max_length=FILE_NAME_LENGTH)]
    indice: Explanation


class FileItem(ContentModel):
    """A file of a drawn folder."""

    id: Key
    nom: Drawn
    taille: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    explication: Explanation
    juste: bool = False


class ChooseFileGesture(ContentModel):
    """The right file has to be touched in a folder, `dossier`."""

    genre: Literal["choisir_fichier"]
    dossier: Label = "Mes documents"
    fichiers: tuple[FileItem, ...] = Field(min_length=3, max_length=6)

    @model_validator(mode="after")
    def _files_fit(self) -> ChooseFileGesture:
        refuse_same_ids([one.id for one in self.fichiers])
        if sum(one.juste for one in self.fichiers) != 1:
            raise ValueError("« choisir_fichier » a exactement un fichier juste")
        return self


class FindWordGesture(ContentModel):
    """A word has to be touched in a text."""

    genre: Literal["trouver_mot"]
    texte: Annotated[Drawn, StringConstraints(max_length=300)]
    mot: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^\S+$")]
    explication: Explanation

    @model_validator(mode="after")
    def _word_is_there_once(self) -> FindWordGesture:
        if [bare_word(one) for one in shown_words(self.texte)].count(bare_word(self.mot)) != 1:
            raise ValueError(f"« {self.mot} » doit être une seule fois dans le texte, comme un mot entier")
        return self


class CorrectLineGesture(ContentModel):
    """A line to type again without its mistake; every text of `attendu` is accepted, whatever its case and spaces."""

    genre: Literal["corriger"]
    ligne: Drawn
    attendu: tuple[Drawn, ...] = Field(min_length=1, max_length=8)
    explication: Explanation


class JudgedItem(ContentModel):
    """A link, a message or an address to judge; `juste` is true for the good ones."""

    id: Key
    texte: Annotated[Drawn, StringConstraints(max_length=160)]
    juste: bool
    explication: Explanation


class JudgeGesture(ContentModel):
    """Things to judge one by one; `oui` names the good ones, `non` the others."""

    genre: Literal["juger"]
    objets: tuple[JudgedItem, ...] = Field(min_length=3, max_length=5)
    oui: Label
    non: Label

    @model_validator(mode="after")
    def _items_fit(self) -> JudgeGesture:
        refuse_same_ids([one.id for one in self.objets])
        if len({one.juste for one in self.objets}) < 2:
            raise ValueError("« juger » mêle au moins un bon et un mauvais")
        return self


Gesture = Annotated[
    NameFileGesture | ChooseFileGesture | FindWordGesture | CorrectLineGesture | JudgeGesture,
    Field(discriminator="genre"),
]


def shown_words(text: str) -> list[str]:
    """Return the words of a text with their signs; « Merci ! » is one, as it is on its line."""
    return text.split(" ")


def bare_word(word: str) -> str:
    """Return a word without the signs around it, in lower case: « Vite, » and « vite » are the same."""
    return regex.sub(r"^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$", "", word.replace("\u00a0", " ")).casefold()
