"""Renders the page as light HTML, refreshed at each answer, with the order, colours and columns of the documents."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from html import escape

from clicnjob.cv.document.font_widths import cap_height
from clicnjob.cv.document.gauge import PageFit, estimate_fill, fit_page, shows_row
from clicnjob.cv.document.page_content import Document, Entry, Section
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.document.templates import Template, all_templates, template_by_key

__all__ = ["estimate_fill", "preview_html", "all_style_sheets"]

_MM = 2.8346  # points
# --p is one point of the sheet. It is true to scale in a wide column and stays readable in a narrow one, where the page
# gets longer instead of losing its foot. --e is the size of the text, --a the air, --k the leading in em. As in typst, the
# height of a text goes from its capitals to its last line: the rest of the line is taken back by negative margins, and --g
# is the space before it in em.
_BASE = (
    "&{container-type:inline-size;max-width:520px}"
    "article{--p:max(.168cqi,.68px);--e:calc(var(--p)*var(--s));--k:calc(var(--lead) + .2*(var(--a) - 1));"
    "position:relative;isolation:isolate;box-sizing:border-box;min-height:calc(100cqi*297/210);background:#fff;color:#1c1d22;"
    "overflow:clip;overflow-wrap:anywhere;box-shadow:0 0 8px #0003}"
    ":is(h1,h2,h3,h4,h5,h6,p,ul,li){margin:0;padding:0;font:inherit;letter-spacing:0;color:inherit;list-style:none}"
    ":is(article,.cvp-words,.cvp-open,.cvp-s,.cvp-e,.cvp-l){display:flex;flex-direction:column}"
    ":is(h1,h2,h3,h4,h5,h6,p,li){line-height:calc(var(--cap) + var(--k));"
    "margin:calc(var(--g,0)*var(--e) - var(--k)*.5em) 0 calc(var(--k)*-.5em)}"
    ":is(.cvp-name,.cvp-t,.cvp-h,.cvp-job){font-weight:700}"
    ".cvp-name{font-size:calc(var(--n)*1em);--k:.36}"
    "ul{padding:0!important}"  # Streamlit indents every list
    ".cvp-open p+p{--g:var(--k)}"
    ".cvp-m{--g:.56;color:#55575f}.cvp-w{color:var(--c)}"
    ":is(.cvp-row,.cvp-m){display:flex;flex-wrap:wrap;row-gap:calc(var(--k)*1em);margin-left:-.65em;"
    "clip-path:inset(-9em -9em -9em .65em)}"
    ".cvp-row{margin-top:calc(var(--g,0)*var(--e));--g:0}"
    ":is(.cvp-row li,.cvp-m span){--g:0;position:relative;padding-left:.65em}"
    ".cvp-l li{padding-left:.9em;position:relative}.cvp-l li+li{--g:calc(var(--between,.54) + .2*(var(--a) - 1))}"
    ":is(.cvp-row li,.cvp-m span,.cvp-l li):before{content:'';position:absolute;left:.2em;top:.55em;width:.26em;"
    "height:.26em;border-radius:50%;background:var(--c)}"
    ".cvp-l li:before{left:.05em}"
    ".cvp-head{display:flex;flex-direction:row-reverse;gap:2em;align-items:center}.cvp-words{flex:1}"
    ".cvp-photo{width:calc(var(--photo)*1em);aspect-ratio:1;object-fit:cover;border-radius:var(--r)}"
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
    fit = fit_page(shown)
    body = _sections_html(shown.sections, model, fit, heading + 1)
    colour = model.accent_colour(shown.colour)
    variables = (
        f"--c:{colour};--t:{thinned_colour(colour, 0.1)};--l:{thinned_colour(colour, 0.38)}"
        f";--s:{fit.size:g};--a:{fit.air:g};--n:{fit.name_em:g}"
        f";--r:{'50%' if shown.shape_of_photo(model.photo_shape) == 'round' else '10%'}"
    )
    return (
        f'<div class="cvp cvp-{model.key}" style="{variables}">{f"<style>{_model_style(model)}</style>" if styled else ""}'
        f'<article lang="fr"{_photo_mark(shown)}>{_head_html(shown, fit, heading)}{body}</article></div>'
    )


def all_style_sheets() -> str:
    """Return the style sheets of all models in one."""
    return "\n".join(_model_style(model) for model in all_templates())


def thinned_colour(colour: str, share: float) -> str:
    """Mix `colour` ('#rrggbb') with white; `share` is the part of it that remains, from 0 to 1."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - p) * share):02x}" for p in parts)


def _photo_mark(document: Document) -> str:
    return ' class="cvp-pictured"' if document.photo is not None else ""


def _head_html(document: Document, fit: PageFit, heading: int) -> str:
    photo = ""
    if document.photo is not None:
        data = b64encode(document.photo).decode()
        photo = f'<img class="cvp-photo" alt="Photo" src="data:image/jpeg;base64,{data}">'
    name = "<br>".join(escape(line) for line in fit.name_lines)
    words = (
        (f'<h{heading} class="cvp-name">{name}</h{heading}>' if name else "")
        + _text_html("p", "cvp-job", document.job_wanted)
        + _text_html("p", "cvp-free", document.availability)
        + _list_html(document.contact, "cvp-row cvp-contact")
    )
    opening = "".join(_text_html("p", "", text) for text in document.opening)
    after = f'<div class="cvp-open">{opening}</div>' if opening else ""
    return f'<header class="cvp-head">{photo}<div class="cvp-words">{words}</div></header>{after}'


def _sections_html(sections: tuple[Section, ...], model: Template, fit: PageFit, heading: int) -> str:
    return "".join(_section_html(section, model, fit, heading) for section in sections)


def _section_html(section: Section, model: Template, fit: PageFit, heading: int) -> str:
    entries = "".join(_entry_html(e, heading + 1) for e in section.entries)
    kind = "cvp-row" if shows_row(section, model, rows=fit.rows) else "cvp-l"
    title = _text_html(f"h{heading}", "cvp-t", section.title)
    role = "cvp-way" if section.entries else "cvp-skills" if section.key == "skills" else "cvp-facts"
    return f'<section class="cvp-s {role}">{title}{entries}{_list_html(section.lines, kind)}</section>'


def _entry_html(entry: Entry, heading: int) -> str:
    where = "".join(
        f'<span class="{name}">{escape(text)}</span>'
        for name, text in (("cvp-p", entry.place), ("cvp-w", entry.when))
        if text
    )
    meta = f'<p class="cvp-m">{where}</p>' if where else ""
    title = _text_html(f"h{heading}", "cvp-h", entry.heading)
    return f'<div class="cvp-e">{title}{meta}{_list_html(entry.lines, "cvp-l")}</div>'


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
        f"article{{font:400 var(--e)/1.25 '{model.font}','{model.word_font}',sans-serif;--cap:{cap_height(model.font):.3f};"
        f"--photo:{model.photo_em:g};--x:calc(var(--p)*{left});--y:calc(var(--p)*{top});--z:calc(var(--p)*{right});"
        f"padding:var(--y) var(--z) calc(var(--p)*{bottom}) var(--x)}}"
        f".cvp-open{{font-size:{model.opening_em:g}em}}"
    )
    own = re.sub(r"/\*.*?\*/", "", (model.folder / "preview.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    titles = ""  # titles inherit the font of the page unless the model has another one
    if model.title_font != model.font:
        face = f"font-family:'{model.title_font}','{model.word_font}',sans-serif"
        titles = f":is(.cvp-name,.cvp-t,.cvp-job){{{face};--cap:{cap_height(model.title_font):.3f}}}"
    return "".join(_scoped_rule(rule, model.key) for rule in _RULE.findall(_BASE + page + titles + own))


def _scoped_rule(rule: tuple[str, str], key: str) -> str:
    selectors, declarations = rule
    scope = f".cvp-{key}"
    names = (s.strip() for s in _COMMA.split(selectors))
    scoped = ",".join(scope if s == "&" else f"{scope} {s}" for s in names)
    return scoped + "{" + re.sub(r"\s*([:;,])\s*|\s+", _tight_match, declarations.strip()) + "}"


def _tight_match(found: re.Match[str]) -> str:
    return found[1] or " "
