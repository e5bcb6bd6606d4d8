"""« Ce qui me bloque »: the obstacles as content, each with one first step and whom to turn to, and those somebody keeps.

Health and justice are shown with their contacts but cannot be kept: storing them would reveal what the law protects
most (GDPR, articles 9 and 10).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field
from sqlmodel import Session

from clicnjob.content import ContentMistakes, ContentModel, loaded_once, read_content, shown_path
from clicnjob.errors import Refusal
from clicnjob.models import Actor, WorkKind
from clicnjob.own_work import OwnWork
from clicnjob.paths import DATA
from clicnjob.works import WorkBody

FOLDER = DATA / "obstacles"
_KEY = r"^[a-z]+(-[a-z]+)*$"


class UnknownObstacle(Refusal):
    """The key is of no obstacle that can be kept."""

    sentence = "Cette ligne ne se garde pas ici."


class NationalContact(ContentModel):
    """A place or a number for the whole country. `source` and `verifie_le`: where and when it was checked."""

    cle: str = Field(pattern=_KEY)
    nom: str = Field(min_length=3, max_length=60)
    pour: str = Field(min_length=10, max_length=90)
    numero: str = Field(default="", pattern=r"^[\d\u00a0]{0,16}$")
    quand: str = Field(default="", max_length=40)
    adresse: str = Field(default="", pattern=r"^(https://\S+)?$", max_length=120)
    source: str = Field(min_length=3)
    verifie_le: date


class NextPage(ContentModel):
    """A page of the app on which the first step is done, and the words of its button."""

    page: str = Field(pattern=r"^young/[a-z_]+\.py$")
    libelle: str = Field(min_length=3, max_length=40)


class Obstacle(ContentModel):
    """One obstacle. `geste` is the one first step; `thematiques` are those of data·inclusion v1; `garde` as above."""

    cle: str = Field(pattern=_KEY)
    signe: str = Field(min_length=1, max_length=4)
    alt: str = Field(min_length=3, max_length=40)
    titre: str = Field(min_length=5, max_length=60)
    phrase: str = Field(min_length=10, max_length=110)
    geste: str = Field(min_length=10, max_length=110)
    contacts: tuple[str, ...] = Field(min_length=1, max_length=4)
    thematiques: tuple[str, ...] = Field(min_length=1, max_length=6)
    garde: bool = True
    suite: NextPage | None = None


class KeptObstacles(WorkBody, kind=WorkKind.OBSTACLES):
    """The keys of the obstacles that somebody keeps, in the order of the content. What is shared is no part of it."""

    kept: list[str] = Field(default_factory=list, max_length=30)


_OWN = OwnWork(WorkKind.OBSTACLES, KeptObstacles)


@loaded_once
def known_obstacles() -> tuple[Obstacle, ...]:
    """Return the obstacles in display order. Raises ContentMistakes, also for a contact that does not exist."""
    return read_obstacles(FOLDER)[0]


@loaded_once
def national_contacts() -> dict[str, NationalContact]:
    """Return the national contacts by key. Raises ContentMistakes."""
    return read_obstacles(FOLDER)[1]


def read_obstacles(folder: Path) -> tuple[tuple[Obstacle, ...], dict[str, NationalContact]]:
    """Read both files of a folder. Raises ContentMistakes."""
    contacts = {one.cle: one for one in read_content(list[NationalContact], folder / "contacts.yaml")}
    file = folder / "obstacles.yaml"
    found = tuple(read_content(list[Obstacle], file))
    mistakes = tuple(
        f"{shown_path(file)} : dans « {one.cle} », le contact « {key} » n’existe pas."
        for one in found
        for key in one.contacts
        if key not in contacts
    )
    if mistakes:
        raise ContentMistakes(mistakes)
    return found, contacts


def contacts_of(obstacle: Obstacle) -> tuple[NationalContact, ...]:
    """Return the national contacts of an obstacle, in its order."""
    known = national_contacts()
    return tuple(known[key] for key in obstacle.contacts)


def own_obstacles(session: Session, *, of: Actor) -> tuple[str, ...]:
    """Return the keys that the person keeps, in the order of the content. One query. Raises NotForStaff."""
    return kept_in_order(_OWN.read(session, of=of))


def kept_in_order(body: KeptObstacles) -> tuple[str, ...]:
    """Return the kept keys that are still content, in its order."""
    return tuple(one.cle for one in known_obstacles() if one.garde and one.cle in body.kept)


def keep_obstacle(session: Session, *, by: Actor, key: str, keep: bool, operation: str) -> None:
    """Keep one obstacle, or let it go. Raises UnknownObstacle, NotForStaff.

    `privacy.sharing.keep_obstacle` also stops sharing one that is let go.
    """
    if not any(one.garde and one.cle == key for one in known_obstacles()):
        raise UnknownObstacle

    def alter(body: KeptObstacles) -> None:
        others = [one for one in body.kept if one != key]
        body.kept = [*others, key] if keep else others

    _OWN.change(session, by=by, alter=alter, operation=operation)
