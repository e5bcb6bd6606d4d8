"""Finds where the titles of a list are, and which column holds what, by the titles that the field's software exports."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clicnjob import text
from clicnjob.cohort.reports.spreadsheets import FORMULA_SIGNS

# What a column may hold, in the order in which a screen asks for it, in the words of the screen.
FIELDS = {
    "first_name": "Prénom",
    "last_name": "Nom",
    "last_first": "Nom puis prénom, dans une case",
    "first_last": "Prénom puis nom, dans une case",
    "phone": "Téléphone",
    "birth_month": "Date ou mois de naissance",
    "people_list": "Liste",
}
SEVERAL = frozenset({"last_name", "phone"})  # fields that fall back on the next column where the first one is empty
NO_TITLES = -1
SEARCHED_ROWS = 40  # filled rows at the top among which the titles are looked for

Row = tuple[int, tuple[str, ...]]


def _word_set(said: str) -> frozenset[str]:
    return frozenset(said.split())


_NAME = re.compile("noms?|prenoms?")
_FILLING = _word_set(
    "jeune beneficiaire stagiaire candidat candidate participant participante usager personne eleve apprenant"
    " de du d' des la le l' numero no n obligatoire"
)
_PHONE = _word_set("telephone telephones tel tels portable portables mobile mobiles gsm phone")
_PHONE_TOO = _word_set("port fixe domicile perso personnel prive principal principale 1 2 3 contact")
_FIRST_TOO = _word_set("prenom prenoms premier usuel usage usuels etat civil 1 1er s")
_LAST_TOO = _word_set("nom noms famille usage usuel naissance jeune fille marital patronymique epouse s")
_BOTH_TOO = _word_set("nom noms prenom prenoms et usage usuel s")
_BIRTH = _word_set("naissance naiss ddn dn ne nee nes dob")
_BIRTH_TOO = _word_set("date mois jour jj mm aaaa annee le e")
_LIST = _word_set("liste listes groupe groupes atelier ateliers promo promotion promotions division classe section")
_MONTH_LOST = ({"annee", "naissance"}, {"annee", "naiss"})  # a year alone gives no month
_WORD = re.compile(r"[^\W_]+'?")
_HINT = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_INCLUSIVE = re.compile(r"[·•.\-](e?s?)(?=\s|$)|\((e?s?)\)")


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet is read: the place of its titles among the filled rows (or NO_TITLES), and the columns of each field."""

    sheet: int
    titles_at: int
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def is_enough(self) -> bool:
        """Whether both names can be read."""
        return {"first_name", "last_name"} <= self.places.keys() or bool(
            {"last_first", "first_last"} & self.places.keys()
        )


def guessed_layout(sheets: Sequence[Sequence[Row]], *, hidden: Sequence[bool]) -> Layout:
    """Return the layout that recognises most fields: of a visible sheet rather than a hidden one, the first if equal.

    Without any titles that give both names, it is that of the first visible sheet, and not enough.
    """
    found: list[tuple[int, int, Layout]] = []
    for number, rows in enumerate(sheets):
        at = titles_place(rows)
        if at != NO_TITLES:
            places = places_of_titles(rows[at][1])
            found.append((not hidden[number], len(places), Layout(number, at, places)))
    if found:
        return max(found, key=lambda each: each[:2])[2]
    first = next((n for n, is_hidden in enumerate(hidden) if not is_hidden and sheets[n]), 0)
    return Layout(first, NO_TITLES)


def titles_place(rows: Sequence[Row]) -> int:
    """Return where the titles stand among the filled rows at the top, or NO_TITLES."""
    scores = [title_score(cells) for _, cells in rows[:SEARCHED_ROWS]]
    best = max(scores, default=0)
    return scores.index(best) if best else NO_TITLES


def title_score(cells: Iterable[str]) -> int:
    """Return how many fields these cells name, 0 unless both names are among them."""
    places = places_of_titles(tuple(cells))
    return len(places) if Layout(0, 0, places).is_enough else 0


def places_of_titles(titles: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the columns of each field, the one to read first in front."""
    ranked: dict[str, list[tuple[int, int]]] = {}
    for place, title in enumerate(titles):
        if known := _field_of_title(title):
            ranked.setdefault(known[0], []).append((known[1], place))
    places = {name: tuple(place for _, place in sorted(found)) for name, found in ranked.items()}
    if {"first_name", "last_name"} <= places.keys():
        places = {name: found for name, found in places.items() if name not in ("last_first", "first_last")}
    return {name: found if name in SEVERAL else found[:1] for name, found in places.items()}


def titles_digest(titles: Sequence[str]) -> str:
    """Return a digest of a row of titles, by which a structure's layout is recognised without keeping its words."""
    return hashlib.sha256("\n".join(" ".join(_title_words(title)) for title in titles).encode()).hexdigest()


def shown_columns(rows: Sequence[Row], titles_at: int) -> tuple[str, ...]:
    """Return a name for each column of a sheet: its title, or « Colonne C »."""
    width = max((len(cells) for _, cells in rows), default=0)
    titles = rows[titles_at][1] if titles_at != NO_TITLES else ()
    named = [" ".join(titles[place].split()) if place < len(titles) else "" for place in range(width)]
    return tuple(name or f"Colonne {column_letter(place)}" for place, name in enumerate(named))


def column_letter(place: int) -> str:
    """Return the letter under which a spreadsheet shows a column: « A », « Z », « AA »."""
    return chr(65 + place) if place < 26 else chr(64 + place // 26) + chr(65 + place % 26)


def _field_of_title(title: str) -> tuple[str, int] | None:
    """Return the field that a title names, and its rank among titles of that field: the lowest is read first."""
    kept = [word for word in _title_words(title) if word not in _FILLING]
    said = set(kept)
    named = [word.rstrip("s") for word in kept if _NAME.fullmatch(word)]
    if set(named) == {"nom", "prenom"} and said <= _BOTH_TOO:
        return ("last_first" if named[0] == "nom" else "first_last"), 0
    if "prenom" in named and said <= _FIRST_TOO:
        return "first_name", 0 if said & _word_set("usuel usage") else 1
    if "nom" in named and said <= _LAST_TOO:
        usual, birth = _word_set("usage usuel marital epouse"), _word_set("naissance fille")
        return "last_name", 0 if said & usual else 2 if said & birth else 1
    if said & _PHONE and said <= _PHONE | _PHONE_TOO:
        mobile, fixed = _word_set("portable portables mobile mobiles gsm port"), _word_set("fixe domicile")
        return "phone", 0 if said & mobile else 2 if said & fixed else 1
    if said & _BIRTH and said <= _BIRTH | _BIRTH_TOO and said not in _MONTH_LOST:
        return "birth_month", 0
    return ("people_list", 0) if len(said & _LIST) == 1 and said <= _LIST | {"nom"} else None


def _title_words(title: str) -> list[str]:
    """Return the words of a title, folded: « N° de Tél.\\n(portable) » gives « numero », « de », « tel », « portable »."""
    plain = title[1:] if title[:1] == "'" and title[1:2] in FORMULA_SIGNS else title
    folded = text.fold_text(plain.replace("º", "°").replace("N°", "numero ").replace("n°", "numero "))
    bare = _INCLUSIVE.sub(" ", folded)
    hints = " ".join(_HINT.findall(bare))
    mobile = " portable" if re.search(r"\bport|mobile", hints) else ""
    return _WORD.findall(_HINT.sub(" ", bare) + mobile)
