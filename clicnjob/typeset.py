"""Renders sheets of cv_templates/ with their data to PDF or PNG; the only module that calls typst.

What people typed is passed as JSON in an in-memory file (`/data.json`), never inside a source, where it would be
executed; in `sys.inputs` it would invalidate typst's layout cache. Each rendering has a compiler of its own, over files
of the same names: a shared one fails across threads, and unnamed sources exhaust the compiler's file table. Nothing
personal is written to disk.
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
# PDF/A-3a allows any attached file; A-2a only those that are themselves PDF/A.
STANDARDS: tuple[Literal["a-3a"], Literal["ua-1"]] = ("a-3a", "ua-1")
_UNSEEN = frozenset("\u200c\u200d\ufe0e\ufe0f")  # joiners and variation selectors have no glyph


def font_folder(font: str) -> str:
    """Return the folder name of a font under `FONTS`: « Source Sans 3 » is in source-sans-3."""
    return font.lower().replace(" ", "-")


@dataclass(frozen=True)
class LabelSpot:
    """The position of a label in the laid-out document: its page (from 1) and its distance from the top in points."""

    page: int
    y: float


class Sheet:
    """A sheet with its data, laid out once, then measured and rendered from the same layout."""

    def __init__(
        self,
        path: str,
        data: Mapping[str, Any],
        *,
        attachments: Mapping[str, bytes] | None = None,
        photo: bytes | None = None,
    ) -> None:
        """Take the `path` of a sheet under cv_templates/ (« sobre/cv.typ »), `attachments` as UTF-8 texts by file name,
        and a JPEG `photo`, which the sheet reads from `/photo.txt` as base64."""
        attached = {name: content.decode() for name, content in (attachments or {}).items()}
        self._files = {
            "main.typ": f'#include "/{path}"'.encode(),
            "data.json": _drawable_json(data).encode(),
            "attachments.json": json.dumps(attached).encode(),
        }
        if photo is not None:
            self._files["photo.txt"] = b64encode(photo)

    def as_pdf(self) -> bytes:
        """Render a tagged PDF (PDF/UA-1 and PDF/A-3a). Raises typst.TypstError when the sheet violates either."""
        made = self._new_compiler().compile(self._files, format="pdf", pdf_standards=[*STANDARDS])  # type: ignore[type-var]
        assert isinstance(made, bytes)
        return made

    def as_pictures(self, *, ppi: float) -> tuple[bytes, ...]:
        """Render the pages as PNG, in order, at `ppi` pixels per inch."""
        made = self._new_compiler().compile(self._files, format="png", ppi=ppi)  # type: ignore[type-var]
        return tuple(made) if isinstance(made, list) else (made or b"",)

    def label_spots(self, label: str) -> tuple[LabelSpot, ...]:
        """Return the positions of the elements labelled `label`, which must never be text typed by a person."""
        found = json.loads(self._new_compiler().eval(f"query(<{label}>).map(e => e.location().position())"))
        return tuple(LabelSpot(p["page"], float(p["y"].removesuffix("pt"))) for p in found)

    def _new_compiler(self) -> typst.Compiler:
        """Create a compiler: one that has compiled no longer finds in-memory files. typst's layout cache is global."""
        return typst.Compiler(self._files, root=str(TEMPLATES), font_paths=_bundled_fonts(), ignore_system_fonts=True)  # type: ignore[type-var]


def sheet_pdf(
    path: str,
    data: Mapping[str, Any],
    *,
    attachments: Mapping[str, bytes] | None = None,
    photo: bytes | None = None,
) -> bytes:
    """Render the sheet at `path` as a tagged PDF."""
    return Sheet(path, data, attachments=attachments, photo=photo).as_pdf()


def _drawable_json(data: Mapping[str, Any]) -> str:
    """Return the data as JSON without the characters that no font can draw: PDF/UA refuses the whole file for one.

    Otherwise one guest who calls themselves by a picture keeps a whole group without its attendance sheet.
    """
    written = json.dumps(data, ensure_ascii=False)
    return written.translate(dict.fromkeys(map(ord, uncovered_characters(written))))


def drawable_texts(value: Any) -> Any:
    """Return a text, or the texts in a dict or a sequence: composed (NFC), stripped, without what no bundled font draws.

    It also leaves out the invisible joiners of an emoji, which `Sheet` keeps. A Word file is made without `Sheet`.
    """
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value)
        absent = {*uncovered_characters(composed), *_UNSEEN}
        return "".join(character for character in composed if character not in absent).strip()
    if isinstance(value, dict):
        return {name: drawable_texts(each) for name, each in value.items()}
    return [drawable_texts(each) for each in value] if isinstance(value, list | tuple) else value


def uncovered_characters(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that no bundled font can draw, each once, in order of appearance."""
    if text.isascii():
        return ()
    known = covered_code_points()
    absent = (c for c in dict.fromkeys(text) if ord(c) not in known and c not in _UNSEEN and not c.isspace())
    return tuple(c for c in absent if unicodedata.category(c) not in ("Cc", "Cf"))


@lru_cache(maxsize=1)
def covered_code_points() -> frozenset[int]:
    """Return the code points that at least one bundled font can draw."""
    fonts = (TTFont(path, lazy=True) for path in font_files())
    return frozenset(code for font in fonts for code in font.getBestCmap())


def font_files() -> tuple[Path, ...]:
    """Return the bundled font files, in a stable order."""
    return tuple(sorted(FONTS.glob("*/*.ttf")))


@lru_cache(maxsize=1)
def _bundled_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
