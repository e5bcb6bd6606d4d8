"""Defines what a young person told us: the profile (« mon sac »), and the choices that make a CV of it.

Both are stored as JSON in `models.Work` and validated here. Every field has a default, so a half-answered profile is
valid. Ids of items are short random strings made by the program, never typed.
"""

from __future__ import annotations

import secrets
from typing import Literal

from pydantic import Field

from clicnjob.models import WorkKind
from clicnjob.works import WorkBody

ExperienceKind = Literal[
    "travail", "stage", "petit_boulot", "aide_famille", "benevolat", "sport_asso", "projet", "service_civique"
]
StudyState = Literal["", "obtenu", "en_cours", "non_obtenu", "annee_suivie", "partie_validee", "commence", "suivie"]

PhotoShape = Literal["", "round", "square"]


def new_id() -> str:
    """Return a short random id for an item: 8 URL-safe characters."""
    return secrets.token_urlsafe(6)


class Period(WorkBody):
    """A period as a person remembers it.

    `start` and `end` are "YYYY" or "YYYY-MM", or '' if unknown. `words` keeps a period given in words (« été 2022 »),
    which is shown as typed; `ongoing` says that it has not ended.
    """

    start: str = ""
    end: str = ""
    ongoing: bool = False
    words: str = ""


class Experience(WorkBody):
    """One experience: a job, placement, help at home, sport… `activity` is a key of data/prompts/activites or ''."""

    id: str = Field(default_factory=new_id)
    kind: ExperienceKind = "stage"
    activity: str = ""
    title: str = ""
    place: str = ""
    town: str = ""
    period: Period = Field(default_factory=Period)
    phrases: list[str] = Field(default_factory=list)


class Study(WorkBody):
    """A class or a training course, finished or not. `level` is a key of data/prompts/etudes.yaml or ''.

    If `state` is empty, the level and speciality are printed without saying how the study ended.
    """

    id: str = Field(default_factory=new_id)
    level: str = ""
    title: str = ""
    school: str = ""
    town: str = ""
    period: Period = Field(default_factory=Period)
    state: StudyState = ""


class Certificate(WorkBody):
    """A permit or a certificate. `key` is a key of data/prompts/permis.yaml, or '' with a free `label`."""

    id: str = Field(default_factory=new_id)
    key: str = ""
    label: str = ""
    detail: str = ""


class Language(WorkBody):
    """A language and the can-do statements ticked; the level is computed from them, never asked."""

    id: str = Field(default_factory=new_id)
    key: str = ""
    label: str = ""
    can_do: list[str] = Field(default_factory=list)


class Quality(WorkBody):
    """A quality and its proof. `key` is a key of data/prompts/qualites.yaml, or '' with a free `label`."""

    id: str = Field(default_factory=new_id)
    key: str = ""
    label: str = ""
    proof: str = ""


class Interest(WorkBody):
    """Something the person likes to do, with one precise detail."""

    id: str = Field(default_factory=new_id)
    key: str = ""
    label: str = ""
    detail: str = ""


class Gap(WorkBody):
    """A period with nothing on paper: the sentence that the page prints, and its dates.

    The reason (health, papers, housing…) is never stored, only the sentence that the person chose.
    """

    id: str = Field(default_factory=new_id)
    text: str = ""
    period: Period = Field(default_factory=Period)


class Profile(WorkBody, kind=WorkKind.PROFILE):
    """All answers, each given once (« mon sac »). Birth date, street, nationality and health are never asked."""

    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    email: str = ""
    town: str = ""
    availability: str = ""
    mobility: list[str] = Field(default_factory=list)
    experiences: list[Experience] = Field(default_factory=list)
    studies: list[Study] = Field(default_factory=list)
    certificates: list[Certificate] = Field(default_factory=list)
    languages: list[Language] = Field(default_factory=list)
    qualities: list[Quality] = Field(default_factory=list)
    interests: list[Interest] = Field(default_factory=list)
    skills: list[str] = Field(default_factory=list)
    gaps: list[Gap] = Field(default_factory=list)


SectionKey = Literal["skills", "experiences", "studies", "certificates", "languages", "qualities", "interests"]
SECTION_KEYS: tuple[SectionKey, ...] = (
    "skills",
    "experiences",
    "studies",
    "certificates",
    "languages",
    "qualities",
    "interests",
)


def _every_section() -> list[SectionKey]:
    return list(SECTION_KEYS)


class Cv(WorkBody, kind=WorkKind.CV):
    """A selection from the profile: the job wanted, an order, what is left out, a model and a colour.

    `hidden` holds the ids of profile items (or the text of a skill) that this CV leaves out. `order` holds ids in the
    wanted order; items that it does not name follow in their natural order (what speaks for the job first, then newest).
    `photo_shape` is '' for the shape of the model.
    """

    name: str = "Mon CV"
    job_wanted: str = ""
    opening: list[str] = Field(default_factory=list)
    model: str = "sobre"
    colour: str = ""
    section_order: list[SectionKey] = Field(default_factory=_every_section)
    hidden: list[str] = Field(default_factory=list)
    order: list[str] = Field(default_factory=list)
    with_photo: bool = False
    photo_shape: PhotoShape = ""
