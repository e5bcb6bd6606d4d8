"""The pieces of a Word file that hold words: paragraphs with their docxtpl tags, rows, entries, lists."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from word_shapes import draw_mark
from word_styles import Look

Change = Callable[[Paragraph], object]


def no_change(_: Paragraph) -> None:
    """Leaves a paragraph as its style has it."""


def tag(doc: Docx, said: str) -> None:
    """Adds one docxtpl tag, which takes its paragraph away."""
    doc.add_paragraph("{%p " + said + " %}", style="Normal")


def one(doc: Docx, condition: str, style: str, text: str) -> None:
    """Adds a paragraph that is there only under a condition."""
    tag(doc, f"if {condition}")
    doc.add_paragraph(text, style=style)
    tag(doc, "endif")


def either(
    doc: Docx, condition: str, style: str, *, first: Change, always: Change = no_change, text: str = "{{ words }}"
) -> None:
    """Adds the same words in two ways: changed by `first` under a condition, else as they are."""
    tag(doc, f"if {condition}")
    for change in (first, no_change):
        paragraph = doc.add_paragraph(text, style=style)
        change(paragraph)
        always(paragraph)
        if change is first:
            tag(doc, "else")
    tag(doc, "endif")


def add_row(doc: Docx, source: str, style: str) -> Paragraph:
    """Adds short texts on one line, with a point between them."""
    paragraph = doc.add_paragraph(style=style)
    paragraph.add_run("{%r for words in " + source + " %}")
    paragraph.add_run("{{ words }}")
    paragraph.add_run("{%r if not loop.last %}")
    _point(paragraph)
    paragraph.add_run("{%r endif %}")
    paragraph.add_run("{%r endfor %}")
    return paragraph


def _point(paragraph: Paragraph) -> None:
    """A point between two texts of a line: a symbol, which is no word for whoever reads the file by machine.

    The no-break space keeps it at the end of a line, never at the start of the next one.
    """
    run = paragraph.add_run("\u00a0", style="Séparateur")
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), "Symbol")
    symbol.set(qn("w:char"), "F0B7")
    run._r.append(symbol)
    paragraph.add_run(" ", style="Séparateur")


def add_entry(doc: Docx, look: Look, always: Change = no_change) -> None:
    """Adds one experience or study: what, where and when, and its lines. `always` changes each paragraph."""
    tag(doc, "if e.heading")
    tag(doc, "if loop.first")
    _heading(doc, look, always, above=_below_title(look))
    tag(doc, "else")
    _heading(doc, look, always, above=None)
    tag(doc, "endif")
    tag(doc, "endif")
    tag(doc, "if e.place or e.when")
    tag(doc, "if e.lines")
    _place_and_dates(doc, always).paragraph_format.keep_with_next = True
    tag(doc, "else")
    _place_and_dates(doc, always)
    tag(doc, "endif")
    tag(doc, "endif")
    tag(doc, "for words in e.lines")
    first = Pt(look.points("lignes"))
    either(
        doc,
        "loop.first",
        "List Bullet",
        first=lambda p: setattr(p.paragraph_format, "space_before", first),
        always=always,
    )
    tag(doc, "endfor")


def _heading(doc: Docx, look: Look, always: Change, *, above: Pt | None) -> None:
    paragraph = doc.add_paragraph(style="Heading 2")
    paragraph.paragraph_format.space_before = above
    if look.says("titre") == "frise":
        draw_mark(paragraph, look, kind="point")
    paragraph.add_run("{{ e.heading }}")
    always(paragraph)


def _place_and_dates(doc: Docx, always: Change) -> Paragraph:
    paragraph = doc.add_paragraph(style="Lieu et dates")
    paragraph.add_run("{{ e.place }}", style="Lieu")
    paragraph.add_run("{%r if e.place and e.when %}")
    _point(paragraph)
    paragraph.add_run("{%r endif %}")
    paragraph.add_run("{{ e.when }}", style="Dates")
    always(paragraph)
    return paragraph


def add_lines(doc: Docx, look: Look, always: Change = no_change) -> None:
    """Adds the lines of a section: sharing rows, or one on each line as a list."""
    first = _below_title(look)

    def below(paragraph: Paragraph) -> None:
        paragraph.paragraph_format.space_before = first

    tag(doc, "if s.row")
    if look.says("atouts_gras"):
        tag(doc, "if s.skills")
        _whole_row(doc, below, always, bold=True)
        tag(doc, "else")
        _whole_row(doc, below, always)
        tag(doc, "endif")
    else:
        _whole_row(doc, below, always)
    tag(doc, "else")
    tag(doc, "for words in s.lines")
    tag(doc, "if s.skills")
    either(doc, "loop.first", "Atout", first=below, always=always)
    tag(doc, "else")
    either(doc, "loop.first", "List Bullet", first=below, always=always)
    tag(doc, "endif")
    tag(doc, "endfor")
    tag(doc, "endif")


def _whole_row(doc: Docx, below: Change, always: Change, *, bold: bool = False) -> None:
    row = add_row(doc, "s.labels", "Ligne")
    below(row)
    always(row)
    for run in row.runs if bold else ():
        run.bold = True


def _below_title(look: Look) -> Pt:
    trait = look.says("titre") == "trait"
    return Pt(look.points("sous_titre", after=1 if trait else look.size("titre")))
