"""The shape of a scene (data/scenes/<id>.yaml): a short story in which each choice leads on, and none ends badly for good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from clicnjob.content import ContentModel
from clicnjob.learn.lesson import Licence
from clicnjob.learn.plain_words import (
    SCREEN_LINES,
    Answer,
    ContentAuthor,
    CopySource,
    Explanation,
    FactSource,
    Icon,
    Key,
    Label,
    Line,
    Sign,
    Title,
)
from clicnjob.learn.quiz import refuse_same_ids

MOST_CHOICES = 6  # from the beginning to any end


class SceneChoice(ContentModel):
    """Something one can do or say; `pourquoi` says what happens next and why."""

    id: Key
    texte: Answer
    suite: Key
    pourquoi: Explanation


class SceneEnding(ContentModel):
    """An end: one sentence to keep, and the moment from which one may try another way."""

    retenir: Line
    refaire: Key


class SceneMoment(ContentModel):
    """A moment: who is there, drawn by one picture, what happens, then choices or an end."""

    id: Key
    qui: Label
    signe: Sign
    alt: Annotated[Line, StringConstraints(max_length=90)]
    lignes: tuple[Line, ...] = Field(min_length=1, max_length=SCREEN_LINES)
    choix: tuple[SceneChoice, ...] = Field(default=(), max_length=4)
    fin: SceneEnding | None = None

    @model_validator(mode="after")
    def _goes_on_or_ends(self) -> SceneMoment:
        refuse_same_ids([one.id for one in self.choix])
        if (self.fin is None) != (len(self.choix) >= 2):
            raise ValueError("un moment a deux à quatre choix, ou une fin, pas les deux")
        return self


class Scene(ContentModel):
    """A scene, from the moment `debut` to one of its ends."""

    id: Key
    version: int = Field(ge=1)
    titre: Title
    icone: Icon
    duree_min: int = Field(ge=2, le=10)
    licence: Licence
    auteur: ContentAuthor
    copie_de: CopySource | None = None
    verifie_le: date
    sources: tuple[FactSource, ...] = Field(max_length=6)
    debut: Key
    moments: tuple[SceneMoment, ...] = Field(min_length=4, max_length=10)

    @model_validator(mode="after")
    def _story_is_whole(self) -> Scene:
        refuse_same_ids([one.id for one in self.moments])
        if faults := list(_story_faults(self)):
            raise ValueError(" ; ".join(faults))
        return self

    def moment_with_id(self, moment_id: str) -> SceneMoment | None:
        """Return a moment, or None where the story no longer has it."""
        return next((one for one in self.moments if one.id == moment_id), None)


def _story_faults(scene: Scene) -> Iterator[str]:
    """Say what would leave somebody stuck, walk in circles or never be met."""
    moments = {one.id: one for one in scene.moments}
    named = [scene.debut]
    named += [choice.suite for one in scene.moments for choice in one.choix]
    named += [one.fin.refaire for one in scene.moments if one.fin]
    if unknown := sorted(set(named) - moments.keys()):
        yield f"le moment « {unknown[0]} » n’existe pas"
        return
    if sum(1 for one in scene.moments if one.fin) < 2:
        yield "il faut au moins deux fins"
    for one in scene.moments:
        if one.fin and not moments[one.fin.refaire].choix:
            yield f"« {one.id} » fait recommencer à une fin"
    farthest = _farthest_choices(scene, moments)
    yield from (f"on n’arrive jamais à « {key} »" for key in moments if key not in farthest)
    if max(farthest.values()) > MOST_CHOICES:
        yield f"un chemin demande plus de {MOST_CHOICES} choix, ou tourne en rond"


def _farthest_choices(scene: Scene, moments: dict[str, SceneMoment]) -> dict[str, int]:
    """Return for each moment that is reached the most choices it takes, counted up to one more than is allowed."""
    farthest: dict[str, int] = {}
    standing = {scene.debut}
    for count in range(MOST_CHOICES + 2):
        farthest |= dict.fromkeys(standing, count)
        standing = {choice.suite for key in standing for choice in moments[key].choix}
    return farthest
