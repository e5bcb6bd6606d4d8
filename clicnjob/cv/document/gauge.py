"""Chooses how the page breathes (`PageFit`) and says how full it is, in a millisecond, without laying it out.

Every output reads the same choice: PDF, picture, Word file and preview. The rule: the largest size of the model that holds
on one page, then as much air between the blocks as makes the page balanced; a page that overflows even at the smallest size
is tightened. Lines are counted from the letter widths of the model's fonts. The height of each kind of block is linear in
the air, and the model's `[jauge]` holds both terms, which `make templates` finds from pages laid out by typst.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from clicnjob.cv.document.font_widths import LineCounter, cap_height
from clicnjob.cv.document.page_content import Document, Entry, Section
from clicnjob.cv.document.templates import HEAD_KINDS, Template, template_by_key

PT_PER_MM = 72 / 25.4
FULL = 0.97  # a size that fills more than this with air 1 is too large
BALANCED = 0.955  # the air grows until the page is this full
TIGHT, LOOSE = 0.75, 1.9  # bounds of the air; beyond, a calm white foot beats filler
_STEP = 0.05  # of the air, so that a small edit keeps the layout that typst has cached
_ROOMY = 10.5  # points; a page that cannot have this size lets short lines share a row
_ROW_GAP = 0.4  # em before each text of a row, besides the space
_WIDE_LETTER = 0.64  # em; a row counts so much for a letter when it decides whether a text has a line of its own
_MARKER = 0.9  # em taken by the mark of a list
_SHORT = 40  # letters; longer lines never share a row
_TALL = 1.4  # em; the line of a name in a script that rises and hangs, where ours has the height of its capitals
_LEAST_NAME = 0.5  # of the model's size; a longer name takes more lines


@dataclass(frozen=True, slots=True)
class PageFit:
    """How a page breathes: the size of its type in points, its `air`, and its name.

    `air` multiplies the spaces between blocks (1 is the model's own; 0.75 to 1.9). With `rows`, short lines share a row.
    `name_em` is the size of the name in em, `name_lines` the lines that it stands on; `name_tall`
    says that its script rises and hangs further than capitals. `fill` estimates the share of the
    page that is used; above 1, it overflows.
    """

    size: float
    air: float
    rows: bool
    name_em: float
    name_lines: tuple[str, ...]
    name_tall: bool
    fill: float


def estimate_fill(document: Document) -> float:
    """Return the share of the page used once it has been fitted; above 1, it overflows at the smallest size."""
    return fit_page(document).fill


def fit_page(document: Document, *, correction: float = 1.0) -> PageFit:
    """Choose how the page breathes. `correction` multiplies the estimated height, for a page found longer than that."""
    model = template_by_key(document.model)
    lines = LineCounter(model.font, model.title_font)
    roomy = tuple(size for size in model.sizes if size >= min(_ROOMY, model.sizes[0]))
    for rows, sizes in ((False, roomy), (True, model.sizes)):
        for size in sizes:
            page = EstimatedPage(document, model, size, lines, rows=rows, correction=correction)
            if page.filled_share(1) <= FULL:
                return page.fit_with(page.balanced_air())
    return page.fit_with(max(TIGHT, min(1, page.air_for(FULL))))


def shows_row(section: Section, model: Template, *, rows: bool) -> bool:
    """Tell whether the lines of a section share rows, rather than standing one on each line."""
    if section.layout == "tags" and model.skills_in_rows:
        return True
    return rows and all(len(line) < _SHORT for line in section.lines)


class EstimatedPage:
    """The heights of a page at one size, in em."""

    def __init__(
        self,
        document: Document,
        model: Template,
        size: float,
        lines: LineCounter,
        *,
        rows: bool,
        correction: float = 1.0,
    ) -> None:
        self._document, self._model, self._size, self._lines = document, model, size, lines
        self._rows, self._correction = rows, correction
        top, right, bottom, left = model.page_margins(photo=document.photo is not None)
        self._height = (297 - top - bottom) * PT_PER_MM / size
        self._room = (210 - right - left) * PT_PER_MM / size
        self._head_room = self._room - (model.photo_em + 2 if document.photo and model.photo_beside else 0)
        self.name_em, self.name_lines, self._name_count = self._fitted_name()
        self.counts = self._counted_blocks()
        head = {kind: n for kind, n in self.counts.items() if kind in HEAD_KINDS}
        body = {kind: n for kind, n in self.counts.items() if kind not in HEAD_KINDS}
        self._head, self._body = _height_terms(head, model), _height_terms(body, model)
        self._name_tall = lines.is_tall(document.name)
        if self._name_tall:
            taller = (_TALL - cap_height(model.title_font)) * self.name_em * self._name_count
            self._head = self._head[0] + taller, self._head[1]

    def filled_share(self, air: float) -> float:
        """Return the share of the page used with this air."""
        return max(0.0, self._correction * (self._head_height(air) + _height_at(self._body, air)) / self._height)

    def air_for(self, fill: float) -> float:
        """Return the air with which the page would be filled to this share."""
        low, high = 0.0, 4.0
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if self.filled_share(middle) < fill else (low, middle)
        return low

    def balanced_air(self) -> float:
        """Return the air that balances the page, within bounds and in steps."""
        return min(LOOSE, max(0.9, floor(self.air_for(BALANCED) / _STEP + 1e-6) * _STEP))

    def fit_with(self, air: float) -> PageFit:
        """Return the choice of this size and this air."""
        air = round(air, 3)
        return PageFit(
            self._size, air, self._rows, self.name_em, self.name_lines, self._name_tall, self.filled_share(air)
        )

    def _head_height(self, air: float) -> float:
        words = _height_at(self._head, air)
        if self._document.photo is None or not self._model.photo_em or self._model.photo_place == "volet":
            return words
        photo = self._model.photo_em + _height_at(self._model.gauge["photo"], air)
        return max(words, photo) if self._model.photo_beside else words + photo

    def _fitted_name(self) -> tuple[float, tuple[str, ...], int]:
        name, model = self._document.name, self._model
        shown = _name_lines(name, model.name_lines)
        longest = max((self._lines.text_width(line, title=True, bold=True) for line in shown), default=0.0)
        em = min(model.name_em, self._head_room * 0.98 / longest) if longest else model.name_em
        em = round(max(em, model.name_em * _LEAST_NAME), 2)
        lines = sum(self._lines.count_lines(line, self._head_room / em, title=True, bold=True) for line in shown)
        return em, shown, lines

    def _counted_blocks(self) -> dict[str, float]:
        document, count = self._document, self._lines.count_lines
        counts: dict[str, float] = dict.fromkeys(self._model.gauge, 0.0)
        room, opening = self._head_room, self._room / self._model.opening_em
        counts["tete"] = 1.0
        counts["nom"] = self.name_em * bool(document.name)
        counts["nom_ligne"] = self.name_em * self._name_count
        counts["metier"] = count(document.job_wanted, room / 1.38, bold=True)
        counts["disponibilite"] = count(document.availability, room)
        counts["contact"] = bool(document.contact)
        counts["contact_ligne"] = self._row_lines(document.contact, room)
        counts["accroche"] = bool(document.opening)
        counts["accroche_phrase"] = len(document.opening)
        counts["accroche_ligne"] = sum(count(words, opening) for words in document.opening)
        after = False  # whether the section before held small facts
        for section in document.sections:
            is_fact = not section.entries and section.key != "skills"
            counts["groupe"] += is_fact and not after
            after = is_fact
            for kind, number in self._section_counts(section):
                counts[kind] += number
        return counts

    def _section_counts(self, section: Section) -> Iterator[tuple[str, float]]:
        model, room = self._model, self._room - self._model.inset_em
        yield ("section" if section.entries else "atouts" if section.key == "skills" else "faits"), 1
        for entry in section.entries:
            yield from self._entry_counts(entry, room)
        if not section.lines:
            return
        if shows_row(section, model, rows=self._rows):
            yield "rangee", 1
            yield "rangee_ligne", self._row_lines(section.lines, room)
        else:
            bold = section.key == "skills"
            yield ("atout_phrase" if bold else "liste_phrase"), len(section.lines)
            yield "liste_ligne", sum(self._lines.count_lines(line, room - _MARKER, bold=bold) for line in section.lines)

    def _entry_counts(self, entry: Entry, room: float) -> Iterator[tuple[str, float]]:
        yield "entree", 1
        yield "intitule", self._lines.count_lines(entry.heading, room / 1.1, bold=True)
        where = tuple(text for text in (entry.place, entry.when) if text)
        yield "lieu", self._row_lines(where, room)
        yield "puces", bool(entry.lines)
        yield "puce_phrase", len(entry.lines)
        yield "puce_ligne", sum(self._lines.count_lines(line, room - _MARKER) for line in entry.lines)

    def _row_lines(self, texts: tuple[str, ...], room: float) -> int:
        lines, used, space = 0, room * 2, self._lines.text_width(" ")
        for text in texts:
            if len(text.encode()) * _WIDE_LETTER >= room:
                lines, used = lines + self._lines.count_lines(text, room), room * 2
                continue
            width = self._lines.text_width(text) + _ROW_GAP
            if used + space + width <= room + _ROW_GAP:
                used += space + width
            else:
                lines, used = lines + 1, width
        return lines


def _height_terms(counts: dict[str, float], model: Template) -> tuple[float, float]:
    """Return the height of counted blocks as (fixed part, part that the air multiplies), in em."""
    fixed = sum(number * model.gauge[kind][0] for kind, number in counts.items())
    return fixed, sum(number * model.gauge[kind][1] for kind, number in counts.items())


def _height_at(terms: tuple[float, float], air: float) -> float:
    return terms[0] + terms[1] * air


def _name_lines(name: str, lines: int) -> tuple[str, ...]:
    """Return a name on one line, or the first names above the family name, which is written in capitals."""
    words = name.split()
    first = next((i for i, word in enumerate(words) if len(word) > 1 and word.isupper()), 0)
    if lines < 2 or not first:
        return (name,) if name else ()
    return " ".join(words[:first]), " ".join(words[first:])
