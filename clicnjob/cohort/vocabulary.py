"""The advisers' words of data/conseiller: steps to propose, reasons for ending a support, kinds of sessions."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.paths import DATA


class StepWords(ContentModel):
    """A step that can be proposed: the label of its button, and the page (and question) that it opens."""

    cle: str = Field(max_length=32)
    phrase: str = Field(max_length=40)
    page: str
    ecran: str = ""


class ReasonWords(ContentModel):
    """A coded reason for ending a support; `commentaire` means that it needs a comment."""

    cle: str = Field(max_length=32)
    libelle: str = Field(max_length=60)
    commentaire: bool = False


class WorkshopKind(ContentModel):
    """What a group session is about; with `propre` the professional writes the title.

    With `plan` it is the kind of a session started from a plan, which gives the title; it is no choice of its own.
    """

    cle: str = Field(max_length=32)
    nom: str = Field(max_length=40)
    icone: str = Field(max_length=8)
    propre: bool = False
    plan: bool = False


@cache
def step_choices() -> dict[str, StepWords]:
    """The steps by key. Raises content.ContentMistakes."""
    return {one.cle: one for one in content.read_content(list[StepWords], DATA / "conseiller" / "etapes.yaml")}


@cache
def closure_reasons() -> dict[str, ReasonWords]:
    """The reasons by key. Raises content.ContentMistakes."""
    return {one.cle: one for one in content.read_content(list[ReasonWords], DATA / "conseiller" / "sorties.yaml")}


@cache
def workshop_kinds() -> dict[str, WorkshopKind]:
    """The kinds of group sessions by key. Raises content.ContentMistakes."""
    return {one.cle: one for one in content.read_content(list[WorkshopKind], DATA / "conseiller" / "seances.yaml")}
