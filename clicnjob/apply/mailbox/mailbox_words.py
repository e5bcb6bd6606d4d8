"""Reads data/candidatures/messagerie: the exercises, the mails of the box, and the files of the picker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from clicnjob import content
from clicnjob.apply.letter_words import MomentKey
from clicnjob.content import ContentMistakes, ContentModel
from clicnjob.paths import DATA

FileFolder = Literal["documents", "bureau", "telechargements", "images"]
Sorting = Literal["signaler", "supprimer", "repondre"]
_KEY = r"^[a-z0-9-]{2,40}$"
_FOLDER = DATA / "candidatures" / "messagerie"


class OfferedAddress(ContentModel):
    """An address that the exercise offers. `pourquoi` says what happens when it is used, '' for one that is right."""

    adresse: str = Field(max_length=80)
    nom: str = Field(max_length=50)
    pourquoi: str = Field(default="", max_length=120)


class Exercise(ContentModel):
    """One message to write: what to read first, to whom it goes, and what comes back once it is good."""

    cle: str = Field(pattern=_KEY)
    moment: MomentKey
    nom: str = Field(max_length=30)
    icone: str
    aide: str = Field(max_length=70)
    mission: str = Field(max_length=90)
    lire: str
    facon: Literal["nouveau", "repondre"]
    metier: str = Field(max_length=40)
    employeur: str = Field(max_length=40)
    contact: str = Field(max_length=40)
    adresse: str
    bienvenus: tuple[str, ...] = ()
    carnet: tuple[OfferedAddress, ...] = Field(min_length=2, max_length=5)
    reponse: tuple[str, ...] = Field(min_length=2, max_length=6)


class MailFile(ContentModel):
    """A file that a mail carries, with its size in kilobytes."""

    nom: str
    taille: int


class ReceivedMail(ContentModel):
    """One mail of the box, or a page of a shop. `si_…` are the answers of a mail that is to be sorted."""

    cle: str = Field(pattern=_KEY)
    dossier: Literal["recus", "envoyes", "site"]
    genre: Literal["vrai", "arnaque", "pub"]
    de: str = Field(max_length=40)
    adresse: str
    a: tuple[str, ...]
    copie: tuple[str, ...] = ()
    quand: str = Field(max_length=20)
    objet: str = Field(max_length=60)
    lignes: tuple[str, ...] = Field(min_length=1, max_length=10)
    piece: MailFile | None = None
    signes: tuple[str, ...] = Field(default=(), max_length=5)
    si_signaler: str = Field(default="", max_length=140)
    si_supprimer: str = Field(default="", max_length=140)
    si_repondre: str = Field(default="", max_length=140)

    @property
    def is_to_sort(self) -> bool:
        """Whether the person can report, delete or answer it outside of an exercise."""
        return bool(self.si_signaler)

    def outcome_of(self, gesture: Sorting) -> str:
        """Return what happens after this gesture, and why."""
        return {"signaler": self.si_signaler, "supprimer": self.si_supprimer, "repondre": self.si_repondre}[gesture]


class PickerFile(ContentModel):
    """One file of the picker. `avec` names the mail whose file must be downloaded before it is there."""

    cle: str = Field(pattern=_KEY)
    nom: str
    dossier: FileFolder
    type: str = Field(max_length=20)
    icone: str
    quand: str = Field(max_length=20)
    taille: int
    mon_cv: bool
    avec: str = ""
    explication: str = Field(max_length=140)


@dataclass(frozen=True)
class MailboxWords:
    """All content of the rehearsal mailbox, each in display order."""

    exercises: dict[str, Exercise]
    mails: dict[str, ReceivedMail]
    files: dict[str, PickerFile]


@content.loaded_once
def mailbox_words() -> MailboxWords:
    """Return the words of this process, read once. Raises content.ContentMistakes."""
    words = MailboxWords(
        exercises={one.cle: one for one in content.read_content(list[Exercise], _FOLDER / "exercices.yaml")},
        mails={one.cle: one for one in content.read_content(list[ReceivedMail], _FOLDER / "courrier.yaml")},
        files={one.cle: one for one in content.read_content(list[PickerFile], _FOLDER / "fichiers.yaml")},
    )
    wrong = [one.cle for one in words.exercises.values() if one.lire not in words.mails or not _knows_address(one)]
    if wrong:
        raise ContentMistakes(
            tuple(f"exercices.yaml : « {key} » a un message à lire ou une adresse inconnus." for key in wrong)
        )
    return words


def size_text(kilobytes: int) -> str:
    """Return a size as a computer shows it: « 84 Ko », « 9,2 Mo »."""
    if kilobytes < 1_000:
        return f"{kilobytes}\u00a0Ko"
    return f"{kilobytes / 1_000:.1f}\u00a0Mo".replace(".", ",")


def _knows_address(one: Exercise) -> bool:
    return one.adresse in {each.adresse for each in one.carnet}
