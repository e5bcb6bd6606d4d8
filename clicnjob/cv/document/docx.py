"""Renders the page as an editable Word file with real styles and no table; nothing else imports docxtpl."""

from __future__ import annotations

import re
import zipfile
from functools import lru_cache
from io import BytesIO
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from clicnjob.cv.document.page_content import Document, Section
from clicnjob.cv.document.gauge import fit_page
from clicnjob.cv.document.preview import thinned_colour
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.document.templates import Template, sections_by_column, template_by_key

_PROPERTY_LENGTH = 255  # longest value that python-docx accepts for a document property
_PHOTO_MM = 26
_LABEL_LENGTH = 44  # characters; a longer label may wrap
_SIZES = re.compile(rb'(<w:(?:sz|szCs) w:val=")(\d+)(")')


def docx_file(document: Document) -> bytes:
    """Return the CV as DOCX.

    The font size comes from the quick estimate of the page, so that Word too shows one page when possible.
    """
    shown, _ = printable_document(document)
    model = template_by_key(shown.model)
    scale = fit_page(shown).size / model.sizes[0]
    # Each rendering needs a new template, since a shared one would mix documents across threads.
    made = DocxTemplate(BytesIO(_dressed_template(model, model.accent_colour(shown.colour), scale)))
    made.init_docx()
    made.render(_template_context(shown, model, made), _jinja_environment(), autoescape=True)
    _name_properties(made, shown)
    if shown.photo is not None:
        _float_photo(made)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _template_context(document: Document, model: Template, made: DocxTemplate) -> dict[str, Any]:
    narrow, wide = sections_by_column(document.sections) if model.aside else ((), document.sections)
    photo = (
        InlineImage(made, BytesIO(document.photo), width=Mm(_PHOTO_MM), height=Mm(_PHOTO_MM))
        if document.photo is not None
        else ""
    )
    return {
        "d": {
            "name": _escaped_text(document.name),
            "job": _escaped_text(document.job_wanted),
            "photo": photo,
            "availability": _escaped_text(document.availability),
            "contact": _all_escaped(document.contact),
            "opening": _all_escaped(document.opening),
            "sections": [_section_context(s) for s in document.sections],
            "narrow": [_section_context(s) for s in narrow],
            "wide": [_section_context(s) for s in wide],
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


@lru_cache(maxsize=1)
def _jinja_environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


@lru_cache(maxsize=64)
def _dressed_template(model: Template, colour: str, scale: float) -> bytes:
    """Return the model's Word file in the chosen colour and scale. It holds nothing personal, so it may be cached."""
    first = model.accent_colour("")
    swaps = [(first, colour)] + [(thinned_colour(first, s), thinned_colour(colour, s)) for s in (0.09, 0.13, 0.38)]
    out = BytesIO()
    with (
        zipfile.ZipFile(model.folder / "cv.docx") as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            made.writestr(name, _recast_part(name, source.read(name), swaps, scale))
    return out.getvalue()


def _recast_part(name: str, content: bytes, swaps: list[tuple[str, str]], scale: float) -> bytes:
    if not name.startswith("word/") or not name.endswith(".xml"):
        return content
    for old, new in swaps:
        pattern = re.compile(rb'(w:(?:val|color|fill)=")' + old[1:].encode() + rb'"', re.IGNORECASE)
        content = pattern.sub(rb"\g<1>" + new[1:].upper().encode() + b'"', content)
    if name != "word/styles.xml" or scale == 1:
        return content
    return _SIZES.sub(lambda m: m[1] + str(max(2, round(int(m[2]) * scale))).encode() + m[3], content)


def _name_properties(made: DocxTemplate, document: Document) -> None:
    properties = made.docx.core_properties
    title = " – ".join(t for t in ("CV", document.name, document.job_wanted) if t)
    properties.title, properties.author = title[:_PROPERTY_LENGTH], document.name[:_PROPERTY_LENGTH]
    properties.language, properties.comments = "fr-FR", ""


def _float_photo(made: DocxTemplate) -> None:
    """Move the photo to the right margin, so that the text flows beside it."""
    inline = next(made.docx.element.body.iter(qn("wp:inline")), None)
    if inline is None:
        return
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="114300" distR="0" simplePos="0" '
        'relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:posOffset>36000</wp:posOffset></wp:positionV></wp:anchor>'
    )
    for child in list(inline):
        anchor.append(child)
        if child.tag == qn("wp:extent"):
            anchor.append(parse_xml(f'<wp:wrapSquare {nsdecls("wp")} wrapText="left"/>'))
    anchor.find(qn("wp:docPr")).set("descr", "Photo")
    inline.getparent().replace(inline, anchor)
