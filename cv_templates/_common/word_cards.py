"""The sections of a Word file as cards: paragraphs with one border around, which Word joins while border and indents agree.

An entry is a card with a coloured edge, the strengths stand on a tint, small facts that follow each other share a card.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.document import Document as Docx
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from word_styles import Look, borders, dress_paragraph, shading
from word_text import Change, add_entry, add_lines, tag

PAD = 1.1  # em
EDGE = 9  # points


def cards(doc: Docx, look: Look) -> None:
    """Adds every section as a card or as cards."""
    base, line = look.base, look.tint(0.32)
    pad, wide = 0.4 * base, PAD * base
    sides = (("top", 0.7, pad, line), ("bottom", 0.7, pad, line), ("right", 0.7, wide, line))
    entry = _card(borders(sides[0], ("left", EDGE, wide - EDGE + 0.7, look.accent), *sides[1:]))
    facts = _card(borders(sides[0], ("left", 0.7, wide, line), *sides[1:]))
    tint = look.tint(0.11)
    tinted = (
        ("top", 0.7, pad, tint),
        ("left", 0.7, wide, tint),
        ("bottom", 0.7, pad, tint),
        ("right", 0.7, wide, tint),
    )
    skills = _card(borders(*tinted), shading(tint))
    tag(doc, "for s in d.sections")
    tag(doc, "if s.entries")
    doc.add_paragraph("{{ s.title }}", style="Heading 1").paragraph_format.left_indent = Pt(0)
    tag(doc, "for e in s.entries")
    _space(doc, look, 0.75)
    add_entry(doc, look, entry)
    tag(doc, "endfor")
    tag(doc, "elif s.skills")
    _space(doc, look, 1.35)
    _titled_lines(doc, look, skills, opens=True)
    tag(doc, "elif s.opens_facts")
    _space(doc, look, 1.35)
    _titled_lines(doc, look, facts, opens=True)
    tag(doc, "else")
    _titled_lines(doc, look, facts, opens=False)
    tag(doc, "endif")
    tag(doc, "endfor")


def _card(*dressing: Any) -> Change:
    def put(paragraph: Paragraph) -> None:
        if paragraph.style.name == "Heading 2":  # the space above would lie outside the card
            paragraph.paragraph_format.space_before = Pt(0)
        dress_paragraph(paragraph._p.get_or_add_pPr(), *map(deepcopy, dressing))

    return put


def _space(doc: Docx, look: Look, gap: float) -> None:
    """The white between two cards, which would otherwise be joined."""
    doc.add_paragraph(style="Rupture").paragraph_format.space_before = Pt(round(gap * look.base, 1))


def _titled_lines(doc: Docx, look: Look, card: Change, *, opens: bool) -> None:
    tag(doc, "if s.title")
    title = doc.add_paragraph("{{ s.title }}", style="Heading 1")
    title.paragraph_format.space_before = Pt(0 if opens else look.points("entree"))
    card(title)
    tag(doc, "endif")
    add_lines(doc, look, card)
