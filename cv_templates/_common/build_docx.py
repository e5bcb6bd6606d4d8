"""Builds the Word file of a model from its model.toml (`make templates`); a designer may then retouch it in
Word.

Real styles and plain paragraphs only: no table, no text box, no word of its own. The accent is the model's
first colour and its tint: the program changes both when the person chooses another. The fonts are inside (word_parts.py).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from word_parts import embed_fonts, set_numbering, set_settings  # noqa: E402
from word_shapes import draw_behind  # noqa: E402
from word_styles import Look, dress  # noqa: E402

from clicnjob.cv.document.templates import Template  # noqa: E402

KEPT = {"Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Default Paragraph Font"}
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
    if model.aside:
        _two_columns(doc, look)
    else:
        _sections(doc, look, "d.sections", narrow=False)
    return doc


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
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance = section.footer_distance = Mm(5)


# --- Small pieces


def _tag(doc: Docx, tag: str) -> None:
    doc.add_paragraph("{%p " + tag + " %}", style="Normal")


def _one(doc: Docx, condition: str, style: str, text: str) -> None:
    _tag(doc, f"if {condition}")
    doc.add_paragraph(text, style=style)
    _tag(doc, "endif")


def _point(paragraph: Paragraph) -> None:
    """A point between two texts of a line: a symbol, which is no word for whoever reads the file by machine.

    The no-break space keeps it at the end of a line, never at the start of the next one.
    """
    run = paragraph.add_run("\u00a0\u00a0", style="Séparateur")
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), "Symbol")
    symbol.set(qn("w:char"), "F0B7")
    run._r.append(symbol)
    paragraph.add_run(" \u00a0", style="Séparateur")


def _row(doc: Docx, source: str, style: str) -> Paragraph:
    """Short texts on one line, with a point between them."""
    paragraph = doc.add_paragraph(style=style)
    paragraph.add_run("{%r for words in " + source + " %}")
    paragraph.add_run("{{ words }}")
    paragraph.add_run("{%r if not loop.last %}")
    _point(paragraph)
    paragraph.add_run("{%r endif %}")
    paragraph.add_run("{%r endfor %}")
    return paragraph


# --- The head


def _head(doc: Docx, look: Look) -> None:
    _one(doc, "d.name or d.photo", "Title", "{{ d.photo }}{{ d.name }}")
    _one(doc, "d.job", "Subtitle", "{{ d.job }}")
    _one(doc, "d.availability", "Disponibilité", "{{ d.availability }}")
    _tag(doc, "if d.contact")
    _row(doc, "d.contact", "Coordonnées")
    _tag(doc, "endif")
    _tag(doc, "for words in d.opening")
    _tag(doc, "if loop.first")
    first = doc.add_paragraph("{{ words }}", style="Accroche")
    first.paragraph_format.space_before = Pt(look.points("accroche", size=look.size("accroche")))
    _tag(doc, "else")
    doc.add_paragraph("{{ words }}", style="Accroche")
    _tag(doc, "endif")
    _tag(doc, "endfor")


# --- The sections


def _sections(doc: Docx, look: Look, source: str, *, narrow: bool) -> None:
    _tag(doc, f"for s in {source}")
    _one(doc, "s.title", "Heading 1", "{{ s.title }}")
    _tag(doc, "for e in s.entries")
    _entry(doc, look)
    _tag(doc, "endfor")
    _tag(doc, "if s.tags")
    _labels(doc, look, narrow)
    _tag(doc, "else")
    _lines(doc, look, "Ligne" if narrow else "List Bullet")
    _tag(doc, "endif")
    _tag(doc, "endfor")


def _lines(doc: Docx, look: Look, style: str) -> None:
    """One paragraph for each line; the first is a little further from the title."""
    _tag(doc, "for words in s.lines")
    _tag(doc, "if loop.first")
    _below_title(doc.add_paragraph("{{ words }}", style=style), look)
    _tag(doc, "else")
    doc.add_paragraph("{{ words }}", style=style)
    _tag(doc, "endif")
    _tag(doc, "endfor")


def _below_title(paragraph: Paragraph, look: Look) -> None:
    paragraph.paragraph_format.space_before = Pt(look.points("sous_titre", after=look.size("titre")))


def _entry(doc: Docx, look: Look) -> None:
    _tag(doc, "if e.heading")
    _tag(doc, "if loop.first")
    _below_title(doc.add_paragraph("{{ e.heading }}", style="Heading 2"), look)
    _tag(doc, "else")
    doc.add_paragraph("{{ e.heading }}", style="Heading 2")
    _tag(doc, "endif")
    _tag(doc, "endif")
    _place_and_dates(doc, look)
    _tag(doc, "for words in e.lines")
    _tag(doc, "if loop.first")
    doc.add_paragraph("{{ words }}", style="List Bullet").paragraph_format.space_before = Pt(look.points("lignes"))
    _tag(doc, "else")
    doc.add_paragraph("{{ words }}", style="List Bullet")
    _tag(doc, "endif")
    _tag(doc, "endfor")


def _place_and_dates(doc: Docx, look: Look) -> None:
    """Where and when, on one line or on two, kept with the lines below it if there are any."""
    if look.model.dates == "ligne":
        _kept(doc, "e.place", lambda p: p.add_run("{{ e.place }}", style="Lieu"), alone="not e.when and not e.lines")
        _kept(doc, "e.when", lambda p: p.add_run("{{ e.when }}", style="Dates"), alone="not e.lines")
        return

    def both(paragraph: Paragraph) -> None:
        paragraph.add_run("{{ e.place }}", style="Lieu")
        paragraph.add_run("{%r if e.place and e.when %}")
        _point(paragraph)
        paragraph.add_run("{%r endif %}")
        paragraph.add_run("{{ e.when }}", style="Dates")

    _kept(doc, "e.place or e.when", both, alone="not e.lines")


def _kept(doc: Docx, condition: str, fill: Any, *, alone: str) -> None:
    _tag(doc, f"if {condition}")
    _tag(doc, f"if {alone}")
    fill(doc.add_paragraph(style="Lieu et dates"))
    _tag(doc, "else")
    paragraph = doc.add_paragraph(style="Lieu et dates")
    paragraph.paragraph_format.keep_with_next = True
    fill(paragraph)
    _tag(doc, "endif")
    _tag(doc, "endif")


def _labels(doc: Docx, look: Look, narrow: bool) -> None:
    if narrow:
        _lines(doc, look, "Ligne")
    elif look.model.labels:
        paragraph = doc.add_paragraph(style="Ligne")
        paragraph.paragraph_format.line_spacing = 1.3
        _below_title(paragraph, look)
        paragraph.add_run("{%r for words in s.labels %}")
        paragraph.add_run("\u00a0{{ words }}\u00a0", style="Étiquette")
        paragraph.add_run(" \u2002")
        paragraph.add_run("{%r endfor %}")
    else:
        _below_title(_row(doc, "s.labels", "Ligne"), look)


def _two_columns(doc: Docx, look: Look) -> None:
    model = look.model
    doc.add_paragraph(style="Rupture")
    section = doc.add_section(WD_SECTION.CONTINUOUS)
    room = 210 - model.margins[1] - model.margins[3]
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section._sectPr.append(columns)
    for key, value in (("num", "2"), ("equalWidth", "0"), ("sep", "0")):
        columns.set(qn(f"w:{key}"), value)
    for width, space in ((model.aside_width, model.gutter), (room - model.aside_width - model.gutter, 0)):
        column = OxmlElement("w:col")
        column.set(qn("w:w"), str(int(Mm(width).twips)))
        column.set(qn("w:space"), str(int(Mm(space).twips)))
        columns.append(column)
    first = doc.element.body.find(f".//{qn('w:pPr')}/{qn('w:sectPr')}/{qn('w:cols')}")
    if first is not None:
        first.set(qn("w:num"), "1")
    doc.add_paragraph(style="Rupture")
    _sections(doc, look, "d.narrow", narrow=True)
    doc.add_paragraph(style="Rupture").add_run().add_break(WD_BREAK.COLUMN)
    _sections(doc, look, "d.wide", narrow=False)
