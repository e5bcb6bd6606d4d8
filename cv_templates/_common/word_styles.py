"""The styles of a Word file: faces, sizes, colours, spacing, borders and shading, from the model's `[word]`.

Sizes and spaces are in em of the text, as in the model's cv.typ. typst measures a space from a baseline to the top of the
next capitals, Word between two lines with their white above and below: `Look.points` turns one into the other, so that
the same numbers give the same page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from fontTools.ttLib import TTFont
from word_parts import BULLET, COMPLEX

from clicnjob import typeset
from clicnjob.cv.document.preview import thinned_colour as tint
from clicnjob.cv.document.templates import Template

NAME_LEADING = 0.36  # em
INK, MUTED, WHITE = "1c1d22", "55575f", "ffffff"

# What a model may leave out of its `[word]`.
SIZES: dict[str, float] = {"metier": 1.36, "contact": 1.0, "accroche": 1.14, "titre": 1.28, "entree": 1.08}
SPACES: dict[str, float] = {
    "metier": 0.9,
    "disponibilite": 0.75,
    "contact": 0.75,
    "accroche": 1.3,
    "section": 1.6,
    "sous_titre": 0.75,
    "entree": 1.0,
    "lieu": 0.58,
    "lignes": 0.62,
    "puce": 0.54,
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
        path = min((typeset.FONTS / typeset.font_folder(font)).glob("*-Regular.*tf"), default=None)
        path = path or min((typeset.FONTS / typeset.font_folder(font)).glob("*.*tf"))
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
        """The first colour, as Word writes it."""
        return self.model.colours[0].hex[1:]

    @property
    def base(self) -> float:
        """The size in points of which all others are multiples."""
        return self.model.sizes[0]

    @property
    def name_em(self) -> float:
        """The size of a usual name, in em."""
        return float(self.word.get("nom", 2.6))

    def size(self, name: str) -> float:
        """A size in em."""
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


def dress(doc: Docx, look: Look) -> None:
    """Gives the styles of the Word file the faces, sizes and colours of the model."""
    _language(doc)
    _head_styles(doc, look)
    _body_styles(doc, look)
    _character(doc, "Dates", look.says("dates_couleur") or look.accent, bold=bool(look.says("dates_gras")))
    _character(doc, "Lieu", MUTED)
    _character(doc, "Étiquette", INK, shade=tint(f"#{look.accent}", 0.13)[1:])
    _character(doc, "Séparateur", look.says("point") or look.accent, size=look.base * 0.72)
    for name in ("Heading 1", "Heading 2"):
        doc.styles[name].paragraph_format.keep_with_next = True
    _list_mark(doc)
    _ornaments(doc, look)


def _head_styles(doc: Docx, look: Look) -> None:
    title, text = look.model.title_font, look.model.font
    band = look.says("bandeau") == "plein"
    top = WHITE if band else INK
    name = look.accent if look.says("nom_accent") else top
    job = top if band or look.says("nom_accent") else look.accent
    _style(doc, "Normal", look, text, 1, INK)
    _style(doc, "Title", look, title, look.name_em, name, bold=True, leading=NAME_LEADING)
    after = look.name_em
    _style(doc, "Subtitle", look, title, look.size("metier"), job, bold=True, after=after, gap="metier")
    free = WHITE if band else MUTED
    _style(doc, "Disponibilité", look, text, 1, free, gap="disponibilite")
    size, bold = look.size("contact"), bool(look.says("contact_gras"))
    _style(doc, "Coordonnées", look, text, size, top, bold=bold, gap="contact")
    _style(doc, "Accroche", look, text, look.size("accroche"), INK)
    if look.says("centre"):
        for style in ("Title", "Subtitle", "Disponibilité", "Coordonnées", "Accroche", "Heading 1", "Ligne"):
            _at_centre(doc, style)


def _body_styles(doc: Docx, look: Look) -> None:
    font, title = look.model.font, look.model.title_font
    _style(doc, "Heading 1", look, title, look.size("titre"), look.accent, bold=True, gap="section")
    _style(doc, "Heading 2", look, font, look.size("entree"), INK, bold=True, gap="entree")
    _style(doc, "Lieu et dates", look, font, 1, INK, gap="lieu")
    _style(doc, "List Bullet", look, font, 1, INK, gap="puce")
    _style(doc, "Ligne", look, font, 1, INK, gap="puce")
    _style(doc, "Rupture", look, font, 0.1, INK, leading=0)
    if look.says("centre"):
        for style in ("Heading 1", "Ligne"):
            _at_centre(doc, style)


def _at_centre(doc: Docx, name: str) -> None:
    if name in {style.name for style in doc.styles}:
        doc.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


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
    face, white = Face.of(font), look.leading() if leading is None else leading
    above = look.points(gap, size=size, after=after) if gap else 0.0
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(0)
    style.paragraph_format.line_spacing = round((face.capitals + white) / face.natural, 3)
    style.paragraph_format.keep_together = True
    return style


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
        style.element.get_or_add_rPr().append(_shading(shade))


def _shading(fill: str) -> Any:
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shading.set(qn(f"w:{key}"), value)
    return shading


def _border(side: str, size: float, space: float, colour: str) -> Any:
    border = OxmlElement(f"w:{side}")
    for key, value in (
        ("val", "single"),
        ("sz", str(round(size * 8))),
        ("space", str(round(space))),
        ("color", colour),
    ):
        border.set(qn(f"w:{key}"), value)
    return border


def _dressed(style: ParagraphStyle, *elements: Any) -> None:
    """Adds borders and shading where the schema wants them: before tabs, spacing and indents."""
    properties = style.element.get_or_add_pPr()
    after = ("w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
    at = next((i for i, e in enumerate(properties) if e.tag in map(qn, after)), len(properties))
    for offset, element in enumerate(elements):
        properties.insert(at + offset, element)


def _borders(*sides: Any) -> Any:
    borders = OxmlElement("w:pBdr")
    borders.extend(sides)
    return borders


def _ornaments(doc: Docx, look: Look) -> None:
    """What is drawn around the words: rules, bars, tints, cards."""
    title, accent = doc.styles["Heading 1"], look.accent
    match look.says("titre"):
        case "filet":
            _dressed(title, _borders(_border("bottom", 0.5, 2, tint(f"#{accent}", 0.38)[1:])))
        case "gauche":
            _dressed(title, _borders(_border("left", 4.5, 6, accent)), _shading(tint(f"#{accent}", 0.09)[1:]))
            title.paragraph_format.left_indent = Pt(10.5)
    if look.says("tete") == "filet":
        _dressed(doc.styles["Coordonnées"], _borders(_border("bottom", 1.25, 7, accent)))
    if look.says("bandeau"):
        fill = fill_colour(look)
        for name in ("Title", "Subtitle", "Disponibilité", "Coordonnées"):
            _dressed(doc.styles[name], _shading(fill))


def fill_colour(look: Look) -> str:
    """The colour of the band or panel: the accent, or its tint when the words upon it are dark."""
    return tint(f"#{look.accent}", 0.11)[1:] if look.says("bandeau") == "clair" else look.accent


def _list_mark(doc: Docx) -> None:
    """Lines hang beside their mark, which belongs to the list (word_parts.py)."""
    style = doc.styles["List Bullet"]
    style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Mm(3.8), Mm(-3.8)
    style.element.pPr.get_or_add_numPr().get_or_add_numId().val = BULLET
