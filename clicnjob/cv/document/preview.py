"""Renders the page as light HTML, refreshed at each answer, with the order, colours and columns of the documents."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from html import escape

from clicnjob.cv.document.gauge import estimate_fill, fitting_size
from clicnjob.cv.document.page_content import Document, Entry, Section
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.document.templates import Template, all_templates, sections_by_column, template_by_key

__all__ = ["estimate_fill", "fitting_size", "preview_html", "all_style_sheets"]

_MM = 2.8346  # points
# --p is one point of the sheet. It is true to scale in a wide column and stays readable in a narrow one.
_BASE = (
    "&{container-type:inline-size;max-width:520px}"
    "article{--p:max(.168cqi,.68px);box-sizing:border-box;aspect-ratio:210/297;background:#fff;color:#1c1d22;"
    "overflow:clip;overflow-wrap:anywhere;box-shadow:0 0 8px #0003}"
    ":is(h1,h2,h3,h4,h5,h6,p,ul,li){margin:0;padding:0;font:inherit;letter-spacing:0;color:inherit;list-style:none}"
    ":is(.cvp-name,.cvp-t,.cvp-h,.cvp-job){font-weight:700;line-height:1.12}"
    "ul{padding:0!important}"  # Streamlit indents every list
    ".cvp-row{display:flex;flex-wrap:wrap;gap:.1em 1.3em}"
    ".cvp-contact li+li:before{content:'•'/'';margin:0 .4em 0 -1em}"
    ".cvp-l li{padding-left:1em;position:relative}"
    ".cvp-l li:before{content:'';position:absolute;left:.1em;top:.55em;width:.28em;height:.28em;"
    "border-radius:50%;background:var(--c)}"
    ".cvp-photo{float:right;width:7em;height:7em;object-fit:cover;border-radius:50%;margin-left:1.5em}"
)
_COMMA = re.compile(r",(?![^(]*\))")  # a comma that is not inside :is(…)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def preview_html(document: Document, *, heading: int = 2, styled: bool = True) -> str:
    """Return the HTML of the page, for a container 280 to 520 pixels wide.

    `heading` is the heading level of the name (1 to 4). With `styled=False` the style sheet, most of the HTML, is left
    out; the app already has the sheets of all models from `all_style_sheets`.
    """
    shown, _ = printable_document(document)
    model = template_by_key(shown.model)
    narrow, wide = sections_by_column(shown.sections) if model.aside else ((), shown.sections)
    body = f"<div>{_sections_html(wide, heading + 1)}</div>"
    if narrow:
        aside = f'<div class="cvp-narrow">{_sections_html(narrow, heading + 1)}</div>'
        body = f'<div class="cvp-body">{aside}{body}</div>'
    colour, size = model.accent_colour(shown.colour), fitting_size(shown)
    variables = f"--c:{colour};--t:{thinned_colour(colour, 0.1)};--l:{thinned_colour(colour, 0.38)};--s:{size:g}"
    return (
        f'<div class="cvp cvp-{model.key}" style="{variables}">{f"<style>{_model_style(model)}</style>" if styled else ""}'
        f'<article lang="fr">{_head_html(shown, heading)}{body}</article></div>'
    )


def all_style_sheets() -> str:
    """Return the style sheets of all models in one."""
    return "\n".join(_model_style(model) for model in all_templates())


def thinned_colour(colour: str, share: float) -> str:
    """Mix `colour` ('#rrggbb') with white; `share` is the part of it that remains, from 0 to 1."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - p) * share):02x}" for p in parts)


def _head_html(document: Document, heading: int) -> str:
    photo = ""
    if document.photo is not None:
        data = b64encode(document.photo).decode()
        photo = f'<img class="cvp-photo" alt="Photo" src="data:image/jpeg;base64,{data}">'
    contact = "".join(f"<li>{escape(text)}</li>" for text in document.contact)
    words = (
        _text_html(f"h{heading}", "cvp-name", document.name)
        + _text_html("p", "cvp-job", document.job_wanted)
        + _text_html("p", "cvp-free", document.availability)
        + (f'<ul class="cvp-row cvp-contact">{contact}</ul>' if contact else "")
    )
    opening = "".join(_text_html("p", "", text) for text in document.opening)
    after = f'<div class="cvp-open">{opening}</div>' if opening else ""
    return f'<header class="cvp-head">{photo}{words}</header>{after}'


def _sections_html(sections: tuple[Section, ...], heading: int) -> str:
    return "".join(_section_html(section, heading) for section in sections)


def _section_html(section: Section, heading: int) -> str:
    entries = "".join(_entry_html(e, heading + 1) for e in section.entries)
    kind = "cvp-row cvp-tags" if section.layout == "tags" else "cvp-l"
    title = _text_html(f"h{heading}", "cvp-t", section.title)
    return f'<section class="cvp-s">{title}{entries}{_list_html(section.lines, kind)}</section>'


def _entry_html(entry: Entry, heading: int) -> str:
    return (
        f'<div class="cvp-e">{_text_html(f"h{heading}", "cvp-h", entry.heading)}{_text_html("p", "cvp-p", entry.place)}'
        f"{_text_html('p', 'cvp-w', entry.when)}{_list_html(entry.lines, 'cvp-l')}</div>"
    )


def _list_html(lines: tuple[str, ...], kind: str) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="{kind}">{items}</ul>' if items else ""


def _text_html(tag: str, name: str, text: str) -> str:
    kind = f' class="{name}"' if name else ""
    return f"<{tag}{kind}>{escape(text)}</{tag}>" if text else ""


@lru_cache(maxsize=32)
def _model_style(model: Template) -> str:
    """Return the base rules and the model's own preview.css, each scoped to this model's page."""
    top, right, bottom, left = (round(m * _MM, 1) for m in model.margins)
    page = (
        f"article{{font:400 calc(var(--p)*var(--s))/1.28 '{model.font}','{model.word_font}',sans-serif;"
        f"--x:calc(var(--p)*{left});--y:calc(var(--p)*{top});"
        f"padding:var(--y) calc(var(--p)*{right}) calc(var(--p)*{bottom}) var(--x)}}"
    )
    own = re.sub(r"/\*.*?\*/", "", (model.folder / "preview.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    titles = ""  # titles inherit the font of the page unless the model has another one
    if model.title_font != model.font:
        titles = f":is(.cvp-name,.cvp-t,.cvp-job){{font-family:'{model.title_font}','{model.word_font}',sans-serif}}"
    return "".join(_scoped_rule(rule, model.key) for rule in _RULE.findall(_BASE + page + titles + own))


def _scoped_rule(rule: tuple[str, str], key: str) -> str:
    selectors, declarations = rule
    scope = f".cvp-{key}"
    names = (s.strip() for s in _COMMA.split(selectors))
    scoped = ",".join(scope if s == "&" else f"{scope} {s}" for s in names)
    return scoped + "{" + re.sub(r"\s*([:;,])\s*|\s+", _tight_match, declarations.strip()) + "}"


def _tight_match(found: re.Match[str]) -> str:
    return found[1] or " "
