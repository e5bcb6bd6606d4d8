"""Builds the Word file of a model from its model.toml (`make templates`); a designer may then retouch it in
Word.

Real styles and plain paragraphs only: no table, no text box, no word of its own. The accent is the model's
first colour and its tint: the program changes both when the person chooses another.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from word_styles import dress  # noqa: E402

from clicnjob.cv.document.templates import Template  # noqa: E402

KEPT = {"Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "Default Paragraph Font"}
KEPT_PARTS = ("styles", "settings", "fontTable", "numbering", "theme")


def build(model: Template) -> Docx:
    """The Word file of one model, with its docxtpl tags."""
    look = {
        "nom_taille": 26,
        "metier_taille": 13,
        "titre_taille": 12,
        "titre_filet": "",
        "interligne": 1.0,
        "titre_avant": 1.0,
    }
    look |= dict(model.word)
    doc = Document()
    _slim(doc)
    _page(doc, model)
    dress(doc, model, look)
    _fonts(doc, model)
    _head(doc)
    if model.aside:
        _two_columns(doc, model)
    else:
        _sections(doc, model, "d.sections", narrow=False)
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


def _fonts(doc: Docx, model: Template) -> None:
    """Tells Word which font to show on a computer that lacks ours."""
    part = next(r.target_part for r in doc.part.rels.values() if r.reltype.endswith("/fontTable"))
    entries = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{model.word_font}"/><w:family w:val="swiss"/></w:font>'
        for font in sorted({model.font, model.title_font})
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts xmlns:w="{space}">{entries}</w:fonts>'.encode()


def _tag(doc: Docx, tag: str) -> None:
    doc.add_paragraph("{%p " + tag + " %}", style="Normal")


def _one(doc: Docx, condition: str, style: str, text: str) -> None:
    _tag(doc, f"if {condition}")
    doc.add_paragraph(text, style=style)
    _tag(doc, "endif")


def _head(doc: Docx) -> None:
    _one(doc, "d.name or d.photo", "Title", "{{ d.photo }}{{ d.name }}")
    _one(doc, "d.job", "Subtitle", "{{ d.job }}")
    _one(doc, "d.availability", "Disponibilité", "{{ d.availability }}")
    spaced = "{% for c in d.contact %}{{ c }}{% if not loop.last %}\u2003 {% endif %}{% endfor %}"
    _one(doc, "d.contact", "Coordonnées", spaced)
    _tag(doc, "for words in d.opening")
    paragraph = doc.add_paragraph("{{ words }}", style="Accroche")
    paragraph.paragraph_format.space_before = Pt(0)
    _tag(doc, "endfor")


def _sections(doc: Docx, model: Template, source: str, *, narrow: bool) -> None:
    _tag(doc, f"for s in {source}")
    _one(doc, "s.title", "Heading 1", "{{ s.title }}")
    _tag(doc, "for e in s.entries")
    _entry(doc, model)
    _tag(doc, "endfor")
    _tag(doc, "if s.tags")
    _labels(doc, model, narrow)
    _tag(doc, "else")
    _tag(doc, "for words in s.lines")
    doc.add_paragraph("{{ words }}", style="Ligne" if narrow else "List Bullet")
    _tag(doc, "endfor")
    _tag(doc, "endif")
    _tag(doc, "endfor")


def _entry(doc: Docx, model: Template) -> None:
    _one(doc, "e.heading", "Heading 2", "{{ e.heading }}")
    if model.dates == "ligne":
        _one(doc, "e.place", "Lieu et dates", "{{ e.place }}")
        _tag(doc, "if e.when")
        doc.add_paragraph(style="Lieu et dates").add_run("{{ e.when }}", style="Dates")
        _tag(doc, "endif")
    else:
        tab, space = "{% if e.when %}\t{% endif %}", "{% if e.place and e.when %}\u2003{% endif %}"
        _place_and_dates(doc, tab if model.dates == "droite" else space)
    _tag(doc, "for words in e.lines")
    doc.add_paragraph("{{ words }}", style="List Bullet")
    _tag(doc, "endfor")


def _place_and_dates(doc: Docx, between: str) -> None:
    _tag(doc, "if e.place or e.when")
    paragraph = doc.add_paragraph("{{ e.place }}" + between, style="Lieu et dates")
    paragraph.add_run("{{ e.when }}", style="Dates")
    _tag(doc, "endif")


def _labels(doc: Docx, model: Template, narrow: bool) -> None:
    if narrow:
        _tag(doc, "for words in s.lines")
        doc.add_paragraph("{{ words }}", style="Ligne")
        _tag(doc, "endfor")
    elif model.labels:
        paragraph = doc.add_paragraph(style="Ligne")
        paragraph.paragraph_format.line_spacing = 1.3
        paragraph.add_run("{%r for words in s.labels %}")
        paragraph.add_run("\u00a0{{ words }}\u00a0", style="Étiquette")
        paragraph.add_run(" \u2002")
        paragraph.add_run("{%r endfor %}")
    else:
        spaced = "{% for words in s.lines %}{{ words }}{% if not loop.last %}\u2003 {% endif %}{% endfor %}"
        doc.add_paragraph(spaced, style="Ligne")


def _two_columns(doc: Docx, model: Template) -> None:
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
    _sections(doc, model, "d.narrow", narrow=True)
    doc.add_paragraph(style="Rupture").add_run().add_break(WD_BREAK.COLUMN)
    _sections(doc, model, "d.wide", narrow=False)
