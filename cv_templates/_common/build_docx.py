"""Builds the Word file of a model from its model.toml (`make templates`); a designer may then retouch it in
Word.

Real styles and plain paragraphs only: no table, no text box, no word of its own. The accent is the model's
first colour and its tint: the program changes both when the person chooses another. The fonts are inside (word_parts.py).
"""

from __future__ import annotations

import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from word_cards import cards  # noqa: E402
from word_parts import embed_fonts, set_numbering, set_settings  # noqa: E402
from word_shapes import draw_behind, draw_mark  # noqa: E402
from word_styles import Look, dress  # noqa: E402
from word_text import add_entry, add_lines, add_row, either, one, tag  # noqa: E402

from clicnjob.cv.document.templates import Template  # noqa: E402

KEPT = {"Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Default Paragraph Font"}
_NO_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 - written as it is
SPARE_MM = 5  # at the foot, for a program that sets lines a little higher: the page stays one page
KEPT_PARTS = ("styles", "settings", "fontTable", "numbering", "theme")


def build(model: Template) -> Docx:
    """The Word file of one model, with its docxtpl tags."""
    look = Look(model, dict(model.word))
    doc = Document()
    _slim(doc)
    _page(doc, model)
    set_numbering(doc, look.accent)
    set_settings(doc)
    dress(doc, look)
    embed_fonts(doc, model)
    draw_behind(doc, look)
    _head(doc, look)
    if look.says("cartes"):
        cards(doc, look)
    else:
        _sections(doc, look)
    return doc


def save(doc: Docx, path: Path) -> None:
    """Writes the file, the same each time: without the date of today inside."""
    doc.core_properties.created = doc.core_properties.modified = _NO_DATE
    written = BytesIO()
    doc.save(written)
    with ZipFile(written) as source, ZipFile(path, "w", ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(ZipInfo(name, _NO_DATE.timetuple()[:6]), source.read(name), ZIP_DEFLATED)


def _slim(doc: Docx) -> None:
    body = doc.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    for style in list(doc.styles):
        if style.name not in KEPT:
            style.element.getparent().remove(style.element)
    for latent in doc.styles.element.findall(qn("w:latentStyles")):
        doc.styles.element.remove(latent)
    for part in (doc.part, doc.part.package):
        for key, rel in list(part.rels.items()):
            kind = rel.reltype.rsplit("/", 1)[-1]
            if kind not in (*KEPT_PARTS, "officeDocument", "core-properties", "extended-properties"):
                del part.rels[key]


def _page(doc: Docx, model: Template) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, right, bottom, left = model.margins
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom - SPARE_MM), Mm(left)
    section.header_distance = section.footer_distance = Mm(5)


# --- The head


def _head(doc: Docx, look: Look) -> None:
    above = look.model.photo_place == "haut"
    if above:
        one(doc, "d.photo", "Photo", "{{ d.photo }}")
    one(
        doc,
        "d.name" if above else "d.name or d.photo",
        "Title",
        "{{ d.name }}" if above else "{{ d.photo }}{{ d.name }}",
    )
    if look.says("metier") == "étiquette":
        tag(doc, "if d.job")
        doc.add_paragraph(style="Subtitle").add_run("\u00a0{{ d.job }}\u00a0", style="Métier")
        tag(doc, "endif")
    else:
        one(doc, "d.job", "Subtitle", "{{ d.job }}")
    one(doc, "d.availability", "Disponibilité", "{{ d.availability }}")
    tag(doc, "if d.contact")
    add_row(doc, "d.contact", "Coordonnées")
    tag(doc, "endif")
    tag(doc, "for words in d.opening")
    first = Pt(look.points("accroche", size=look.size("accroche")))
    either(doc, "loop.first", "Accroche", first=lambda p: setattr(p.paragraph_format, "space_before", first))
    tag(doc, "endfor")


# --- The sections


def _sections(doc: Docx, look: Look) -> None:
    tag(doc, "for s in d.sections")
    tag(doc, "if s.title")
    _title(doc, look)
    tag(doc, "endif")
    tag(doc, "for e in s.entries")
    add_entry(doc, look)
    tag(doc, "endfor")
    add_lines(doc, look)
    tag(doc, "endfor")


def _title(doc: Docx, look: Look) -> None:
    kind = look.says("titre")
    if kind == "barre":
        doc.add_paragraph(style="Barre")
    title = doc.add_paragraph(style="Heading 1")
    if mark := {"carre": "carre", "onglet": "onglet", "frise": "anneau"}.get(kind):
        draw_mark(title, look, kind=mark)
    title.add_run("{{ s.title }}")
    if kind == "trait":
        doc.add_paragraph(style="Barre")
