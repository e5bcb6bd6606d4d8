"""The style sheet of the CV models and their fonts, so that the preview looks like the PDF.

Browsers fetch a font only when a page that uses it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from clicnjob import typeset
from clicnjob.cv.document import preview
from clicnjob.cv.document.templates import all_templates
from clicnjob.paths import STATIC

NAME = "modeles.css"
FONTS = "polices/"
_WEIGHTS = {"Regular": 400, "Bold": 700}


def models_style_sheet() -> str:
    """Return the CSS of every model, with the `@font-face` rules of its fonts."""
    return "\n".join([*_font_faces(), preview.all_style_sheets(), *_swatch_rules()])


def _swatch_rules() -> Iterator[str]:
    """Yield the value of each colour, where its button reads it (pages.css)."""
    for colour in all_templates()[0].colours:
        yield f".st-key-colour-{colour.key}{{--swatch:{colour.hex}}}"


def extra_fonts() -> tuple[str, ...]:
    """Return the font families that the models name and clicnjob.css does not already declare."""
    named = dict.fromkeys(name for model in all_templates() for name in (model.font, model.title_font))
    ours = (STATIC / "clicnjob.css").read_text(encoding="utf-8")
    return tuple(name for name in named if f'@font-face {{ font-family: "{name}"' not in ours)


def _font_faces() -> Iterator[str]:
    for font in extra_fonts():
        for file in sorted((typeset.FONTS / typeset.font_folder(font)).glob("*.woff2")):
            weight = _WEIGHTS[file.stem.rpartition("-")[2]]
            yield (
                f'@font-face{{font-family:"{font}";font-weight:{weight};font-display:swap;'
                f'src:url("{FONTS}{file.parent.name}/{file.name}") format("woff2")}}'
            )
