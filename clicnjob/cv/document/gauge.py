"""Estimates how full the page is in a fraction of a millisecond, since the live gauge cannot wait for typst.

Lines are counted from the letter widths of the model's font. The heights of a line, a section, an entry and the head
are the model's `[jauge]`, which `make templates` fits to pages laid out by typst.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import ceil

from fontTools.ttLib import TTFont

from clicnjob import typeset
from clicnjob.cv.document.page_content import Document, Entry, Section
from clicnjob.cv.document.templates import Template, sections_by_column, template_by_key

_PT_PER_MM = 72 / 25.4
_BOLD = 1.06  # a bold line is longer by about this factor
_BETWEEN = 1.2  # em between two short texts in a row
_FULL = 0.97  # a page estimated above this may overflow
Counts = tuple[float, float, float, float, float]  # head, name lines, lines, sections, entries


def estimate_fill(document: Document) -> float:
    """Return the share of the page used at the model's first size; above 1, the page overflows."""
    model = template_by_key(document.model)
    return _filled_share(document, model, model.sizes[0])


def fitting_size(document: Document) -> float:
    """Return the first of the model's sizes, in points, at which the page should fit, or else the last one."""
    model = template_by_key(document.model)
    return next((s for s in model.sizes if _filled_share(document, model, s) <= _FULL), model.sizes[-1])


def column_counts(document: Document, model: Template, size: float) -> tuple[Counts, ...]:
    """Return the counts of each column that the model's `[jauge]` multiplies."""
    width = (210 - model.margins[1] - model.margins[3]) * _PT_PER_MM / size
    head = _head_counts(document, model, width)
    narrow, wide = sections_by_column(document.sections) if model.aside else ((), document.sections)
    if not narrow:
        return (_body_counts(head, wide, model, width, rows=True),)
    slim = model.aside_width * _PT_PER_MM / size
    room = width - slim - model.gutter * _PT_PER_MM / size
    return _body_counts(head, narrow, model, slim, rows=False), _body_counts(head, wide, model, room, rows=True)


def _filled_share(document: Document, model: Template, size: float) -> float:
    room = (297 - model.margins[0] - model.margins[2]) * _PT_PER_MM / size
    ends = (sum(n * em for n, em in zip(c, model.gauge, strict=True)) for c in column_counts(document, model, size))
    return max(ends) / room


def _head_counts(document: Document, model: Template, width: float) -> Counts:
    width -= 10 if document.photo else 0
    name = _line_count(document.name, model, width / _name_em(document.name))
    lines = _line_count(document.job_wanted, model, width / 1.32) * 1.3 + _line_count(
        document.availability, model, width
    )
    lines += _row_lines(document.contact, model, width) + sum(_line_count(t, model, width) for t in document.opening)
    return (1.0 if name or lines else 0.0, name * _name_em(document.name) / 2.6, lines, 0.0, 0.0)


def _name_em(name: str) -> float:
    return next((em for limit, em in ((22, 2.6), (34, 2.1), (60, 1.6)) if len(name) <= limit), 1.25)


def _body_counts(head: Counts, sections: Iterable[Section], model: Template, width: float, *, rows: bool) -> Counts:
    lines, titles, entries = head[2], 0, 0
    for section in sections:
        titles += 1
        entries += len(section.entries)
        lines += sum(_entry_lines(e, model, width) for e in section.entries)
        if section.layout == "tags" and rows:
            lines += _row_lines(section.lines, model, width) * (1.3 if model.labels else 1)
        else:
            lines += sum(_line_count(t, model, width - 1) for t in section.lines)
    return (head[0], head[1], lines, float(titles), float(entries))


def _entry_lines(entry: Entry, model: Template, width: float) -> float:
    inner = width - (1.3 if model.aside else 0)
    lines = _line_count(entry.heading, model, inner / _BOLD) + sum(
        _line_count(t, model, inner - 1) for t in entry.lines
    )
    if model.dates == "droite":
        return lines + max(_line_count(entry.place, model, inner), 0 if entry.heading else bool(entry.when))
    if model.dates == "suite":
        return lines + _row_lines(tuple(t for t in (entry.place, entry.when) if t), model, inner)
    return lines + _line_count(entry.place, model, inner) + _line_count(entry.when, model, inner)


def _row_lines(texts: tuple[str, ...], model: Template, width: float) -> int:
    used, lines = width, 0
    for text in texts:
        long = text_width(text, model.font) + _BETWEEN
        whole = max(1, ceil((long - _BETWEEN) / width))
        if used + long > width + _BETWEEN:
            lines, used = lines + whole, min(long, width)
        else:
            used += long
    return lines


def _line_count(text: str, model: Template, width: float) -> int:
    return ceil(text_width(text, model.font) / (width * 0.985)) if text else 0


def text_width(text: str, font: str) -> float:
    """Return the approximate width of a text in a font, in em."""
    return sum(map(_character_widths(font).__getitem__, text))


class _Widths(dict[str, float]):
    """Letter widths in em, with an average width for letters that the font lacks."""

    def __missing__(self, _letter: str) -> float:
        return 0.55


@lru_cache(maxsize=16)
def _character_widths(font: str) -> _Widths:
    """Return the advance width of each character of a font, in em."""
    path = next(iter(sorted((typeset.FONTS / typeset.font_folder(font)).glob("*-Regular.ttf"))))
    with TTFont(path, lazy=True) as face:
        advances, em = face["hmtx"].metrics, face["head"].unitsPerEm
        return _Widths({chr(code): advances[glyph][0] / em for code, glyph in face.getBestCmap().items()})
