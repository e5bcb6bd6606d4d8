"""Finds what should not be on a CV: social security and bank numbers, birth date, street, health, religion…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.paths import DATA

Kind = Literal[
    "nir", "iban", "card", "birth_date", "age", "street", "health", "nationality", "religion", "family",
    "other_person", "other_contact",
]  # fmt: skip

_GAP = r"[ .\-\u00a0\u202f]?"
_NIR = re.compile(
    rf"(?<![\d.,])[1-478]{_GAP}\d\d{_GAP}\d\d{_GAP}(?:\d\d|2[ABab])"
    rf"{_GAP}\d{{3}}{_GAP}\d{{3}}(?:{_GAP}\d\d)?(?!\d)"
)
_NIR_SAID = re.compile(r"\b(?:sécu\w*|securit\w*|ss|nir|insee|immatriculation|vitale)\b[^\d]{0,25}$", re.IGNORECASE)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0\-]?[A-Za-z0-9]){11,34}")
_CARD = re.compile(r"(?<![\d.,])\d(?:[ \u00a0-]?\d){14,15}(?!\d)")
_MONTHS = "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre"
_MONTHS += "|décembre|decembre"
_FULL_DATE = re.compile(
    r"(?<![\d/.])(?:0?[1-9]|[12]\d|3[01])(?:er)?"
    rf"(?:[/. -](?:0?[1-9]|1[0-2])[/. -]| (?:{_MONTHS}) )"
    r"(?:19[5-9]\d|200\d|201[0-2])(?![\d/])",
    re.IGNORECASE,
)
_NOT_BIRTH = re.compile(r"(?:depuis|jusqu’au|obtenue?|délivrée?|du|au|entre)(?: le)? $", re.IGNORECASE)
_PIECE = re.compile(r"[^,;·|/•\n–—]+")
_CHILDREN = re.compile(r"\s*(?:\d|une?|deux|trois|quatre) enfants?\s*\.?\s*", re.IGNORECASE)


class Clue(ContentModel):
    """Patterns that reveal something private, as written in the content file."""

    type: Kind
    motifs: list[str]
    bord: Literal["", "ligne"] = ""


class ClueFile(ContentModel):
    """The content of data/mots/sensibles.yaml."""

    pourquoi: dict[Kind, str]
    reperes: list[Clue]


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A part of a text that reveals something private: its position, its kind, and why it should go."""

    start: int
    end: int
    text: str
    kind: Kind
    why: str


def sensitive_places(text: str) -> tuple[Sensitive, ...]:
    """Return the sensitive parts of a text, in order and without overlap; the surest kinds take precedence."""
    shadow = text.replace("'", "’").replace("\u00a0", " ").replace("\u202f", " ")
    kept: list[tuple[int, int, Kind]] = []
    for start, end, kind in (
        *_number_places(shadow),
        *_clue_places(shadow),
        *_birth_date_places(shadow),
        *_family_places(shadow),
    ):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end, kind))
    return tuple(_sensitive_at(text, *place) for place in sorted(kept))


def _sensitive_at(text: str, start: int, end: int, kind: Kind) -> Sensitive:
    end = start + len(text[start:end].rstrip(" .,"))
    return Sensitive(start, end, text[start:end], kind, clue_file().pourquoi[kind])


@content.loaded_once
def clue_file() -> ClueFile:
    """Return the patterns of private data, read once. Raises content.ContentMistakes."""
    return content.read_content(ClueFile, DATA / "mots" / "sensibles.yaml")


@content.loaded_once
def _clue_patterns() -> tuple[tuple[Kind, bool, re.Pattern[str]], ...]:
    return tuple(
        (clue.type, clue.bord == "ligne", re.compile(_bounded_pattern(motif), re.IGNORECASE | re.MULTILINE))
        for clue in clue_file().reperes
        for motif in clue.motifs
    )


def _bounded_pattern(motif: str) -> str:
    return r"(?<![\w@])(?:" + motif.replace("<mois>", _MONTHS) + ")"


def _clue_places(text: str) -> Iterator[tuple[int, int, Kind]]:
    for kind, whole, pattern in _clue_patterns():
        if not whole:
            yield from ((m.start(), m.end(), kind) for m in pattern.finditer(text) if _ends_well(text, m.end()))
            continue
        for piece in _PIECE.finditer(text):
            start = piece.start() + len(piece[0]) - len(piece[0].lstrip())
            if pattern.fullmatch(text, start, piece.start() + len(piece[0].rstrip(" ."))):
                yield start, piece.end(), kind


def _ends_well(text: str, end: int) -> bool:
    """Tell whether a match does not stop in the middle of a word."""
    return not (text[end - 1].isalnum() and text[end : end + 1].isalpha())


def _family_places(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield « 2 enfants » alone or beside « marié »; among other words it may describe a job (childcare)."""
    pieces = list(_PIECE.finditer(text))
    others = [piece for piece in pieces if not _CHILDREN.fullmatch(piece[0])]
    if len(pieces) > len(others) and all(_is_family(piece[0]) for piece in others):
        yield from ((p.start(), p.end(), "family") for p in pieces if p not in others)


def _is_family(piece: str) -> bool:
    return any(kind in ("family", "age") for _, _, kind in _clue_places(piece))


# --- Numbers


def _number_places(text: str) -> Iterator[tuple[int, int, Kind]]:
    yield from ((start, end, "iban") for start, end in _iban_places(text))
    for match in _NIR.finditer(text):
        if _is_nir(match[0]) or _NIR_SAID.search(text[: match.start()]):
            yield match.start(), match.end(), "nir"
    for match in _CARD.finditer(text):
        if _is_card(re.sub(r"\D", "", match[0])):
            yield match.start(), match.end(), "card"


def _is_nir(typed: str) -> bool:
    """Accept 15 characters with the right key, or 13 in the groups printed on a social security card.

    The key is 97 minus the number modulo 97; Corsica's 2A and 2B count as 19 and 18 (source: Insee, NIR).
    """
    compact = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    body = compact[:13].replace("2A", "19").replace("2B", "18")
    if len(compact) == 15:
        return body.isdigit() and 97 - int(body) % 97 == int(compact[13:])
    return bool(re.fullmatch(r"\d \d\d \d\d (?:\d\d|2[AB]) \d{3} \d{3}", typed, re.IGNORECASE))


def _iban_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of IBANs of any country, spaced or not: the longest valid part that ends after a group."""
    for match in _IBAN.finditer(text):
        ends = [m.end() for m in re.finditer(r"[A-Za-z0-9](?![A-Za-z0-9])", match[0])]
        for end in sorted(ends, reverse=True):
            if is_iban(match[0][:end]):
                yield match.start(), match.start() + end
                break


def is_iban(typed: str) -> bool:
    """Accept 15 to 34 letters and digits with the right checksum (ISO 13616, mod 97)."""
    compact = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    turned = compact[4:] + compact[:4]
    return 15 <= len(compact) <= 34 and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _is_card(digits: str) -> bool:
    """Accept 16 digits of the large card networks, or 15 of American Express, with the right Luhn sum."""
    if not (len(digits) == 16 and digits[0] in "2456" or len(digits) == 15 and digits[:2] in ("34", "37")):
        return False
    doubled = (int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _birth_date_places(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield full dates before 2013. They must be birth dates, since nobody here worked then."""
    for match in _FULL_DATE.finditer(text):
        if not _NOT_BIRTH.search(text[: match.start()]):
            yield match.start(), match.end(), "birth_date"
