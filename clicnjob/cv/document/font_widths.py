"""Counts the lines that a text takes in a width, from the letter widths of the fonts, as typst breaks them."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from pathlib import Path

from fontTools.ttLib import TTFont

from clicnjob import typeset

_KERNED = 0.995  # letters of a font stand a little closer than their widths say
_USUAL_LATIN = "\u024f"  # the letters after it may have marks above and below at once
_UNKNOWN = 0.55  # em, for a letter that the font lacks


class LineCounter:
    """Widths and line counts in em, in the font of a model's text or of its titles."""

    def __init__(self, font: str, title_font: str) -> None:
        self._faces = {
            (title, bold): _letter_widths(title_font if title else font, bold=bold)
            for title in (False, True)
            for bold in (False, True)
        }
        self._known: dict[tuple[str, bool, bool], float] = {}  # the texts of one page, for every size that is tried

    def text_width(self, text: str, *, title: bool = False, bold: bool = False) -> float:
        """Return the width of a text on one line."""
        key = (text, title, bold)
        known = self._known.get(key)
        if known is None:
            face = self._faces[title, bold]
            known = self._known[key] = sum(map(face.__getitem__, text)) * _KERNED
        return known

    def count_lines(self, text: str, room: float, *, title: bool = False, bold: bool = False) -> int:
        """Return the number of lines of a text in a width of `room` em; a word wider than that is cut anywhere."""
        if not text:
            return 0
        if self.text_width(text, title=title, bold=bold) <= room:
            return 1
        lines, used, space = 1, 0.0, self.text_width(" ", title=title, bold=bold)
        for word in text.split(" "):
            width = self.text_width(word, title=title, bold=bold)
            if used and used + space + width > room:
                lines, used = lines + 1, 0.0
            if width > room:
                lines += ceil(width / room) - 1
                width %= room
            used += width + (space if used else 0)
        return lines

    def is_tall(self, text: str) -> bool:
        """Tell whether a text may rise above the capitals and hang far below the line: Arabic, Tamil, « Thị Hộ »."""
        face = self._faces[True, True]
        return any(letter not in face or letter > _USUAL_LATIN for letter in text if letter.isalpha())


class _Widths(dict[str, float]):
    """Letter widths in em; letters that the font lacks have the width that they have in the fonts that replace it."""

    def __missing__(self, letter: str) -> float:
        return _replacement_widths().get(letter, _UNKNOWN)


@lru_cache(maxsize=32)
def cap_height(font: str) -> float:
    """Return the height of the capitals of a font, in em."""
    with TTFont(_font_file(font, bold=True), lazy=True) as face:
        return float(face["OS/2"].sCapHeight / face["head"].unitsPerEm)


def _font_file(font: str, *, bold: bool) -> Path:
    """Return the file of a font; one for titles may have its bold only."""
    faces = sorted((typeset.FONTS / typeset.font_folder(font)).glob("*.ttf"))
    wanted = "-Bold" if bold else "-Regular"
    return next((face for face in faces if wanted in face.name), faces[0])


@lru_cache(maxsize=32)
def _letter_widths(font: str, *, bold: bool) -> _Widths:
    """Return the advance width of each character of a font, in em."""
    with TTFont(_font_file(font, bold=bold), lazy=True) as face:
        advances, em = face["hmtx"].metrics, face["head"].unitsPerEm
        return _Widths({chr(code): advances[glyph][0] / em for code, glyph in face.getBestCmap().items()})


@lru_cache(maxsize=1)
def _replacement_widths() -> dict[str, float]:
    found: dict[str, float] = {}
    for file in sorted((typeset.FONTS / "noto").glob("*.ttf")):  # the bold of a script, if any, comes first
        with TTFont(file, lazy=True) as face:
            advances, em = face["hmtx"].metrics, face["head"].unitsPerEm
            for code, glyph in face.getBestCmap().items():
                found.setdefault(chr(code), advances[glyph][0] / em)
    return found


def lacking_letters(text: str, *fonts: str) -> frozenset[str]:
    """Return the letters of a text that one of these fonts lacks."""
    known = [_letter_widths(font, bold=True) for font in fonts]
    return frozenset(
        letter for letter in set(text) if not letter.isspace() and any(letter not in font for font in known)
    )
