"""Builds the Word file of letters, letter.docx (`make templates`): real styles, plain paragraphs, no word of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

sys.path.insert(0, str(Path(__file__).resolve().parent))

from build_docx import _slim  # noqa: E402

LETTER = Path(__file__).resolve().parent / "letter.docx"
_FONT = "Arial"  # on every computer, or one of the same widths
_HALF = Mm(80)


def build_letter() -> Docx:
    """Return the Word file of letters with its docxtpl tags."""
    doc = Document()
    _slim(doc)
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.left_margin = section.right_margin = Mm(25)
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.15
    heading = doc.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.bold = _FONT, Pt(10.5), True
    heading.font.color.rgb = RGBColor(0x1C, 0x1D, 0x22)
    heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(14)
    _lines(doc)
    return doc


def _lines(doc: Docx) -> None:
    name = _row(doc, "{{ l.sender[0] }}", close=True)
    name.runs[0].bold, name.runs[0].font.size = True, Pt(12)
    name.runs[0].font.color.rgb = RGBColor(0x1F, 0x4E, 0x5F)
    _repeat(doc, "l.sender[1:]", close=True)
    _row(doc, "", close=True)
    _repeat(doc, "l.recipient", left=True, close=True)
    _row(doc, "", close=True)
    _row(doc, "{{ l.place_and_day }}", left=True)
    doc.add_paragraph("{{ l.subject }}", style="Heading 1")
    _row(doc, "{{ l.greeting }}")
    _repeat(doc, "l.paragraphs")
    _row(doc, "{{ l.closing }}")
    _row(doc, "")
    _row(doc, "{{ l.signature }}", left=True)


def _repeat(doc: Docx, listed: str, *, left: bool = False, close: bool = False) -> None:
    doc.add_paragraph("{%p for line in " + listed + " %}")
    _row(doc, "{{ line }}", left=left, close=close)
    doc.add_paragraph("{%p endfor %}")


def _row(doc: Docx, said: str, *, left: bool = False, close: bool = False):  # type: ignore[no-untyped-def]
    made = doc.add_paragraph()
    made.add_run(said)
    if left:
        made.paragraph_format.left_indent = _HALF
    if close:
        made.paragraph_format.space_after = Pt(0)
    return made


if __name__ == "__main__":
    build_letter().save(str(LETTER))
