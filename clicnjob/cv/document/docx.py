"""Renders the page as an editable Word file with real styles and no table; nothing else imports docxtpl."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import ceil
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2 import Template as JinjaTemplate
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from clicnjob.cv.document.gauge import text_width
from clicnjob.cv.document.page_content import Document, Section
from clicnjob.cv.document.preview import fitting_size, thinned_colour
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.document.templates import Template, sections_by_column, template_by_key

_PROPERTY_LENGTH = 255  # longest value that python-docx accepts for a document property
_LABEL_LENGTH = 44  # characters; a longer label may wrap
_EMU = 12_700  # English Metric Units in a point
_PT_PER_MM = 72 / 25.4
_SIZES = re.compile(rb'(<w:(?:sz|szCs) w:val=")(\d+)(")')
_FONTS = "word/fonts/"
_FONT_LINKS = "word/_rels/fontTable.xml.rels"
_FONT_TYPE = b'<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>'


@dataclass(frozen=True, slots=True)
class DressedTemplate:
    """A model's Word file in one colour and size, without its fonts, and the packed parts that hold the fonts."""

    file: bytes
    fonts: tuple[tuple[str, bytes], ...]


def docx_file(document: Document) -> bytes:
    """Return the CV as DOCX, with its fonts inside.

    The font size comes from the quick estimate of the page, so that Word too shows one page when possible.
    """
    shown, _ = printable_document(document)
    model = template_by_key(shown.model)
    size = fitting_size(shown)
    dressed = _dressed_template(model.key, model.accent_colour(shown.colour), size / model.sizes[0])
    # Each rendering needs a new template, since a shared one would mix documents across threads.
    made = DocxTemplate(BytesIO(dressed.file))
    made.init_docx()
    made.render(_template_context(shown, model, made, size), _jinja_environment(), autoescape=True)
    _name_properties(made, shown)
    if shown.photo is not None:
        _float_photo(made, model, size)
    out = BytesIO()
    made.save(out)
    return _with_fonts(out, dressed.fonts)


def _template_context(document: Document, model: Template, made: DocxTemplate, size: float) -> dict[str, Any]:
    narrow, wide = sections_by_column(document.sections) if model.aside else ((), document.sections)
    side = Pt(_photo_points(model, size))
    photo = InlineImage(made, BytesIO(document.photo), width=side, height=side) if document.photo is not None else ""
    return {
        "d": {
            "name": _escaped_text(document.name),
            "job": _escaped_text(document.job_wanted),
            "photo": photo,
            "availability": _escaped_text(document.availability),
            "contact": _all_escaped(tuple(map(_unbroken_label, document.contact))),
            "opening": _all_escaped(document.opening),
            "sections": [_section_context(s) for s in document.sections],
            "narrow": [_section_context(s) for s in narrow],
            "wide": [_section_context(s) for s in wide],
            "band": lambda rows: _band_height(document, model, size, rows),
        }
    }


def _section_context(section: Section) -> dict[str, Any]:
    return {
        "title": _escaped_text(section.title),
        "tags": section.layout == "tags" and bool(section.lines),
        "lines": _all_escaped(section.lines),
        "labels": [_escaped_text(_unbroken_label(line)) for line in section.lines],
        "entries": [
            {
                "heading": _escaped_text(e.heading),
                "place": _escaped_text(e.place),
                "when": _escaped_text(e.when),
                "lines": _all_escaped(e.lines),
            }
            for e in section.entries
        ],
    }


def _unbroken_label(label: str) -> str:
    return label.replace(" ", "\u00a0") if len(label) < _LABEL_LENGTH else label


def _all_escaped(texts: tuple[str, ...]) -> list[Markup]:
    return [_escaped_text(text) for text in texts]


def _escaped_text(text: str) -> Markup:
    # docxtpl turns « {_{ » into « {{ » after rendering, so the underscore is written as an entity.
    return Markup(  # noqa: S704 - escaped here, underscores are ours
        str(escape(text)).replace("{_", "{&#95;").replace("_}", "&#95;}")
    )


class _RememberingEnvironment(SandboxedEnvironment):
    """Compiles each source once: compiling takes most of the time of a rendering. Only our templates are sources."""

    def from_string(self, source: Any, *args: Any, **options: Any) -> JinjaTemplate:
        """Return the compiled template of this source."""
        return _compiled_template(source) if isinstance(source, str) else super().from_string(source)


@lru_cache(maxsize=1)
def _jinja_environment() -> SandboxedEnvironment:
    return _RememberingEnvironment(autoescape=True, undefined=StrictUndefined)


@lru_cache(maxsize=128)
def _compiled_template(source: str) -> JinjaTemplate:
    return SandboxedEnvironment.from_string(_jinja_environment(), source)


@lru_cache(maxsize=64)
def _dressed_template(key: str, colour: str, scale: float) -> DressedTemplate:
    """Return the model's Word file in the chosen colour and scale. It holds nothing personal, so it may be cached."""
    model = template_by_key(key)
    first = model.colours[0].hex
    swaps = [(first, colour)] + [
        (thinned_colour(first, s), thinned_colour(colour, s)) for s in (0.09, 0.11, 0.13, 0.38)
    ]
    out = BytesIO()
    fonts: list[tuple[str, bytes]] = []
    with (
        zipfile.ZipFile(model.folder / "cv.docx") as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name.startswith(_FONTS) or name == _FONT_LINKS:
                fonts.append((name, content))
            else:
                made.writestr(name, _recast_part(name, content, swaps, scale))
    return DressedTemplate(out.getvalue(), tuple(fonts))


def _recast_part(name: str, content: bytes, swaps: list[tuple[str, str]], scale: float) -> bytes:
    if not name.startswith("word/") or not name.endswith(".xml"):
        return content
    for old, new in swaps:
        pattern = re.compile(rb'((?:w:(?:val|color|fill)|srgbClr val)=")' + old[1:].encode() + rb'"', re.IGNORECASE)
        content = pattern.sub(rb"\g<1>" + new[1:].upper().encode() + b'"', content)
    if name != "word/styles.xml" or scale == 1:
        return content
    return _SIZES.sub(lambda m: m[1] + str(max(2, round(int(m[2]) * scale))).encode() + m[3], content)


def _with_fonts(saved: BytesIO, fonts: tuple[tuple[str, bytes], ...]) -> bytes:
    """Add the parts of the fonts, which python-docx would read and pack again for each file."""
    out = BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"<Default ", _FONT_TYPE + b"<Default ", 1)
            made.writestr(name, content)
        for name, content in fonts:
            made.writestr(name, content, compresslevel=1)
    return out.getvalue()


def _band_height(document: Document, model: Template, size: float, rows: Sequence[Sequence[float]]) -> int:
    """Return the height of the coloured band in EMU; `rows` holds the height and the space above of each line of the
    head, in points at the model's first size."""
    scale = size / model.sizes[0]
    photo = _photo_points(model, size) + 12 if document.photo is not None else 0
    room = (210 - model.margins[1] - model.margins[3]) * _PT_PER_MM - (photo + 12 if photo else 0)
    texts = (document.name, document.job_wanted, document.availability, "   ".join(document.contact))
    height = 0.0
    for text, (line, above) in zip(texts, rows, strict=True):
        if text:
            em = line * scale / 1.2
            height += (ceil(text_width(text, model.font) * em / room) * line + above) * scale
    top = model.margins[0] * _PT_PER_MM
    return round((top + max(height, photo) + size) * _EMU)


def _photo_points(model: Template, size: float) -> float:
    return float(dict(model.word).get("photo", 7.4)) * size


def _name_properties(made: DocxTemplate, document: Document) -> None:
    properties = made.docx.core_properties
    title = " – ".join(t for t in ("CV", document.name, document.job_wanted) if t)
    properties.title, properties.author = title[:_PROPERTY_LENGTH], document.name[:_PROPERTY_LENGTH]
    properties.language, properties.comments = "fr-FR", ""


def _float_photo(made: DocxTemplate, model: Template, size: float) -> None:
    """Move the photo to the right margin, so that the text flows beside it, and give it its shape."""
    inline = next(made.docx.element.body.iter(qn("wp:inline")), None)
    if inline is None:
        return
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="114300" distR="0" simplePos="0" '
        'relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionV></wp:anchor>'
    )
    for child in list(inline):
        anchor.append(child)
        if child.tag == qn("wp:extent"):
            anchor.append(parse_xml(f'<wp:wrapSquare {nsdecls("wp")} wrapText="left"/>'))
    anchor.find(qn("wp:docPr")).set("descr", "Photo")
    shape = next(anchor.iter(qn("a:prstGeom")))
    shape.set("prst", "ellipse" if dict(model.word).get("photo_forme") == "ronde" else "roundRect")
    inline.getparent().replace(inline, anchor)
