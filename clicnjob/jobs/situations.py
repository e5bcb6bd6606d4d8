"""The situations of distress (data/portes): how people say them, and whom to turn to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field

from clicnjob.content import ContentMistakes, ContentModel, read_content, shown_path
from clicnjob.paths import DATA

FOLDER = DATA / "portes"


class Contact(ContentModel):
    """Somebody to turn to: a number with its hours, or a place described in `nom`."""

    nom: str = Field(min_length=2, max_length=110)
    numero: str = Field(default="", pattern=r"^[\d\u00a0]{0,16}$")
    quand: str = Field(default="", max_length=60)


class Situation(ContentModel):
    """One situation of distress: how people say it, the sentence shown, and whom to turn to.

    `sauf`: words that prove the contrary. `ignorer`: words that only sound like it and are left out of the reading.
    `metiers`: whether a job named beside it is still answered. `metiers_nommes`: where it is not, whether a job that is
    surely named and wished for is answered all the same (« je dors à la rue et je cherche en cuisine »).
    `dernier_recours`: it is tried only when no job was found. `pour_les_autres`: it is also read in a wish about others
    (« surveiller pour un dealer »). `source` and `verifie_le`: where and when the numbers were checked.
    """

    cle: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    metiers: bool
    metiers_nommes: bool = False
    dernier_recours: bool = False
    pour_les_autres: bool = False
    phrase: str = Field(min_length=10, max_length=160)
    contacts: tuple[Contact, ...] = Field(min_length=1, max_length=4)
    seuls: tuple[str, ...] = ()
    phrases: tuple[str, ...] = Field(min_length=1)
    sauf: tuple[str, ...] = ()
    ignorer: tuple[str, ...] = ()
    source: str = Field(min_length=3)
    verifie_le: date

    @property
    def said(self) -> str:
        """The whole answer as one line of text, for the command line and its JSON."""
        return " ".join((self.phrase, *(f"{_contact_line(contact)}." for contact in self.contacts)))


class WordGroups(ContentModel):
    """The words of each `{group}`, the function words skipped, and short spellings with their expansion."""

    passe: tuple[str, ...]
    pour_les_autres: tuple[str, ...]
    souhaiter: tuple[str, ...]
    ecritures: dict[str, str]
    groupes: dict[str, tuple[str, ...]]


def read_situations(folder: Path = FOLDER) -> tuple[tuple[Situation, ...], WordGroups]:
    """Read the situations and the word groups. Raises ContentMistakes, also for a phrase with an unknown group."""
    groups = read_content(WordGroups, folder / "groupes.yaml")
    file = folder / "situations.yaml"
    situations = tuple(read_content(list[Situation], file))
    mistakes = tuple(
        f"{shown_path(file)} : dans « {one.cle} », le groupe {name} n’existe pas."
        for one in situations
        for phrase in (*one.phrases, *one.sauf, *one.ignorer)
        for name in phrase.split()
        if name.startswith("{") and name.strip("{}") not in groups.groupes
    )
    if mistakes:
        raise ContentMistakes(mistakes)
    return situations, groups


def _contact_line(contact: Contact) -> str:
    hours = f" ({contact.quand})" if contact.quand else ""
    return f"{contact.nom}\u00a0: {contact.numero}{hours}" if contact.numero else contact.nom.rstrip(".")
