"""Rereads the texts of a CV: the remarks on what was typed, and the corrections that one gesture applies together.

Our own ready phrases are left out: the person did not write them, and they are checked when the content changes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, is_dataclass

from clicnjob.content import ContentModel, loaded_once
from clicnjob.cv.model import phrases, wording
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.cv.model.spots import TextSpot, text_spots
from clicnjob.proofreading import proofread
from clicnjob.proofreading.proofread import Remark

TextRemark = tuple[str, Remark]

_CAPITAL = "Un nom propre commence par une majuscule."
_SMALL_IN_NAMES = frozenset((
    "de", "du", "des", "la", "le", "les", "lès", "sur", "sous", "en", "et", "aux", "el", "ben", "van", "von", "d", "l",
))  # fmt: skip
_OWN_LETTERS = 10  # letters besides the places for words; a shorter template would also match what people write
_NUMBER = re.compile(r"\d+")
_PLACEHOLDER = re.compile(r"\\\{\w+\\\}")
_NAME_PART = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """One text to correct: before and after, the reasons, and the question that holds it."""

    before: str
    after: str
    reasons: tuple[str, ...]
    step: str
    item: str
    name: str


def cv_remarks(profile: Profile, cv: Cv, *, deeper: bool = False) -> tuple[TextRemark, ...]:
    """Return the remarks on the texts that this CV shows, each with its text, in the order of the questions.

    `deeper` also asks Grammalecte, if installed.
    """
    spots = tuple(spot for spot in text_spots(profile, cv) if _is_typed(spot))
    towns, places = wording.town_names(profile), wording.place_names(profile)
    towns -= places
    texts = tuple(dict.fromkeys(spot.text for spot in spots))
    read = [text for text in texts if text not in towns]
    known = wording.known_names(profile)
    found = list(proofread.of_texts(read, known=known, places=places, deeper=deeper))
    found += [(text, remark) for text in texts if text in towns for remark in name_remarks(text)]
    rank = {text: position for position, text in enumerate(texts)}
    return tuple(sorted(found, key=lambda one: rank[one[0]]))


def proposed_corrections(profile: Profile, cv: Cv, found: Collection[TextRemark]) -> tuple[Correction, ...]:
    """Return what the remarks propose to write, one correction a text. Remarks without a suggestion are left out."""
    spots = {spot.text: spot for spot in reversed(text_spots(profile, cv))}
    known, places = wording.known_names(profile), wording.place_names(profile)
    by_text: dict[str, list[Remark]] = {}
    for text, remark in found:
        by_text.setdefault(text, []).append(remark)
    done: list[Correction] = []
    for text, remarks in by_text.items():
        named = text in places
        is_name = all(remark.why == _CAPITAL for remark in remarks)
        after = _capital_name(text) if is_name else proofread.corrected_line(text, remarks, known=known, named=named)
        if after != text and (spot := spots.get(text)):
            reasons = tuple(f"{remark.text}\u00a0: {remark.why}" for remark in remarks)
            done.append(Correction(text, after, reasons, spot.step, spot.item, spot.name or text))
    return tuple(done)


def apply_corrections(profile: Profile, cv: Cv, chosen: Collection[Correction]) -> None:
    """Write the chosen corrections in place. A text that has changed since then is left as it is."""
    for one in chosen:
        wording.replace_text(profile, cv, one.before, one.after)


def name_remarks(name: str) -> Iterator[Remark]:
    """Yield a remark for a name typed without its capitals (« kevin », « la roche-sur-yon »)."""
    better = _capital_name(name)
    if name.islower() and better != name:
        yield Remark(0, len(name), name, (better,), _CAPITAL, "capitals")


def name_shown(name: str, cv: Cv) -> str:
    """Return the name of a person as printed: one typed all in lower case has its capitals, unless it is kept as it is.

    Nobody is asked about it, since the page is right; only who settled it when it was still asked keeps it small.
    """
    return _capital_name(name) if name.islower() and line_key(name) not in cv.settled else name


def line_key(line: str) -> str:
    """Return the key under which a text is kept as it is by the person, whatever its spelling."""
    return settled_key("orthographe", "", line)


def settled_key(*parts: str) -> str:
    """Return a short key of what the person found right, which no longer fits once a part of it changes."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def is_ready_text(text: str) -> bool:
    """Tell whether a text is one that we offer, whatever the numbers and words that the person put into it."""
    plain, filled = _ready_texts()
    return _NUMBER.sub("#", text) in plain or filled.fullmatch(text) is not None


def _is_typed(spot: TextSpot) -> bool:
    named = spot.step in ("ville", "experience_lieu", "etude_lieu")  # a person’s name is printed right by itself
    return (spot.prose or named) and not is_ready_text(spot.text)


def _capital_name(name: str) -> str:
    """Give each part of a name its capital, except the small words inside it."""

    def raised(part: re.Match[str]) -> str:
        return part[0] if part.start() and part[0] in _SMALL_IN_NAMES else part[0][0].upper() + part[0][1:]

    return _NAME_PART.sub(raised, name)


@loaded_once
def _ready_texts() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the ready texts with « # » for numbers, and a pattern of those that have places for words."""
    plain: set[str] = set()
    filled: list[str] = []
    for text in _content_texts(cv_prompts()):
        if re.search(r"\{[a-z]\w*\}", text):
            if len(re.sub(r"\{\w+\}|\W", "", text)) >= _OWN_LETTERS:
                filled.append(_PLACEHOLDER.sub(".+", re.escape(text)))
        else:
            said = [phrases.phrase_text(text, number) for number in (None, 1, 2)] if "[" in text else (text,)
            plain.update(_NUMBER.sub("#", one) for one in said)
    return frozenset(plain), re.compile("|".join(filled), re.IGNORECASE)


def _parts_of(value: object) -> object:
    """Return the parts of a content value that may be printed, or the value itself if it has no parts."""
    if is_dataclass(value):
        return [getattr(value, name) for name in value.__dataclass_fields__]
    if isinstance(value, ContentModel):
        return [each for name, each in value if name not in ("cle", "mots", "icone", "accord", "besoin")]
    return list(value.values()) if isinstance(value, dict) else value


def _content_texts(value: object) -> Iterator[str]:
    """Yield every text below a content value, except keys and words written as people type them."""
    opened = _parts_of(value)
    if isinstance(opened, str):
        yield opened
    elif isinstance(opened, list | tuple):
        for each in opened:
            yield from _content_texts(each)
