"""Renders the page as a PDF and as an image, on one page if possible, and says by how much it overflows if not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clicnjob import typeset
from clicnjob.cv.document.gauge import fitting_size, text_width
from clicnjob.cv.document.page_content import Document, Section
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.document.templates import Template, sections_by_column, template_by_key

_MM_PER_PT = 25.4 / 72
_PAGE_PT = 297 / _MM_PER_PT
_BOLD = 1.1  # factor for the widest bold word
_LONG_EM = 11  # em; shorter words fit everywhere, even at the size of a name
_LONG_LETTERS = 11
_WORD = re.compile(rf"[^\s/-]{{{_LONG_LETTERS},}}")


@dataclass(frozen=True)
class RenderedPage:
    """A rendered CV. `fill` is the share of the page used at `size_pt`; above 1, even the smallest size overflows.

    `dropped` holds the characters left out because no font has them; the person must be told.
    """

    pdf: bytes
    size_pt: float
    fill: float
    pages: int
    dropped: tuple[str, ...]


def pdf_page(document: Document, *, attachments: Mapping[str, bytes] | None = None) -> RenderedPage:
    """Return the CV as tagged PDF/UA-1, at the largest of the model's sizes that fits on one page, else at the last.

    `attachments` are embedded in the file by name: that is how a CV reopens in the application.
    """
    shown, dropped = printable_document(document)
    size, fill, pages, sheet = _fitted_sheet(shown, attachments)
    return RenderedPage(sheet.as_pdf(), size, fill, pages, dropped)


def page_image(document: Document, *, ppi: float = 110) -> bytes:
    """Return the first page as a PNG."""
    shown, _ = printable_document(document)
    return _fitted_sheet(shown, None)[3].as_pictures(ppi=ppi)[0]


def _fitted_sheet(
    document: Document, attachments: Mapping[str, bytes] | None
) -> tuple[float, float, int, typeset.Sheet]:
    model = template_by_key(document.model)
    guess = fitting_size(document)  # start near the right size, since laying out a page is expensive
    for size in (s for s in model.sizes if s <= guess):
        sheet = laid_out(document, size, attachments)
        fill, pages = _page_fill(sheet, model)
        if pages == 1:
            break
    return size, fill, pages, sheet


def _page_fill(sheet: typeset.Sheet, model: Template) -> tuple[float, int]:
    top, _, bottom, _ = (margin / _MM_PER_PT for margin in model.margins)
    room = _PAGE_PT - top - bottom
    ends = [((spot.page - 1) * room + spot.y - top, spot.page) for spot in sheet.label_spots("end")]
    return max(end for end, _ in ends) / room, max(page for _, page in ends)


def laid_out(document: Document, size: float, attachments: Mapping[str, bytes] | None = None) -> typeset.Sheet:
    """Lay out a printable document at one size in points, ready to be measured or rendered."""
    model = template_by_key(document.model)
    data = _sheet_data(document, model, size)
    return typeset.Sheet(f"{model.key}/cv.typ", data, attachments=attachments, photo=document.photo)


def _sheet_data(document: Document, model: Template, size: float) -> dict[str, Any]:
    narrow, wide = sections_by_column(document.sections) if model.aside else ((), document.sections)
    return {
        "cv": {
            "name": document.name,
            "job": document.job_wanted,
            "availability": document.availability,
            "contact": document.contact,
            "opening": document.opening,
            "colour": model.accent_colour(document.colour),
            "photo": document.photo is not None,
            "marks": _has_accent_marks(document),
            "long": _long_words(document, model),
            "narrow": [_section_data(s, document) for s in narrow],
            "wide": [_section_data(s, document) for s in wide],
        },
        "look": {
            "font": model.font,
            "title_font": model.title_font,
            "fallbacks": typeset.FALLBACK_FONTS,
            "size": size,
            "margins": model.margins,
            "aside": model.aside_width,
            "gutter": model.gutter,
        },
    }


def _long_words(document: Document, model: Template) -> dict[str, float]:
    """Return words too long for some columns (cut at hyphens and slashes) with their width in em."""
    texts = (text for text in document.all_texts() if len(text) >= _LONG_LETTERS)
    words = {word for text in texts for word in _WORD.findall(text)}
    widths = {word: text_width(word, model.font) * _BOLD for word in words}
    return {word: em for word, em in widths.items() if em > _LONG_EM}


def _has_accent_marks(document: Document) -> bool:
    return any("\u0300" <= c <= "\u036f" for text in document.all_texts() for c in text if not text.isascii())


def _section_data(section: Section, document: Document) -> dict[str, Any]:
    # PDF/UA forbids gaps between heading levels, so they depend on which headings exist above.
    level = 2 if document.name else 1
    return {
        "key": section.key,
        "title": section.title,
        "layout": section.layout,
        "lines": section.lines,
        "level": level,
        "entry_level": level + bool(section.title),
        "entries": [
            {"heading": e.heading, "place": e.place, "when": e.when, "lines": e.lines} for e in section.entries
        ],
    }
