"""The advisers' words of data/conseiller: steps to propose, reasons for ending a support, kinds of sessions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.paths import DATA


class StepWords(ContentModel):
    """A step that can be proposed: the label of its button, and the page (and question) that it opens."""

    cle: str = Field(max_length=32)
    phrase: str = Field(max_length=64)
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


class ContactOutcome(ContentModel):
    """How an attempt to reach somebody ended.

    `rappel` days later the adviser is reminded, 0 is never; without a reminder, alerts that ask for a call rest for
    `repos` days.
    """

    cle: str = Field(max_length=32)
    libelle: str = Field(max_length=30)
    icone: str = Field(max_length=32)
    fait: str = Field(max_length=60)
    rappel: int = Field(ge=0, le=60)
    repos: int = Field(ge=1, le=60)
    suite: Literal["", "echanges"] = ""


class ReadyPhrases(ContentModel):
    """Sentences that each side of a thread can send with one touch."""

    conseiller: list[str] = Field(min_length=1, max_length=12)
    jeune: list[str] = Field(min_length=1, max_length=8)
    jeune_ouvre: list[str] = Field(min_length=1, max_length=8)


class AppointmentReason(ContentModel):
    """Why a young person asks for an appointment: the sentence that they tick, which their adviser reads as well."""

    cle: str = Field(max_length=32)
    phrase: str = Field(max_length=40)


@content.loaded_once
def appointment_reasons() -> dict[str, AppointmentReason]:
    """The reasons by key, in display order. Raises content.ContentMistakes."""
    found = content.read_content(list[AppointmentReason], DATA / "conseiller" / "rendez-vous.yaml")
    return {one.cle: one for one in found}


@content.loaded_once
def ready_phrases() -> ReadyPhrases:
    """The ready sentences of a thread. Raises content.ContentMistakes."""
    return content.read_content(ReadyPhrases, DATA / "conseiller" / "phrases.yaml")


@content.loaded_once
def contact_outcomes() -> dict[str, ContactOutcome]:
    """The ends of a contact by key, in display order. Raises content.ContentMistakes."""
    found = content.read_content(list[ContactOutcome], DATA / "conseiller" / "contacts.yaml")
    return {one.cle: one for one in found}


@content.loaded_once
def step_choices() -> dict[str, StepWords]:
    """The steps by key. Raises content.ContentMistakes."""
    return {one.cle: one for one in content.read_content(list[StepWords], DATA / "conseiller" / "etapes.yaml")}


@content.loaded_once
def closure_reasons() -> dict[str, ReasonWords]:
    """The reasons by key. Raises content.ContentMistakes."""
    return {one.cle: one for one in content.read_content(list[ReasonWords], DATA / "conseiller" / "sorties.yaml")}


@content.loaded_once
def workshop_kinds() -> dict[str, WorkshopKind]:
    """The kinds of group sessions by key. Raises content.ContentMistakes."""
    return {one.cle: one for one in content.read_content(list[WorkshopKind], DATA / "conseiller" / "seances.yaml")}
