"""Finds the `[jauge]` of each model from pages that typst lays out: for each kind of block, its height in em without air
and the height that the air multiplies."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from clicnjob.cv.document import gauge, pdf  # noqa: E402
from clicnjob.cv.document.font_widths import LineCounter  # noqa: E402
from clicnjob.cv.document.page_content import Document, Section  # noqa: E402
from clicnjob.cv.document.printable import printable_document  # noqa: E402
from clicnjob.cv.document.templates import BODY_KINDS, HEAD_KINDS, Template  # noqa: E402
from tests.cv_fixtures import FIXTURES, photo  # noqa: E402

KINDS = (*HEAD_KINDS, *BODY_KINDS)
SIZES = (0, -1)  # the largest and the smallest of the model
AIRS = (0.75, 1.3, 1.9)
_STRAY = 0.6  # em; a page further off has a line broken elsewhere than counted, which says nothing of heights


def pages(model: Template) -> Iterator[Document]:
    """Yield pages of every length: with fewer and fewer sections and lines, and a head of every kind."""
    for base in (FIXTURES["usual"](model.key), FIXTURES["full"](model.key)):
        yield from (replace(base, sections=base.sections[:n]) for n in range(len(base.sections)))
        yield from (replace(base, sections=base.sections[n:]) for n in range(1, len(base.sections)))
        short = tuple(section for section in base.sections if section.key in ("skills", "studies"))
        small = replace(base, sections=short)
        yield from (replace(small, name=name) for name in ("", "Ada", "Ada DIOP", "Marie Anne DE LA ROCHE", "Jo " * 30))
        yield from (replace(small, opening=base.opening[:n]) for n in range(3))
        yield replace(small, opening=(" ".join(base.opening * 2),))
        yield replace(small, availability="")
        yield replace(small, job_wanted="", availability="")
        yield replace(small, contact=())
        yield replace(small, contact=base.contact * 2)
        yield replace(base, sections=tuple(_shortened(section, 1) for section in base.sections))
        yield replace(base, sections=tuple(_shortened(section, 0) for section in base.sections))
        yield replace(small, sections=tuple(_lengthened(section) for section in base.sections[:4]))
        yield replace(small, sections=(base.sections[0], *base.sections[3:], *base.sections[1:3]))


def _shortened(section: Section, lines: int) -> Section:
    return replace(
        section,
        lines=section.lines[: max(lines, 1)],
        entries=tuple(replace(e, lines=e.lines[:lines]) for e in section.entries[: lines + 1]),
    )


def _lengthened(section: Section) -> Section:
    entries = tuple(
        replace(e, heading=e.heading * 3, lines=tuple(line * 3 for line in e.lines[:2])) for e in section.entries[:2]
    )
    return replace(section, lines=tuple(f"{line}, avec soin " * 2 for line in section.lines), entries=entries)


def calibrated(model: Template) -> dict[str, tuple[float, float]]:
    """The heights of every kind of block, by least squares over the pages without a photo."""
    rows, ends, lines = [], [], LineCounter(model.font, model.title_font)
    for document, at, air, with_rows in itertools.product(pages(model), SIZES, AIRS, (False, True)):
        shown, _ = printable_document(document)
        page = gauge.EstimatedPage(shown, model, model.sizes[at], lines, rows=with_rows)
        end = _measured_end(shown, model, page.fit_with(air))
        if end is not None:
            counts = [page.counts[kind] for kind in KINDS]
            rows.append([*counts, *(count * air for count in counts)])
            ends.append(end)
    found = _fitted(np.array(rows), np.array(ends))
    return {kind: (float(found[i]), float(found[i + len(KINDS)])) for i, kind in enumerate(KINDS)}


def _fitted(rows: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Least squares, then again without the pages that stray."""
    calm = np.eye(rows.shape[1]) * 1e-3  # kinds that never come apart share their height
    for _ in range(3):
        found = np.linalg.solve(rows.T @ rows + calm, rows.T @ ends)
        off = np.abs(rows @ found - ends)
        rows, ends = rows[off < max(_STRAY, np.quantile(off, 0.8))], ends[off < max(_STRAY, np.quantile(off, 0.8))]
    print(f"{len(ends)} pages, off by {np.sqrt(np.mean((rows @ found - ends) ** 2)):.2f} em")  # noqa: T201
    return found


def _measured_end(document: Document, model: Template, fit: gauge.PageFit) -> float | None:
    """The height of the words in em, or None for a page that overflows."""
    fill, count = pdf.page_fill(pdf.laid_out(document, fit), model)
    top, _, bottom, _ = model.margins
    return fill * (297 - top - bottom) * gauge.PT_PER_MM / fit.size if count == 1 else None


def photo_heights(model: Template, heights: dict[str, tuple[float, float]]) -> tuple[float, float]:
    """What the photo adds to its own height where it is taller than the words of the head: as it is, and by the air."""
    lines, found = LineCounter(model.font, model.title_font), []
    known = replace(model, gauge={**heights, "photo": (0.0, 0.0)})
    for air in AIRS:
        document, _ = printable_document(
            replace(
                FIXTURES["usual"](model.key),
                photo=photo(),
                name="Ada",
                job_wanted="",
                availability="",
                contact=(),
                sections=(),
            )
        )
        page = gauge.EstimatedPage(document, known, model.sizes[0], lines, rows=False)
        end = _measured_end(document, model, page.fit_with(air))
        assert end is not None
        body = sum(page.counts[kind] * (heights[kind][0] + heights[kind][1] * air) for kind in BODY_KINDS)
        head = (
            0 if model.photo_beside else sum(page.counts[k] * (heights[k][0] + heights[k][1] * air) for k in HEAD_KINDS)
        )
        found.append(end - body - head - model.photo_em)
    slope, constant = np.polyfit(AIRS, found, 1)
    return float(constant), float(slope)


def calibrate(model: Template) -> None:
    """Writes what was found into the model's own file."""
    path = model.folder / "model.toml"
    heights = calibrated(model)
    heights["photo"] = (0.0, 0.0) if model.photo_place == "volet" else photo_heights(model, heights)
    values = "".join(f"{kind} = [{fixed:.3f}, {by_air:.3f}]\n" for kind, (fixed, by_air) in heights.items())
    text = re.sub(r"\[jauge\]\n(?:\w+ = .*\n)*", f"[jauge]\n{values}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
