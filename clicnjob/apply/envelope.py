"""What surrounds a message in a mail programme: to whom it goes, who gets a copy, and which files it carries.

Each check returns None when the employer has nothing to say, else what is to be changed: an address or the name of a file.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from clicnjob import text

HEAVY_KB = 5_000  # kilobytes; many mail boxes of companies refuse more
_SEPARATOR = re.compile(r"[,;\s]+")
_COPY_NUMBER = re.compile(r"\(\d+\)|\bv\d+\b|[_ -]\d{1,2}$")
_CAMERA_NAME = re.compile(r"^(img|dsc|scan|document|sans[ _-]?titre|whatsapp|capture)[ _-]?\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """One attached file. `size` is in kilobytes; `is_own_cv` tells whose CV it is, whatever its name says."""

    name: str
    size: int
    is_own_cv: bool

    @property
    def ending(self) -> str:
        """The end of the name without its dot, in lower case: « pdf »."""
        return self.name.rpartition(".")[2].lower()


@dataclass(frozen=True, slots=True)
class Envelope:
    """The addresses as typed, and the files. `expected` is the employer's address; those of `welcome` may get a copy."""

    to: str
    copies: str
    files: tuple[AttachedFile, ...]
    expected: str
    welcome: Collection[str] = ()


def typed_addresses(typed: str) -> tuple[str, ...]:
    """Return the addresses of a box, in lower case, as commas, semicolons or spaces separate them."""
    return tuple(part.lower() for part in _SEPARATOR.split(typed) if part)


def wrong_recipient(envelope: Envelope) -> str | None:
    """Return the first address that is not the employer's, '' when there is none at all."""
    written = typed_addresses(envelope.to)
    known = {envelope.expected, *envelope.welcome}
    if other := next((each for each in written if each not in known), None):
        return other
    return None if envelope.expected in written else ""


def unwanted_copy(envelope: Envelope) -> str | None:
    """Return the first address in copy that has nothing to do with this message."""
    known = {envelope.expected, *envelope.welcome}
    return next((each for each in typed_addresses(envelope.copies) if each not in known), None)


def foreign_file(envelope: Envelope) -> str | None:
    """Return the first file that is not the person's own CV."""
    return next((file.name for file in envelope.files if not file.is_own_cv), None)


def oddly_named_file(envelope: Envelope, *, name: str, odd_words: Collection[str]) -> str | None:
    """Return the first CV whose name says neither what it is nor whose it is, or tells of its drafts."""
    own = (file for file in envelope.files if file.is_own_cv)
    return next((file.name for file in own if is_odd_name(file.name, name=name, odd_words=odd_words)), None)


def is_odd_name(file_name: str, *, name: str, odd_words: Collection[str]) -> bool:
    """Tell whether a file name would make somebody smile or search: « mon-cv(3)-final.pdf », « IMG_2041.jpg ».

    `name` is the person's, whose parts must be in it where it is known.
    """
    stem = file_name.rpartition(".")[0] or file_name
    words = set(re.findall(r"[a-z]+", text.fold_text(stem)))
    theirs = set(re.findall(r"[a-z]+", text.fold_text(name)))
    drafts = _COPY_NUMBER.search(stem) or _CAMERA_NAME.match(stem) or words & set(odd_words)
    return bool(drafts) or (bool(theirs) and not words & theirs)


def unreadable_file(envelope: Envelope, *, formats: Collection[str]) -> str | None:
    """Return the first CV of a format that many employers cannot open. `formats` are the endings that all can."""
    return next((file.name for file in envelope.files if file.is_own_cv and file.ending not in formats), None)


def heavy_file(envelope: Envelope) -> str | None:
    """Return the first file that is too large for many mail boxes."""
    return next((file.name for file in envelope.files if file.size > HEAVY_KB), None)
