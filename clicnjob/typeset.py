"""The only door to typst: a sheet under cv_templates/ and plain data go in, a PDF or a picture comes out.

Words typed by people travel as JSON in files that exist in memory only (`/data.json`) and are never part of a source:
pasted there, they would run. In `sys.inputs` they would make typst forget every layout that it remembers. Each rendering
has its own compiler over files of the same names: a shared one fails across threads, and nameless sources exhaust the
compiler's table of files. Nothing personal is written to disk.
"""

from __future__ import annotations

import json
import unicodedata
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst
from fontTools.ttLib import TTFont

from clicnjob.paths import TEMPLATES

FONTS = TEMPLATES / "_common" / "fonts"
FALLBACK_FONTS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
    "Noto Sans Tamil",
    "Noto Sans Ethiopic",
)
# A-3a is the archive profile that allows an attached file; A-2a refuses any that is not itself a PDF/A.
STANDARDS: tuple[Literal["a-3a"], Literal["ua-1"]] = ("a-3a", "ua-1")
_UNSEEN = frozenset("\u200c\u200d\ufe0e\ufe0f")  # joiners and selectors have no drawing of their own


def folder(font: str) -> str:
    """The folder of a font under `FONTS`: « Source Sans 3 » lies in source-sans-3."""
    return font.lower().replace(" ", "-")


@dataclass(frozen=True)
class Spot:
    """Where a label stands in the laid-out document: its page (from 1) and its height in points from the
    top."""

    page: int
    y: float


class Sheet:
    """One sheet with its data: laid out once, then measured and rendered from the same layout."""

    def __init__(
        self,
        path: str,
        data: Mapping[str, Any],
        *,
        attachments: Mapping[str, bytes] | None = None,
        photo: bytes | None = None,
    ) -> None:
        """`path` is a sheet under cv_templates/ (« sobre/cv.typ »), `attachments` UTF-8 texts by file name,
        `photo` a JPEG that the sheet reads in `/photo.txt` as base64."""
        attached = {name: content.decode() for name, content in (attachments or {}).items()}
        self._files = {
            "main.typ": f'#include "/{path}"'.encode(),
            "data.json": json.dumps(data, ensure_ascii=False).encode(),
            "attachments.json": json.dumps(attached).encode(),
        }
        if photo is not None:
            self._files["photo.txt"] = b64encode(photo)

    def pdf(self) -> bytes:
        """A tagged PDF: PDF/UA-1 and PDF/A-3a. Raises typst.TypstError when the sheet breaks either."""
        made = self._compiler().compile(self._files, format="pdf", pdf_standards=[*STANDARDS])  # type: ignore[type-var]
        assert isinstance(made, bytes)
        return made

    def png(self, *, ppi: float) -> tuple[bytes, ...]:
        """The pages as PNG pictures, in order, at `ppi` dots an inch."""
        made = self._compiler().compile(self._files, format="png", ppi=ppi)  # type: ignore[type-var]
        return tuple(made) if isinstance(made, list) else (made or b"",)

    def spots(self, label: str) -> tuple[Spot, ...]:
        """Where the elements labelled `label` stand. `label` is ours, never somebody's words."""
        found = json.loads(self._compiler().eval(f"query(<{label}>).map(e => e.location().position())"))
        return tuple(Spot(p["page"], float(p["y"].removesuffix("pt"))) for p in found)

    def _compiler(self) -> typst.Compiler:
        """A new one each time: once it has compiled, a compiler no longer finds files in memory. What was laid out is kept."""
        return typst.Compiler(self._files, root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True)  # type: ignore[type-var]


def pdf(
    path: str,
    data: Mapping[str, Any],
    *,
    attachments: Mapping[str, bytes] | None = None,
    photo: bytes | None = None,
) -> bytes:
    """The sheet at `path` as a tagged PDF, in one go."""
    return Sheet(path, data, attachments=attachments, photo=photo).pdf()


def uncovered(text: str) -> tuple[str, ...]:
    """The characters of `text` that no bundled font can draw, each once, in order of appearance."""
    if text.isascii():
        return ()
    known = covered()
    absent = (c for c in dict.fromkeys(text) if ord(c) not in known and c not in _UNSEEN and not c.isspace())
    return tuple(c for c in absent if unicodedata.category(c) not in ("Cc", "Cf"))


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """The code points that at least one bundled font can draw."""
    fonts = (TTFont(path, lazy=True) for path in font_files())
    return frozenset(code for font in fonts for code in font.getBestCmap())


def font_files() -> tuple[Path, ...]:
    """The bundled font files, in a stable order."""
    return tuple(sorted(FONTS.glob("*/*.ttf")))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
