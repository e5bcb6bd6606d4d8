"""The styles of a Word file: faces, sizes, colours, borders and shading, from the model's own settings."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from clicnjob.cv.document.preview import thinned_colour as tint
from clicnjob.cv.document.templates import Template

INK, MUTED, WHITE = "1c1d22", "55575f", "ffffff"


def dress(doc: Docx, model: Template, look: dict[str, Any]) -> None:
    """Gives the styles of the Word file the faces, sizes and colours of the model."""
    accent = model.accent_colour("")[1:]
    _language(doc)
    _head_styles(doc, model, look, accent)
    _body_styles(doc, model, look, accent)
    _character(doc, "Dates", accent, bold=bool(look.get("bandeau")) or bool(model.aside))
    _character(doc, "Étiquette", INK, shade=tint(f"#{accent}", 0.13)[1:])
    for name in ("Heading 1", "Heading 2"):
        doc.styles[name].paragraph_format.keep_with_next = True
    _list_mark(doc, accent)
    _rule(doc.styles["Heading 1"], look["titre_filet"], accent)
    if look.get("bandeau"):
        for name in ("Title", "Subtitle", "Disponibilité", "Coordonnées"):
            _band(doc.styles[name], accent)
    if model.dates == "droite":
        room = 210 - model.margins[1] - model.margins[3]
        doc.styles["Lieu et dates"].paragraph_format.tab_stops.add_tab_stop(Mm(room), WD_TAB_ALIGNMENT.RIGHT)
    if look["titre_filet"] == "bas":
        _rule(doc.styles["Coordonnées"], "bas", accent, size=9)


def _head_styles(doc: Docx, model: Template, look: dict[str, Any], accent: str) -> None:
    base, band = model.sizes[0], bool(look.get("bandeau"))
    tight: dict[str, Any] = {"spacing": look["interligne"]}
    top = WHITE if band else INK
    name = accent if look.get("nom_accent") else top
    job = top if band or look.get("nom_accent") else accent
    _style(doc, "Normal", model.font, base, INK, after=base * 0.15, **tight)
    _style(doc, "Title", model.title_font, look["nom_taille"], name, bold=True, after=1, **tight)
    _style(doc, "Subtitle", model.title_font, look["metier_taille"], job, bold=True, after=1, **tight)
    _style(doc, "Disponibilité", model.font, base, WHITE if band else MUTED, after=2, **tight)
    _style(doc, "Coordonnées", model.font, base, top, bold=band, after=base * 0.7, **tight)
    _style(doc, "Accroche", model.font, base * 1.03, INK, after=1, **tight)


def _body_styles(doc: Docx, model: Template, look: dict[str, Any], accent: str) -> None:
    base, size, gap = model.sizes[0], look["titre_taille"], look["titre_avant"]
    tight: dict[str, Any] = {"spacing": look["interligne"]}
    title: dict[str, Any] = {"bold": True, "before": base * gap, "after": base * 0.3}
    _style(doc, "Heading 1", model.title_font, size, accent, **title, **tight)
    _style(doc, "Heading 2", model.font, base * 1.05, INK, bold=True, before=base * 0.42, **tight)
    _style(doc, "Lieu et dates", model.font, base, MUTED, after=base * 0.1, **tight)
    _style(doc, "List Bullet", model.font, base, INK, after=base * 0.06, **tight)
    _style(doc, "Ligne", model.font, base, INK, after=base * 0.22, **tight)
    _style(doc, "Rupture", model.font, 1, INK)


def _language(doc: Docx) -> None:
    defaults = doc.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
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
    font: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    spacing: float = 1.0,
) -> ParagraphStyle:
    known = {style.name for style in doc.styles}
    style = doc.styles[name] if name in known else doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name not in known:
        style.base_style = doc.styles["Normal"]
        style.quick_style = True
    for element in (style.element.rPr, None if name == "List Bullet" else style.element.pPr):
        if element is not None:
            style.element.remove(element)
    style.font.size, style.font.bold, style.font.color.rgb = (
        Pt(round(size * 2) / 2),
        bold,
        RGBColor.from_string(colour),
    )
    _faces(style.element.get_or_add_rPr(), font)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = spacing
    return style


def _faces(properties: Any, font: str) -> None:
    faces = properties.find(qn("w:rFonts"))
    if faces is None:
        faces = OxmlElement("w:rFonts")
        properties.insert(0, faces)
    for slot in ("ascii", "hAnsi", "eastAsia"):
        faces.set(qn(f"w:{slot}"), font)
    faces.set(qn("w:cs"), "Noto Sans Arabic")


def _character(doc: Docx, name: str, colour: str, *, bold: bool = False, shade: str = "") -> None:
    style = doc.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor.from_string(colour)
    if bold:
        style.font.bold = True
    if shade:
        style.element.get_or_add_rPr().append(_shading(shade))


def _shading(fill: str) -> Any:
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shading.set(qn(f"w:{key}"), value)
    return shading


def _border(side: str, size: float, space: int, colour: str) -> Any:
    border = OxmlElement(f"w:{side}")
    for key, value in (
        ("val", "single"),
        ("sz", str(round(size * 8))),
        ("space", str(space)),
        ("color", colour),
    ):
        border.set(qn(f"w:{key}"), value)
    return border


def _dressed(style: ParagraphStyle, *elements: Any) -> None:
    """Adds borders and shading where the schema wants them: before spacing and indents."""
    properties = style.element.get_or_add_pPr()
    at = next((i for i, e in enumerate(properties) if e.tag in map(qn, ("w:tabs", "w:spacing", "w:ind"))), 0)
    for offset, element in enumerate(elements):
        properties.insert(at + offset, element)


def _borders(*sides: Any) -> Any:
    borders = OxmlElement("w:pBdr")
    borders.extend(sides)
    return borders


def _band(style: ParagraphStyle, accent: str) -> None:
    sides = (_border(s, 6, 31 if s in ("left", "right") else 10, accent) for s in ("top", "left", "bottom", "right"))
    _dressed(style, _borders(*sides), _shading(accent))


def _rule(style: ParagraphStyle, where: str, accent: str, *, size: float = 0.5) -> None:
    if where == "bas":
        thick = 1.25 if size > 1 else 0.5
        pale = accent if size > 1 else tint(f"#{accent}", 0.38)[1:]
        _dressed(style, _borders(_border("bottom", thick, 6 if size > 1 else 2, pale)))
    elif where == "gauche":
        _dressed(style, _borders(_border("left", 4.5, 6, accent)), _shading(tint(f"#{accent}", 0.09)[1:]))


def _list_mark(doc: Docx, accent: str) -> None:
    """The list mark takes the accent: it belongs to the numbering, so that it is never a word of the text."""
    doc.styles["List Bullet"].paragraph_format.left_indent = Mm(4.2)
    doc.styles["List Bullet"].paragraph_format.first_line_indent = Mm(-4.2)
    for level in doc.part.numbering_part.element.iter(qn("w:lvl")):
        for old in level.findall(qn("w:rPr")):
            for colour in old.findall(qn("w:color")):
                old.remove(colour)
            mark = OxmlElement("w:color")
            mark.set(qn("w:val"), accent)
            old.append(mark)
