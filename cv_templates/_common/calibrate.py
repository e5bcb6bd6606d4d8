"""Finds the `[jauge]` of each model from pages that typst lays out."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from clicnjob.cv.document import gauge, pdf  # noqa: E402
from clicnjob.cv.document.page_content import Document  # noqa: E402
from clicnjob.cv.document.printable import printable_document  # noqa: E402
from clicnjob.cv.document.templates import Template  # noqa: E402
from tests.cv_fixtures import FIXTURES  # noqa: E402

NAMES = ("tete", "nom", "ligne", "section", "entree")


def pages(model: Template) -> list[Document]:
    """Pages of every length: the fixtures, then the usual one with fewer and fewer sections and lines."""
    made = [fixture(model.key) for fixture in FIXTURES.values()]
    for base in (FIXTURES["usual"](model.key), FIXTURES["full"](model.key)):
        made += [replace(base, sections=base.sections[:n]) for n in range(1, len(base.sections))]
        made += [replace(base, name=name) for name in ("", "Fatoumata Bah-Coulibaly de Montreuil", "Jean " * 20)]
        made += [
            replace(base, opening=()),
            replace(base, availability="", job_wanted=""),
            replace(base, contact=()),
        ]
        made.append(
            replace(
                base,
                sections=tuple(
                    replace(s, entries=tuple(replace(e, lines=e.lines[:1]) for e in s.entries)) for s in base.sections
                ),
            )
        )
    return made


def calibrated(model: Template) -> tuple[float, ...]:
    """The height in em of a head, a name, a line, a section and an entry, by least squares."""
    size, rows, ends = model.sizes[-1], [], []
    top = model.margins[0] * 72 / 25.4
    for document in pages(model):
        shown, _ = printable_document(document)
        spots = pdf.laid_out(shown, size).spots("end")
        if len({spot.page for spot in spots}) == 1 and spots[0].page == 1:
            rows += gauge.column_counts(shown, model, size)
            ends += [(spot.y - top) / size for spot in spots]
    found, *_ = np.linalg.lstsq(np.array(rows), np.array(ends), rcond=None)
    return tuple(round(float(value), 2) for value in found)


def calibrate(model: Template) -> None:
    """Writes what was found into the model's own file."""
    path = model.folder / "model.toml"
    values = "\n".join(f"{name} = {value}" for name, value in zip(NAMES, calibrated(model), strict=True))
    text = re.sub(r"\[jauge\]\n(?:\w+ = .*\n)+", f"[jauge]\n{values}\n", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
