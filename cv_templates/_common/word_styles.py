"""The styles of a Word file: faces, sizes, colours, spacing, borders and shading, from the model's `[word]`.

Sizes and spaces are in em of the text, as in the model's cv.typ. typst measures a space from a baseline to the top of the
next capitals, Word between two lines with their white above and below: `Look.points` turns one into the other, so that
the same numbers give the same page.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from fontTools.ttLib import TTFont
from word_parts import BULLET, COMPLEX, SQUARE

from clicnjob import typeset
from clicnjob.cv.document.preview import thinned_colour as tint
from clicnjob.cv.document.templates import Template

NAME_LEADING = 0.36  # em
MARK = 0.87  # em that a list takes for its mark
INK, MUTED, WHITE = "1c1d22", "55575f", "ffffff"
HEAD = ("Title", "Subtitle", "Disponibilité", "Coordonnées")

# What a model may leave out of its `[word]`.
SIZES: dict[str, float] = {"metier": 1.36, "titre": 1.28, "entree": 1.08}
SPACES: dict[str, float] = {
    "metier": 0.9,
    "disponibilite": 0.75,
    "contact": 0.75,
    "accroche": 1.3,
    "section": 1.6,
    "sous_titre": 0.75,
    "entree": 1.0,
    "lieu": 0.58,
    "lignes": 0.6,
    "puce": 0.56,
}


@dataclass(frozen=True)
class Face:
    """How high the lines of a font are: natural height in Word, depth below the baseline, and capitals, in em."""

    natural: float
    depth: float
    capitals: float

    @classmethod
    def of(cls, font: str) -> Face:
        """Read them from the font's own tables, as Word does."""
        folder = typeset.FONTS / typeset.font_folder(font)
        path = min(folder.glob("*-Regular.ttf"), default=None) or min(folder.glob("*.ttf"))
        with TTFont(path, lazy=True) as face:
            os2, em = face["OS/2"], face["head"].unitsPerEm
            if os2.fsSelection & 128:
                height, depth = os2.sTypoAscender - os2.sTypoDescender + os2.sTypoLineGap, -os2.sTypoDescender
            else:
                height, depth = os2.usWinAscent + os2.usWinDescent, os2.usWinDescent
            return cls(height / em, depth / em, os2.sCapHeight / em)


@dataclass(frozen=True)
class Look:
    """The `[word]` of a model, with what it leaves out."""

    model: Template
    word: dict[str, Any]

    @property
    def accent(self) -> str:
        """The colour that the model comes in, as Word writes it."""
        return self.model.accent_colour("")[1:]

    @property
    def base(self) -> float:
        """The size in points of which all others are multiples."""
        return self.model.sizes[0]

    @property
    def shift(self) -> float:
        """How far in em the body stands from the margin, for what is drawn at its left."""
        return float(self.word.get("retrait", 0))

    def size(self, name: str) -> float:
        """A size in em."""
        if name == "nom":
            return self.model.name_em
        if name == "accroche":
            return self.model.opening_em
        return float(self.word.get("tailles", {}).get(name, SIZES[name]))

    def space(self, name: str) -> float:
        """A space in em, from a baseline to the top of the next capitals."""
        return float(self.word.get("espaces", {}).get(name, SPACES[name]))

    def leading(self) -> float:
        """The white between two lines of a paragraph, in em."""
        return float(self.word.get("interligne", 0.58))

    def points(self, name: str, *, size: float = 1, after: float = 1) -> float:
        """The space that Word adds, in points, above a paragraph of `size` em below one of `after` em."""
        face = Face.of(self.model.font)
        em = self.space(name) - self.leading() * size - face.depth * (after - size)
        return round(max(0.0, em) * self.base, 1)

    def pitch(self, style: str) -> float:
        """The height of one line of a style of the head, in em of its own size."""
        titled = style in ("Title", "Subtitle")
        face = Face.of(self.model.title_font if titled else self.model.font)
        return face.capitals + (NAME_LEADING if style == "Title" else self.leading())

    def says(self, name: str) -> Any:
        """A choice of the model: a word, a number or true; '' when it makes none."""
        return self.word.get(name, "")

    def tint(self, share: float) -> str:
        """The accent mixed with white."""
        return tint(f"#{self.accent}", share)[1:]

    def fill(self) -> str:
        """The colour of the band or panel: the accent, or its tint when the words upon it are dark."""
        return self.tint(0.11) if self.says("bandeau") == "clair" else self.accent


def dress(doc: Docx, look: Look) -> None:
    """Gives the styles of the Word file the faces, sizes and colours of the model."""
    _language(doc)
    _head_styles(doc, look)
    _body_styles(doc, look)
    _character(doc, "Dates", INK if look.says("dates_noires") else look.accent, bold=bool(look.says("dates_gras")))
    _character(doc, "Lieu", INK if look.says("dates_noires") else MUTED)
    _character(doc, "Métier", WHITE, shade=look.accent)
    _character(doc, "Séparateur", look.accent, size=look.base * 0.7)
    for name in ("Heading 1", "Heading 2"):
        doc.styles[name].paragraph_format.keep_with_next = True
    _ornaments(doc, look)


def _head_styles(doc: Docx, look: Look) -> None:
    title, text = look.model.title_font, look.model.font
    band = look.says("bandeau") == "plein"
    top = WHITE if band else INK
    name = look.accent if look.says("nom_accent") else top
    job = top if band or look.says("nom_accent") else look.accent
    _style(doc, "Normal", look, text, 1, INK)
    _style(doc, "Title", look, title, look.size("nom"), name, bold=True, leading=NAME_LEADING)
    after = look.size("nom")
    _style(doc, "Subtitle", look, title, look.size("metier"), job, bold=True, after=after, gap="metier")
    free = WHITE if band else INK if look.says("bandeau") else MUTED
    _style(doc, "Disponibilité", look, text, 1, free, gap="disponibilite")
    bold = bool(look.says("contact_gras"))
    _style(doc, "Coordonnées", look, text, 1, top, bold=bold, gap="contact")
    _style(doc, "Accroche", look, text, look.size("accroche"), INK)
    _style(doc, "Photo", look, text, 1, INK)
    if look.says("centre"):
        for style in (*HEAD, "Accroche", "Photo"):
            doc.styles[style].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _body_styles(doc: Docx, look: Look) -> None:
    font, title = look.model.font, look.model.title_font
    colour = INK if look.says("titre_noir") else look.accent
    _style(doc, "Heading 1", look, title, look.size("titre"), colour, bold=True, gap="section")
    _style(doc, "Heading 2", look, font, look.size("entree"), INK, bold=True, gap="entree")
    _style(doc, "Lieu et dates", look, font, 1, INK, gap="lieu")
    _style(doc, "Ligne", look, font, 1, INK, gap="puce")
    _listed(doc, "List Bullet", look, BULLET)
    bold = bool(look.says("atouts_gras"))
    _listed(doc, "Atout", look, SQUARE if look.says("atouts") == "carre" else BULLET, bold=bold)
    _thin(doc, "Rupture", 0.1, look)
    if look.shift:
        for name in ("Heading 1", "Heading 2", "Lieu et dates", "Ligne"):
            _indented(doc.styles[name], look, MARK if look.says("meme_retrait") else 0)


def _indented(style: ParagraphStyle, look: Look, mark: float) -> None:
    style.paragraph_format.left_indent = Pt((look.shift + mark) * look.base)
    if mark:
        style.paragraph_format.first_line_indent = Pt(-mark * look.base)
    if look.says("cartes"):
        style.paragraph_format.right_indent = Pt(look.shift * look.base)


def _listed(doc: Docx, name: str, look: Look, number: int, *, bold: bool = False) -> None:
    """Lines hang beside their mark, which belongs to the list (word_parts.py)."""
    style = _style(doc, name, look, look.model.font, 1, INK, bold=bold, gap="puce")
    _indented(style, look, MARK)
    style.element.pPr.get_or_add_numPr().get_or_add_numId().val = number


def _thin(doc: Docx, name: str, height: float, look: Look) -> ParagraphStyle:
    """A paragraph without words, so many em high."""
    style = _style(doc, name, look, look.model.font, 0.1, INK)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(round(height * look.base, 1))
    return style


def _language(doc: Docx) -> None:
    usual = doc.styles.element.find(qn("w:docDefaults"))
    usual.remove(usual.find(qn("w:pPrDefault")))
    defaults = usual.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(defaults):
        defaults.remove(child)
    lang = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        lang.set(qn(name), "fr-FR")
    lang.set(qn("w:bidi"), "ar-SA")
    defaults.append(lang)


def _style(
    doc: Docx,
    name: str,
    look: Look,
    font: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    gap: str = "",
    after: float = 1,
    leading: float | None = None,
) -> ParagraphStyle:
    """One paragraph style; `gap` names the space above it, below a line of `after` em. Sizes in em."""
    known = {style.name for style in doc.styles}
    style = doc.styles[name] if name in known else doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name not in known:
        style.base_style = doc.styles["Normal"]
        style.quick_style = True
    for element in (style.element.rPr, style.element.pPr):
        if element is not None:
            style.element.remove(element)
    points = round(look.base * size * 2) / 2
    style.font.size, style.font.bold, style.font.color.rgb = Pt(points), bold, RGBColor.from_string(colour)
    _faces(style.element.get_or_add_rPr(), font)
    _as_large_in_other_scripts(style.element.rPr, bold=bold)
    face, white = Face.of(font), look.leading() if leading is None else leading
    above = look.points(gap, size=size, after=after) if gap else 0.0
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(0)
    style.paragraph_format.line_spacing = round((face.capitals + white) / face.natural, 3)
    style.paragraph_format.keep_together = True
    return style


def _as_large_in_other_scripts(properties: Any, *, bold: bool) -> None:
    """Arabic, Hebrew or Tamil letters have a size and a weight of their own in Word."""
    size = properties.find(qn("w:sz"))
    other = OxmlElement("w:szCs")
    other.set(qn("w:val"), size.get(qn("w:val")))
    size.addnext(other)
    if bold:
        properties.find(qn("w:b")).addnext(OxmlElement("w:bCs"))


def _faces(properties: Any, font: str) -> None:
    faces = properties.find(qn("w:rFonts"))
    if faces is None:
        faces = OxmlElement("w:rFonts")
        properties.insert(0, faces)
    for slot in ("ascii", "hAnsi", "eastAsia"):
        faces.set(qn(f"w:{slot}"), font)
    faces.set(qn("w:cs"), COMPLEX)


def _character(
    doc: Docx, name: str, colour: str, *, bold: bool = False, shade: str = "", size: float | None = None
) -> None:
    style = doc.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor.from_string(colour)
    if bold:
        style.font.bold = True
    if size:
        style.font.size = Pt(round(size * 2) / 2)
    if shade:
        style.element.get_or_add_rPr().append(shading(shade))


def shading(fill: str) -> Any:
    """The tint behind a paragraph or some words."""
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{key}"), value)
    return shade


def borders(*sides: tuple[str, float, float, str]) -> Any:
    """Borders of a paragraph: the side, its width and its distance in points, its colour."""
    all_sides = OxmlElement("w:pBdr")
    for side, size, space, colour in sides:
        border = OxmlElement(f"w:{side}")
        values = {"val": "single", "sz": str(round(size * 8)), "space": str(min(31, round(space))), "color": colour}
        for key, value in values.items():
            border.set(qn(f"w:{key}"), value)
        all_sides.append(border)
    return all_sides


def dress_paragraph(properties: Any, *elements: Any) -> None:
    """Adds borders and shading where the schema wants them: before tabs, spacing and indents."""
    after = ("w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
    at = next((i for i, e in enumerate(properties) if e.tag in map(qn, after)), len(properties))
    for offset, element in enumerate(elements):
        properties.insert(at + offset, element)


def _ornaments(doc: Docx, look: Look) -> None:
    """What is drawn around the words: rules, bars, tints."""
    _title_ornament(doc, look)
    if look.says("tete") == "filet":
        size = 0.9 if look.says("centre") else 1.4
        dress_paragraph(doc.styles["Coordonnées"].element.pPr, borders(("bottom", size, 0.75 * look.base, look.accent)))
    if look.says("bandeau"):
        for name in HEAD:
            dress_paragraph(doc.styles[name].element.pPr, shading(look.fill()))


def _title_ornament(doc: Docx, look: Look) -> None:
    title, base = doc.styles["Heading 1"], look.base
    match look.says("titre"):
        case "filet":
            dress_paragraph(title.element.pPr, borders(("bottom", 0.7, 0.16 * base, look.tint(0.38))))
        case "gauche":
            pale = look.tint(0.09)
            edge = ("left", 0.34 * base, 0.75 * base, look.accent)
            dress_paragraph(
                title.element.pPr, borders(("top", 2.5, 0, pale), edge, ("bottom", 2.5, 0, pale)), shading(pale)
            )
            title.paragraph_format.left_indent = Pt(1.09 * base)
        case "carre":
            title.paragraph_format.left_indent = Pt(1.05 * base)
        case "barre" | "trait":
            _short_bar(doc, look, above=look.says("titre") == "barre")
        case "frise":
            line = borders(("left", 0.09 * base, 1.7 * base, look.tint(0.38)))
            for name in ("Heading 1", "Heading 2", "Lieu et dates", "Ligne", "List Bullet", "Atout"):
                dress_paragraph(doc.styles[name].element.pPr, deepcopy(line))


def _short_bar(doc: Docx, look: Look, *, above: bool) -> None:
    """A bar of 16 mm above the titles, or a line below them, in a paragraph of its own."""
    title, room = doc.styles["Heading 1"], 210 - look.model.margins[1] - look.model.margins[3]
    bar = _thin(doc, "Barre", 0.86 if above else 0.2, look)
    dress_paragraph(bar.element.pPr, borders(("top", 0.26 * look.base if above else 1.1, 0, look.accent)))
    bar.paragraph_format.right_indent = Mm(room - 16)
    bar.paragraph_format.keep_with_next = True
    if above:
        bar.paragraph_format.space_before = title.paragraph_format.space_before
        title.paragraph_format.space_before = Pt(0)
