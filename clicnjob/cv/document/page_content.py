"""Defines the page as ordered sections of plain text, from which DOCX, PDF, image and preview are made.

A `Document` holds what a reader of the CV sees, in reading order. Renderers must neither add nor drop a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clicnjob.cv.model.profile import PhotoShape

Layout = Literal["entries", "lines", "tags"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One experience or study: what, where, when, and the lines below it. Empty strings are not printed."""

    heading: str
    place: str = ""
    when: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the page. `layout` says how: dated entries, one line per item, or short items in a row."""

    key: str
    title: str
    layout: Layout
    entries: tuple[Entry, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One CV ready to be rendered, in reading order: name, job wanted, availability, contact, opening, sections.

    `contact` holds those given of phone, e-mail, town and mobility, in this order. `colour` is '#rrggbb'. `photo` is a
    JPEG of at most `policy.PHOTO_BYTES`, or None; `photo_shape` is '' for the shape of the model.
    """

    name: str
    job_wanted: str
    availability: str
    contact: tuple[str, ...]
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    model: str
    colour: str
    photo: bytes | None = None
    photo_shape: PhotoShape = ""

    def shape_of_photo(self, own: PhotoShape) -> PhotoShape:
        """Return the shape that was chosen for the photo, or else `own`, that of the model."""
        return self.photo_shape or own

    def all_texts(self) -> tuple[str, ...]:
        """Return every text of the page in reading order; each document must contain exactly these."""
        head = (self.name, self.job_wanted, self.availability, *self.contact, *self.opening)
        body = (text for section in self.sections for text in _section_texts(section))
        return tuple(text for text in (*head, *body) if text)


def _section_texts(section: Section) -> tuple[str, ...]:
    entries = (t for e in section.entries for t in (e.heading, e.place, e.when, *e.lines))
    return (section.title, *entries, *section.lines)
