"""Renders the page as an editable Word file with real styles and no table; nothing else imports docxtpl."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.run import Run
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2 import Template as JinjaTemplate
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from clicnjob.cv.document import word_scaling
from clicnjob.cv.document.font_widths import lacking_letters
from clicnjob.cv.document.gauge import PageFit, fit_page, shows_row
from clicnjob.cv.document.page_content import Document, Section
from clicnjob.cv.document.preview import thinned_colour
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.document.templates import Template, template_by_key
from clicnjob.cv.document.word_drawing import band_height, panel_width, photo_side, place_photo

_PROPERTY_LENGTH = 255  # longest value that python-docx accepts for a document property
_LABEL_LENGTH = 44  # characters; a longer label may wrap
_EMU = 12_700  # English Metric Units in a point
_TINTS = (0.09, 0.11, 0.32, 0.38)  # shares of the accent in the tints of the Word files
_FONTS = "word/fonts/"
_FONT_LINKS = "word/_rels/fontTable.xml.rels"
_FONT_TYPE = b'<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>'


@dataclass(frozen=True, slots=True)
class DressedTemplate:
    """A model's Word file in one colour and size, without its fonts, and the packed parts that hold the fonts."""

    file: bytes
    fonts: tuple[tuple[str, bytes], ...]


def docx_file(document: Document) -> bytes:
    """Return the CV as DOCX, with its fonts inside, breathing like the other outputs."""
    shown, _ = printable_document(document)
    model, fit = template_by_key(shown.model), fit_page(shown)
    dressed = _dressed_template(
        model.key, model.accent_colour(shown.colour), fit.size, fit.air, photo=shown.photo is not None
    )
    # Each rendering needs a new template, since a shared one would mix documents across threads.
    made = DocxTemplate(BytesIO(dressed.file))
    made.init_docx()
    made.render(_template_context(shown, model, made, fit), _jinja_environment(), autoescape=True)
    _name_properties(made, shown)
    _size_name(made, model, fit)
    if shown.photo is not None:
        place_photo(made, shown, model, fit)
    out = BytesIO()
    made.save(out)
    return _with_fonts(out, dressed.fonts)


def _template_context(document: Document, model: Template, made: DocxTemplate, fit: PageFit) -> dict[str, Any]:
    side = Pt(photo_side(model, fit))
    photo = InlineImage(made, BytesIO(document.photo), width=side, height=side) if document.photo is not None else ""
    return {
        "d": {
            "name": _escaped_text("\n".join(fit.name_lines)),
            "job": _escaped_text(document.job_wanted),
            "photo": photo,
            "availability": _escaped_text(document.availability),
            "contact": _all_escaped(tuple(map(_unbroken_label, document.contact))),
            "opening": _all_escaped(document.opening),
            "sections": list(_section_contexts(document, model, fit)),
            "em": lambda length: round(length * fit.size * _EMU),
            "band": lambda rows: band_height(document, model, fit, rows),
            "panel": panel_width(document, model),
        }
    }


def _section_contexts(document: Document, model: Template, fit: PageFit) -> Iterator[dict[str, Any]]:
    after_facts = False
    for section in document.sections:
        facts = not section.entries and section.key != "skills"
        yield _section_context(section, row=shows_row(section, model, rows=fit.rows)) | {
            "opens_facts": facts and not after_facts
        }
        after_facts = facts


def _section_context(section: Section, *, row: bool) -> dict[str, Any]:
    return {
        "title": _escaped_text(section.title),
        "skills": section.key == "skills",
        "row": row and bool(section.lines),
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
def _dressed_template(key: str, colour: str, size: float, air: float, *, photo: bool) -> DressedTemplate:
    """Return the model's Word file in this colour, size and air. It holds nothing personal, so it may be cached."""
    model = template_by_key(key)
    recast = word_scaling.scaling_of(model, size=size, air=air, left_margin=model.page_margins(photo=photo)[3])
    first = model.accent_colour("")
    swaps = [(first, colour)] + [(thinned_colour(first, s), thinned_colour(colour, s)) for s in _TINTS]
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
            elif name.startswith("word/") and name.endswith(".xml"):
                made.writestr(name, recast(_recoloured_part(content, swaps)))
            else:
                made.writestr(name, content)
    return DressedTemplate(out.getvalue(), tuple(fonts))


def _recoloured_part(content: bytes, swaps: list[tuple[str, str]]) -> bytes:
    for old, new in swaps:
        pattern = re.compile(rb'((?:w:(?:val|color|fill)|srgbClr val)=")' + old[1:].encode() + rb'"', re.IGNORECASE)
        content = pattern.sub(rb"\g<1>" + new[1:].upper().encode() + b'"', content)
    return content


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


def _name_properties(made: DocxTemplate, document: Document) -> None:
    properties = made.docx.core_properties
    title = " – ".join(t for t in ("CV", document.name, document.job_wanted) if t)
    properties.title, properties.author = title[:_PROPERTY_LENGTH], document.name[:_PROPERTY_LENGTH]
    properties.language, properties.comments = "fr-FR", ""


def _size_name(made: DocxTemplate, model: Template, fit: PageFit) -> None:
    """Make a long name smaller than its style, and leave room for letters that rise above ours or hang below."""
    tall = bool(lacking_letters("".join(fit.name_lines), model.font, model.title_font))
    if fit.name_em >= model.name_em and not tall:
        return
    for paragraph in made.docx.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Title":
            if tall:
                paragraph.paragraph_format.line_spacing = 1.0
            for run in paragraph.runs:
                _size_run(run, max(2, round(fit.name_em * fit.size * 2)))


def _size_run(run: Run, half_points: int) -> None:
    """Set the size of Latin letters and, beside it, that of other scripts."""
    run.font.size = Pt(half_points / 2)
    other = OxmlElement("w:szCs")
    other.set(qn("w:val"), str(half_points))
    run._r.get_or_add_rPr().find(qn("w:sz")).addnext(other)
