"""Renders the page as a PDF and as an image, on one page if possible, and says by how much it overflows if not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from clicnjob import typeset
from clicnjob.cv.document.font_widths import LineCounter, lacking_letters
from clicnjob.cv.document.gauge import TIGHT, PageFit, fit_page, shows_row
from clicnjob.cv.document.page_content import Document, Section
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.document.templates import Template, template_by_key

_MM_PER_PT = 25.4 / 72
_PAGE_PT = 297 / _MM_PER_PT
_LAYOUTS = 8
_STRIDE = 1.05  # a block that went whole to the next page makes the page seem longer than it is
_MARGIN = 1.01  # kept when a page is tightened after it was measured
_BOLD = 1.02  # a word in another font may be a little wider
_LONG_EM = 11  # em; shorter words fit everywhere, even at the size of a name
_LONG_LETTERS = 11
_PAGE_OBJECT = re.compile(rb"/Type ?/Page\b")  # not « /Pages »
_WORD = re.compile(rf"[^\s/-]{{{_LONG_LETTERS},}}")


@dataclass(frozen=True)
class RenderedPage:
    """A rendered CV, and how it breathes.

    `dropped` holds the characters left out because no font has them; the person must be told.
    """

    pdf: bytes
    fit: PageFit
    pages: int
    dropped: tuple[str, ...]
    sheet: typeset.Sheet
    model: Template

    @cached_property
    def fill(self) -> float:
        """The share of the page that is used; above 1, even the smallest size overflows. Measured when it is asked for."""
        return page_fill(self.sheet, self.model)[0]


def pdf_page(document: Document, *, attachments: Mapping[str, bytes] | None = None) -> RenderedPage:
    """Return the CV as tagged PDF/UA-1 on one page that breathes, or on two if it overflows at the smallest size.

    `attachments` are embedded in the file by name: that is how a CV reopens in the application.
    """
    shown, dropped = printable_document(document)
    fit = fit_page(shown)
    sheet = laid_out(shown, fit, attachments)
    made, pages = sheet.as_pdf(), 1
    if len(_PAGE_OBJECT.findall(made)) != 1:  # the words of a person may look like one, so the layout decides
        fit, pages, sheet = _fitted_sheet(shown, attachments)
        made = sheet.as_pdf()
    return RenderedPage(made, fit, pages, dropped, sheet, template_by_key(shown.model))


def page_image(document: Document, *, ppi: float = 110) -> bytes:
    """Return the first page as a PNG."""
    shown, _ = printable_document(document)
    pictures = laid_out(shown, fit_page(shown)).as_pictures(ppi=ppi)
    return pictures[0] if len(pictures) == 1 else _fitted_sheet(shown, None)[2].as_pictures(ppi=ppi)[0]


def _fitted_sheet(document: Document, attachments: Mapping[str, bytes] | None) -> tuple[PageFit, int, typeset.Sheet]:
    """Lay a page out, tighter each time, until it is one or cannot be smaller; its pages are counted in the layout."""
    model, correction = template_by_key(document.model), 1.0
    for _ in range(_LAYOUTS):
        fit = fit_page(document, correction=correction)
        sheet = laid_out(document, fit, attachments)
        fill, pages = page_fill(sheet, model)
        if pages == 1 or (fit.air == TIGHT and fit.size == model.sizes[-1]):
            break
        # The page is longer than estimated, which is rare: laying it out is what costs time.
        correction *= min(max(fill, 1.0) / min(fit.fill, 1.0), _STRIDE) * _MARGIN
    return fit, pages, sheet


def page_fill(sheet: typeset.Sheet, model: Template) -> tuple[float, int]:
    """Return the share of the page that a laid-out sheet fills, and its number of pages."""
    top, _, bottom, _ = (margin / _MM_PER_PT for margin in model.margins)
    room = _PAGE_PT - top - bottom
    ends = [((spot.page - 1) * room + spot.y - top, spot.page) for spot in sheet.label_spots("end")]
    return max(0.0, *(end for end, _ in ends)) / room, max(page for _, page in ends)


def laid_out(document: Document, fit: PageFit, attachments: Mapping[str, bytes] | None = None) -> typeset.Sheet:
    """Lay out a printable document with one fit, ready to be measured or rendered."""
    model = template_by_key(document.model)
    data = _sheet_data(document, model, fit)
    return typeset.Sheet(f"{model.key}/cv.typ", data, attachments=attachments, photo=document.photo)


def _sheet_data(document: Document, model: Template, fit: PageFit) -> dict[str, Any]:
    lacking = lacking_letters("".join(document.all_texts()), model.font, model.title_font)
    return {
        "cv": {
            "name": document.name,
            "job": document.job_wanted,
            "availability": document.availability,
            "contact": document.contact,
            "opening": document.opening,
            "colour": model.accent_colour(document.colour),
            "photo": document.photo is not None,
            "foreign": _foreign_words(document, lacking),
            "long": _long_words(document, model),
            "sections": [_section_data(s, document, model, fit) for s in document.sections],
        },
        "look": {
            "font": model.font,
            "title_font": model.title_font,
            "fallbacks": typeset.FALLBACK_FONTS,
            "size": fit.size,
            "air": fit.air,
            "name_em": fit.name_em,
            "name_lines": fit.name_lines,
            "name_tall": fit.name_tall,
            "opening_em": model.opening_em,
            "margins": model.page_margins(photo=document.photo is not None),
            "photo_em": model.photo_em,
            "photo_round": document.shape_of_photo(model.photo_shape) == "round",
        },
    }


def _long_words(document: Document, model: Template) -> dict[str, float]:
    """Return words too long for some lines (cut at hyphens and slashes) with their width in em."""
    counter = LineCounter(model.font, model.title_font)
    texts = (text for text in document.all_texts() if len(text) >= _LONG_LETTERS)
    words = {word for text in texts for word in _WORD.findall(text)}
    widths = {
        word: max(counter.text_width(word, bold=True), counter.text_width(word, bold=True, title=True))
        for word in words
    }
    return {word: em * _BOLD for word, em in widths.items() if em > _LONG_EM}


def _foreign_words(document: Document, lacking: frozenset[str]) -> list[str]:
    """Return the words with a letter that the fonts of the model lack, or with a mark that no composed letter has."""
    if not lacking and not any("\u0300" <= c <= "\u036f" for text in document.all_texts() for c in text):
        return []
    words = {word for text in document.all_texts() for word in text.split(" ")}
    return sorted(word for word in words if any(c in lacking or "\u0300" <= c <= "\u036f" for c in word))


def _section_data(section: Section, document: Document, model: Template, fit: PageFit) -> dict[str, Any]:
    # PDF/UA forbids gaps between heading levels, so they depend on which headings exist above.
    level = 2 if document.name else 1
    return {
        "key": section.key,
        "title": section.title,
        "row": shows_row(section, model, rows=fit.rows),
        "lines": section.lines,
        "level": level,
        "entry_level": level + bool(section.title),
        "entries": [
            {"heading": e.heading, "place": e.place, "when": e.when, "lines": e.lines} for e in section.entries
        ],
    }
