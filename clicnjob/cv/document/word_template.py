"""Fills a Word file with plain texts: escaped, so that what people typed is neither markup nor a tag."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PROPERTY_LENGTH = 255  # longest value that python-docx accepts for a document property


def filled_template(template: bytes, texts: Mapping[str, Any], *, title: str, author: str) -> bytes:
    """Return the Word file with `texts` (strings, or lists of strings). A template is read anew for each rendering."""
    made = DocxTemplate(BytesIO(template))
    made.render(_escaped_value(dict(texts)), _jinja_environment(), autoescape=True)
    properties = made.docx.core_properties
    properties.title, properties.author = title[:_PROPERTY_LENGTH], author[:_PROPERTY_LENGTH]
    properties.language, properties.comments = "fr-FR", ""
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _escaped_value(value: Any) -> Any:
    if isinstance(value, str):
        # docxtpl turns « {_{ » into « {{ » after rendering, so the underscore is written as an entity.
        return Markup(str(escape(value)).replace("{_", "{&#95;").replace("_}", "&#95;}"))  # noqa: S704 - escaped here
    if isinstance(value, Mapping):
        return {name: _escaped_value(each) for name, each in value.items()}
    return [_escaped_value(each) for each in value]


@lru_cache(maxsize=1)
def _jinja_environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
