"""Whether an e-mail address looks sober, and what would."""

from __future__ import annotations

import re
from functools import cache

from clicnjob import content, text
from clicnjob.content import Words
from clicnjob.paths import DATA


class AddressWords(Words):
    """data/mots/adresses.yaml."""

    mots: str
    morceaux: str
    motifs: list[str]
    annee: str


@cache
def address_words() -> AddressWords:
    """What makes an address look unserious. Raises content.ContentMistakes."""
    return content.read(AddressWords, DATA / "mots" / "adresses.yaml")


def is_sober(email: str, *, name: str = "") -> bool:
    """Whether nothing in the address may make an employer smile; the person's own name is always sober."""
    words, local = address_words(), _local(email)
    own = set(re.findall(r"[a-z]+", text.fold(name)))
    pieces = set(re.findall(r"[a-z]+|\d+", local)) - own
    joined = "".join(sorted(own))
    return not (
        pieces & set(words.mots.split())
        or any(part in local and part not in joined for part in words.morceaux.split())
        or any(re.search(motif, local) for motif in words.motifs)
    )


def shows_birth_year(email: str) -> bool:
    """Whether the address holds a year in which its owner may be born."""
    return re.search(address_words().annee, _local(email)) is not None


def simple(first_name: str, last_name: str) -> str:
    """« prenom.nom » without accents; the words themselves when no name is known."""
    parts = ("-".join(re.findall(r"[a-z]+", text.fold(part))) for part in (first_name, last_name))
    return ".".join(part for part in parts if part) or "prenom.nom"


def _local(email: str) -> str:
    return text.fold(email).partition("@")[0]
