"""The shape of a lesson (data/lecons/<id>.yaml), the same for ours, a structure's own and files that are passed on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from clicnjob.content import ContentModel
from clicnjob.learn.gestures import Gesture
from clicnjob.learn.plain_words import (
    SCREEN_LINES,
    ContentAuthor,
    CopySource,
    Explanation,
    FactSource,
    Icon,
    Key,
    Label,
    Line,
    Lines,
    ReadAloud,
    Sign,
    Title,
)
from clicnjob.learn.quiz import QuizQuestion, refuse_same_ids
from clicnjob.paths import PAGES

Licence = Literal["CC-BY-SA-4.0", "CC-BY-4.0", "CC0-1.0"]
DeviceFit = Literal["bien", "gene", "non"]
GestureKey = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z]+(-[a-z]+)*$", max_length=40)]


class TextScreen(ContentModel):
    """A screen of short lines. `lire` is read aloud instead of them."""

    id: Key
    genre: Literal["texte"]
    titre: Title
    lignes: Lines
    lire: ReadAloud = ""


class DrawnPicture(ContentModel):
    """One picture of the house's font, drawn large, with what it shows."""

    signe: Sign
    alt: Annotated[Line, StringConstraints(max_length=90)]


class PictureScreen(ContentModel):
    """A large picture with short lines."""

    id: Key
    genre: Literal["image"]
    titre: Title
    image: DrawnPicture
    lignes: Lines
    lire: ReadAloud = ""


class StepsScreen(ContentModel):
    """What to do, step by step."""

    id: Key
    genre: Literal["pas_a_pas"]
    titre: Title
    etapes: tuple[Line, ...] = Field(min_length=2, max_length=7)
    lire: ReadAloud = ""


class ComparedSide(ContentModel):
    """One of two things side by side."""

    nom: Label
    lignes: tuple[Line, ...] = Field(min_length=1, max_length=5)
    bien: bool


class ComparisonScreen(ContentModel):
    """Two things side by side, of which one is good, and why."""

    id: Key
    genre: Literal["comparer"]
    titre: Title
    gauche: ComparedSide
    droite: ComparedSide
    pourquoi: Explanation
    lire: ReadAloud = ""

    @model_validator(mode="after")
    def _sides_fit(self) -> ComparisonScreen:
        if self.gauche.bien == self.droite.bien:
            raise ValueError("de « gauche » et « droite », exactement un est bien")
        if len(self.gauche.lignes) + len(self.droite.lignes) > SCREEN_LINES - 1:
            raise ValueError(f"« comparer » a {SCREEN_LINES - 1} lignes au plus, et le pourquoi")
        return self


class GestureScreen(ContentModel):
    """A gesture that is really done on the screen."""

    id: Key
    genre: Literal["geste"]
    titre: Title
    consigne: Line
    geste: Gesture
    lire: ReadAloud = ""


LessonScreen = Annotated[
    TextScreen | PictureScreen | StepsScreen | ComparisonScreen | GestureScreen, Field(discriminator="genre")
]


class LessonDevices(ContentModel):
    """How well a lesson goes on each device."""

    ordinateur: DeviceFit
    telephone: DeviceFit


class NextGesture(ContentModel):
    """The page of the young person's space where the gesture is done for real."""

    page: Annotated[str, StringConstraints(pattern=r"^young/[a-z_]+\.py$")]
    libelle: Label

    @model_validator(mode="after")
    def _page_exists(self) -> NextGesture:
        if not (PAGES / self.page).is_file():
            raise ValueError(f"la page « {self.page} » n’existe pas")
        return self


class PocketSheet(ContentModel):
    """The lines of the printed page: what to keep in the pocket."""

    lignes: tuple[Line, ...] = Field(min_length=3, max_length=10)


class Lesson(ContentModel):
    """A lesson: screens, then a quiz. `gestes` are keys of _gestes.yaml, `theme` of _themes.yaml."""

    id: Key
    version: int = Field(ge=1)
    titre: Title
    theme: Key
    icone: Icon
    duree_min: int = Field(ge=3, le=10)
    objectifs: tuple[Line, ...] = Field(min_length=1, max_length=3)
    gestes: tuple[GestureKey, ...] = Field(min_length=1, max_length=4)
    appareils: LessonDevices
    licence: Licence
    auteur: ContentAuthor
    copie_de: CopySource | None = None
    verifie_le: date
    sources: tuple[FactSource, ...] = Field(max_length=6)
    ecrans: tuple[LessonScreen, ...] = Field(min_length=2, max_length=5)
    quiz: tuple[QuizQuestion, ...] = Field(min_length=2, max_length=4)
    geste_suivant: NextGesture
    fiche: PocketSheet

    @model_validator(mode="after")
    def _ids_differ(self) -> Lesson:
        refuse_same_ids([one.id for one in (*self.ecrans, *self.quiz)])
        return self

    @property
    def places(self) -> tuple[str, ...]:
        """The ids of the screens and then of the questions, in order."""
        return tuple(one.id for one in (*self.ecrans, *self.quiz))
