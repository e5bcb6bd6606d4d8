"""Makes the font of the pictures (static/fonts): the emoji that our texts use, cut out of Twemoji's colour font.

`python -m clicnjob.cli.picture_font twemoji.woff2`, the file of the npm package twemoji-colr-font, 15.0.3.
"""

from __future__ import annotations

import sys
from pathlib import Path

import regex
from fontTools import subset
from fontTools.ttLib import TTFont

from clicnjob.paths import DATA, PACKAGE, PAGES, STATIC

FONT = STATIC / "fonts" / "clicnjob-images.woff2"
_KINDS = {".css", ".html", ".js", ".py", ".yaml"}
# Emoji that are drawn in colour by themselves, and signs that U+FE0F turns into one; ✓ and → are letters of a text font.
_PICTURE = regex.compile(r"[\U0001F000-\U0001FAFF\p{Emoji_Presentation}]|\p{Extended_Pictographic}(?=\uFE0F)")
_JOINERS = "\u200d\ufe0f"  # « person, joined to, briefcase » is one picture; without these the font cannot tell


def used_pictures() -> frozenset[str]:
    """Return the characters of all pictures in our content, pages and program."""
    files = (file for folder in (DATA, PAGES, PACKAGE) for file in folder.rglob("*") if file.suffix in _KINDS)
    return frozenset(sign for file in files for sign in _PICTURE.findall(file.read_text(encoding="utf-8")))


def drawn_pictures() -> frozenset[str]:
    """Return the characters that the shipped font draws, apart from those that only join others."""
    return frozenset(map(chr, TTFont(FONT).getBestCmap())) - frozenset(_JOINERS)


def make_font(source: Path) -> None:
    """Write the font with the pictures that are used and nothing else, under a name of its own."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=False, name_IDs=[0, 13, 14])
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(used_pictures()) + _JOINERS)
    cutter.subset(font)
    for number, words in (
        (1, "ClicNJob Images"),
        (2, "Regular"),
        (4, "ClicNJob Images"),
        (6, "ClicNJobImages-Regular"),
    ):
        font["name"].setName(words, number, 3, 1, 0x409)
    font["name"].setName("Graphics: Twemoji, CC-BY 4.0. Font: Mozilla, OFL 1.1.", 13, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(FONT)


if __name__ == "__main__":
    make_font(Path(sys.argv[1]))
