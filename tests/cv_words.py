"""The words of a rendered CV, as a machine that reads it finds them, to compare with what was typed."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO

import docx
from pypdf import PdfReader

from clicnjob.cv.document.page_content import Document

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"))


def typed(document: Document) -> list[str]:
    """The words of the document in reading order."""
    return unicodedata.normalize("NFC", " ".join(document.all_texts())).replace("ﬁ", "fi").split()


def of_pdf(pdf: bytes) -> list[str]:
    """The words that a PDF gives, page after page, in the order of its content."""
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return unicodedata.normalize("NFC", text.translate(_DIRECTION_MARKS)).split()


def of_docx(made: bytes) -> list[str]:
    """The words of the paragraphs of a Word file, in order."""
    return " ".join(p.text for p in docx.Document(BytesIO(made)).paragraphs).split()


def left_to_right(words: list[str]) -> list[str]:
    """The words whose order an extraction keeps: Arabic and Hebrew ones are compared apart, as a set."""
    return [w for w in words if not _RIGHT_TO_LEFT.search(w)]


def right_to_left(words: list[str]) -> set[str]:
    return {w for w in words if _RIGHT_TO_LEFT.search(w)}


def first_difference(expected: list[str], found: list[str]) -> tuple[str, list[str]] | None:
    """None when the words are the same in the same order. A word too long for its line may come in several
    pieces."""
    rest = list(found)
    for word in expected:
        piece = rest.pop(0) if rest else ""
        while piece != word and word.startswith(piece) and rest:
            piece += rest.pop(0)
        if piece != word:
            return word, [piece, *rest[:3]]
    return ("", rest[:3]) if rest else None
