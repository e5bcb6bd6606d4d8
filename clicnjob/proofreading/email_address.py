"""Judges whether an e-mail address looks serious, and proposes a better one."""

from __future__ import annotations

import re

from clicnjob import content, text
from clicnjob.content import ContentModel
from clicnjob.paths import DATA


class AddressWords(ContentModel):
    """The content of data/mots/adresses.yaml."""

    mots: str
    morceaux: str
    motifs: list[str]
    annee: str


@content.loaded_once
def address_words() -> AddressWords:
    """Return what makes an address look unserious, read once. Raises content.ContentMistakes."""
    return content.read_content(AddressWords, DATA / "mots" / "adresses.yaml")


def is_sober(email: str, *, name: str = "") -> bool:
    """Tell whether nothing in the address may make an employer smile; the person's own name never does."""
    words, local = address_words(), _local_part(email)
    own = set(re.findall(r"[a-z]+", text.fold_text(name)))
    pieces = set(re.findall(r"[a-z]+|\d+", local)) - own
    joined = "".join(sorted(own))
    return not (
        pieces & set(words.mots.split())
        or any(part in local and part not in joined for part in words.morceaux.split())
        or any(re.search(motif, local) for motif in words.motifs)
    )


def shows_birth_year(email: str) -> bool:
    """Tell whether the address contains a year that may be the owner's year of birth."""
    return re.search(address_words().annee, _local_part(email)) is not None


def simple_address(first_name: str, last_name: str) -> str:
    """Return « prenom.nom » without accents, or literally "prenom.nom" if no name is known."""
    parts = ("-".join(re.findall(r"[a-z]+", text.fold_text(part))) for part in (first_name, last_name))
    return ".".join(part for part in parts if part) or "prenom.nom"


def _local_part(email: str) -> str:
    return text.fold_text(email).partition("@")[0]
