"""Places what a Word file draws beside the words: the photo, the coloured band of the head, the side panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docxtpl import DocxTemplate

from clicnjob.cv.document.font_widths import LineCounter
from clicnjob.cv.document.gauge import PT_PER_MM, PageFit
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.document.templates import Template

_EMU = 12_700  # English Metric Units in a point
_PANEL_GAP_MM = 12  # between a side panel and the words
_PANEL_PHOTO_MM = 33
_RING_MM = 1
_BELOW_EM = 1.2  # the foot of a band, below its last line
_ROUND, _SQUARE = "ellipse", "roundRect"


def panel_width(document: Document, model: Template) -> int:
    """Return the width of the side panel in EMU; it is wider with a photo."""
    return int(Mm(model.page_margins(photo=document.photo is not None)[3] - _PANEL_GAP_MM))


def band_height(document: Document, model: Template, fit: PageFit, rows: Sequence[Sequence[float]]) -> int:
    """Return the height of the coloured band in EMU.

    `rows` holds, for name, job, availability and contact, the height of a line and the space above it, in points at the
    model's first size and air 1.
    """
    scale, lines = fit.size / model.sizes[0], LineCounter(model.font, model.title_font)
    top, right, _, left = model.margins
    photo = photo_side(model, fit) if document.photo is not None else 0
    room = ((210 - right - left) * PT_PER_MM - (photo + 2 * fit.size if photo else 0)) / fit.size
    counts = (
        sum(lines.count_lines(line, room / fit.name_em, title=True, bold=True) for line in fit.name_lines),
        lines.count_lines(document.job_wanted, room / 1.4, title=True, bold=True),
        lines.count_lines(document.availability, room),
        lines.count_lines("    ".join(document.contact), room, bold=True) if document.contact else 0,
    )
    words = 0.0
    for number, (line, above), name in zip(counts, rows, (True, False, False, False), strict=True):
        if number:
            shrunk = fit.name_em / model.name_em if name else 1
            words += (number * line * shrunk + above * fit.air + (fit.air - 1) * 0.5 * model.sizes[0]) * scale
    foot = _BELOW_EM * fit.size * fit.air
    return round((top * PT_PER_MM + max(words, photo) + foot) * _EMU)


def photo_side(model: Template, fit: PageFit) -> float:
    """Return the side of the photo in points."""
    return _PANEL_PHOTO_MM * PT_PER_MM if model.photo_place == "volet" else model.photo_em * fit.size


def place_photo(made: DocxTemplate, document: Document, model: Template, fit: PageFit) -> None:
    """Give the photo its shape, and put it where the model has it, so that the text flows beside it."""
    inline = next(made.docx.element.body.iter(qn("wp:inline")), None)
    if inline is None:
        return
    inline.find(qn("wp:docPr")).set("descr", "Photo")
    _shape_picture(inline, document, model, fit)
    if model.photo_place == "haut":
        return
    anchor = _anchor_of(document, model, fit)
    wrap = "<wp:wrapNone {}/>" if model.photo_place == "volet" else '<wp:wrapSquare {} wrapText="bothSides"/>'
    for child in list(inline):
        anchor.append(child)
        if child.tag == qn("wp:extent"):
            anchor.append(parse_xml(wrap.format(nsdecls("wp"))))
    inline.getparent().replace(inline, anchor)


def _shape_picture(inline: Any, document: Document, model: Template, fit: PageFit) -> None:
    round_photo = document.shape_of_photo(model.photo_shape) == "round"
    geometry = next(inline.iter(qn("a:prstGeom")))
    geometry.set("prst", _ROUND if round_photo else _SQUARE)
    ring = {"plein": 0.28 * fit.size, "volet": _RING_MM * PT_PER_MM}.get(_photo_ground(model), 0)
    if ring:
        geometry.addnext(
            parse_xml(
                f'<a:ln {nsdecls("a")} w="{round(ring * _EMU)}"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>'
            )
        )


def _photo_ground(model: Template) -> str:
    """Return what lies behind the photo: a full band, a panel, or nothing."""
    if model.photo_place == "volet":
        return "volet"
    return str(dict(model.word).get("bandeau", ""))


def _anchor_of(document: Document, model: Template, fit: PageFit) -> Any:
    across = f"<wp:align>{'left' if model.photo_place == 'gauche' else 'right'}</wp:align>"
    start = "margin"
    if model.photo_place == "volet":
        side = photo_side(model, fit) * _EMU
        start, across = "page", f"<wp:posOffset>{round((panel_width(document, model) - side) / 2)}</wp:posOffset>"
    left, right = (0, 228_600) if model.photo_place == "gauche" else (228_600, 0)
    return parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="{left}" distR="{right}" simplePos="0" '
        'relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{start}">{across}</wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionV></wp:anchor>'
    )
