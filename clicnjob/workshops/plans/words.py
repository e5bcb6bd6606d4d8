"""The shape of a plan of a group session, the same for ours (data/seances/plans), a structure's own and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from clicnjob import text, workshop_policy
from clicnjob.content import UNFINISHED, ContentModel
from clicnjob.errors import Refusal

SHEET_TITLE_LENGTH = 80
LABELS = {
    "titre": "Titre",
    "objectif": "But de la séance, en une phrase",
    "pour_quoi": "Pour qui, ou à quel moment",
    "domaine": "Domaine",
    "public": "Public",
    "duree_min": "Durée en minutes",
    "materiel": "À préparer, une chose par ligne",
    "emporte": "Chacun repart avec, une chose par ligne",
    "minutes": "Minutes",
    "activite": "Activité",
    "consigne": "Consigne, sur les écrans",
    "dire": "Ce que vous dites",
    "montrer": "Sur l’écran du mur",
    "moins_de_postes": "Moins d’ordinateurs que de personnes",
    "sans_internet": "Sans internet",
    "indices": "Indices à envoyer, un par ligne",
    "question": "Question au groupe",
    "etapes": "Étapes",
    "kit": "Fiches à imprimer",
    "usage": "À quoi elle sert, et quand",
    "copies": "Combien en imprimer",
    "textes": "Textes à lire",
    "tableau": "Tableau à remplir",
    "cases": "Cases à cocher, une par ligne",
    "questions": "Questions et lignes pour écrire",
    "cartes": "Cartes à découper",
}
"""The fields that a trainer edits, as the app names them: on a box, and in the sentence about a mistake."""


def _clean_line(written: object) -> object:
    """Take invisible characters and line breaks out of a text, whoever brought it."""
    return _cleaned_text(written, text.clean_line)


def _clean_lines(written: object) -> object:
    """As `_clean_line`, for a text of several lines."""
    return _cleaned_text(written, text.clean_paragraph)


def _cleaned_text(written: object, clean: Callable[..., str]) -> object:
    if not isinstance(written, str):
        return written
    try:
        return clean(written, most=workshop_policy.PLAN_FILE_BYTES)
    except Refusal as refusal:
        raise ValueError(refusal.sentence) from None


_OneLine = BeforeValidator(_clean_line)
_Lines = BeforeValidator(_clean_lines)
_Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
_Line = Annotated[str, StringConstraints(min_length=1, max_length=200), _OneLine]
_Text = Annotated[str, StringConstraints(min_length=1, max_length=600), _Lines]
_Source = Annotated[str, StringConstraints(min_length=1, max_length=workshop_policy.PLAN_SOURCE_LENGTH), _Lines]
_Wall = Annotated[str, StringConstraints(min_length=1, max_length=workshop_policy.WALL_TEXT_LENGTH), _Lines]
_Variant = Annotated[str, StringConstraints(max_length=600), _Lines]
_Cell = Annotated[str, StringConstraints(max_length=200), _OneLine]
_Hint = Annotated[str, StringConstraints(min_length=1, max_length=workshop_policy.HINT_LENGTH), _OneLine]
_Asked = Annotated[str, StringConstraints(min_length=1, max_length=workshop_policy.GROUP_QUESTION_LENGTH), _OneLine]
_Choice = Annotated[str, StringConstraints(min_length=1, max_length=workshop_policy.GROUP_CHOICE_LENGTH), _OneLine]
_CardText = Annotated[str, StringConstraints(max_length=600), _Lines]
_WorkshopTitle = Annotated[
    str, StringConstraints(min_length=1, max_length=workshop_policy.WORKSHOP_TITLE_LENGTH), _OneLine
]


class StepQuestion(ContentModel):
    """The question to the group that comes with a step; only « choix » has choices. One touch asks it as it is."""

    genre: Literal["choix", "nuage", "texte", "echelle"]
    question: _Asked
    choix: list[_Choice] = Field(default_factory=list, max_length=workshop_policy.GROUP_CHOICES.stop - 1)

    @model_validator(mode="after")
    def _choices_fit(self) -> StepQuestion:
        if self.genre != "choix" and self.choix:
            raise ValueError("« choix » se remplit seulement pour une question à choix")
        different = len({text.fold_text(one) for one in self.choix})
        if self.genre == "choix" and (
            len(self.choix) not in workshop_policy.GROUP_CHOICES or different < len(self.choix)
        ):
            raise PydanticCustomError(UNFINISHED, "une question à choix a de deux à six réponses différentes")
        return self


class PlanStep(ContentModel):
    """A step: `consigne` is on each screen and said aloud, `dire` is read by the trainer, `montrer` is projected.

    `activite` may be unknown here: a lesson of a structure is named by an id that only this structure knows, and may be
    withdrawn. `nom_activite` is its title, so that it can still be named in words.
    """

    id: _Key
    minutes: int = Field(ge=1, le=workshop_policy.WORKSHOP_MOST_MINUTES, strict=True)
    titre: Annotated[str, StringConstraints(min_length=1, max_length=workshop_policy.PUSHED_TITLE_LENGTH), _OneLine]
    activite: Annotated[str, StringConstraints(max_length=64, pattern=r"^[a-z_]+(\.[a-z0-9_-]+)?$")]
    nom_activite: Annotated[str, StringConstraints(max_length=workshop_policy.PUSHED_TITLE_LENGTH), _OneLine] = ""
    consigne: _Text
    dire: Annotated[str, StringConstraints(min_length=1, max_length=900), _Lines]
    montrer: _Wall
    moins_de_postes: _Variant = ""
    sans_internet: _Variant = ""
    indices: list[_Hint] = Field(default_factory=list, max_length=8)
    question: StepQuestion | None = None


class KitCard(ContentModel):
    """A card to cut out."""

    titre: _Line
    texte: _CardText = ""


class KitTable(ContentModel):
    """A table: its heads, its rows, then `vides` empty rows to write in. Missing cells are empty."""

    colonnes: list[_Cell] = Field(min_length=1, max_length=6)
    lignes: list[list[_Cell]] = Field(default_factory=list, max_length=30)
    vides: int = Field(default=0, ge=0, le=20, strict=True)


class KitQuestion(ContentModel):
    """A question with lines to write on."""

    texte: _Line
    lignes: int = Field(default=2, ge=1, le=12, strict=True)


class KitSheet(ContentModel):
    """A sheet to print. Its parts come in this order: paragraphs, table, boxes to tick, questions, cards."""

    id: _Key
    titre: Annotated[str, StringConstraints(min_length=1, max_length=SHEET_TITLE_LENGTH), _OneLine]
    usage: _Hint
    copies: _Line
    textes: list[KitCard] = Field(default_factory=list, max_length=12)
    tableau: KitTable | None = None
    cases: list[_Line] = Field(default_factory=list, max_length=30)
    questions: list[KitQuestion] = Field(default_factory=list, max_length=12)
    cartes: list[KitCard] = Field(default_factory=list, max_length=36)

    @model_validator(mode="after")
    def _something_is_printed(self) -> KitSheet:
        if not (self.textes or self.tableau or self.cases or self.questions or self.cartes):
            raise PydanticCustomError(UNFINISHED, "cette fiche est vide : écrivez-y quelque chose, ou enlevez-la")
        return self


class Plan(ContentModel):
    """A plan of a session. `domaine` is only a suggestion: each school has its own names."""

    id: _Key
    version: int = Field(default=1, ge=1, le=1_000_000, strict=True)
    titre: _WorkshopTitle
    domaine: _Line
    objectif: _Line
    pour_quoi: _Hint
    public: _Line
    duree_min: int = Field(
        ge=workshop_policy.WORKSHOP_LEAST_MINUTES, le=workshop_policy.WORKSHOP_MOST_MINUTES, strict=True
    )
    licence: _Line
    auteur: _Line
    source: _Source
    verifie_le: date
    materiel: list[_Line] = Field(min_length=1, max_length=15)
    etapes: list[PlanStep] = Field(min_length=1, max_length=20)
    kit: list[KitSheet] = Field(default_factory=list, max_length=10)
    emporte: list[_Line] = Field(min_length=1, max_length=6)

    @model_validator(mode="after")
    def _steps_fit(self) -> Plan:
        if len({step.id for step in self.etapes}) < len(self.etapes):
            raise ValueError("deux étapes ont le même « id »")
        if len({sheet.id for sheet in self.kit}) < len(self.kit):
            raise ValueError("deux fiches ont le même « id »")
        if sentence := minutes_sentence([step.minutes for step in self.etapes], length=self.duree_min):
            raise PydanticCustomError(UNFINISHED, sentence)  # type: ignore[arg-type]
        return self


def minutes_sentence(minutes: Sequence[int], *, length: int) -> str:
    """Say kindly how the minutes of the steps miss the length of the session; '' when they add up."""
    left = length - sum(minutes)
    if left == 0:
        return ""
    count = "1 minute" if abs(left) == 1 else f"{abs(left)} minutes"
    if left > 0:
        return f"il reste {count} à donner à une étape, pour arriver à {length}"
    return f"il y a {count} de trop : raccourcissez une étape, pour arriver à {length}"
