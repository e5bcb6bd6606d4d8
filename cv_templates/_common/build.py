"""`make templates`: for each model, its Word file, the numbers of its gauge, the picture shown in the list and its
fonts for browsers."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from build_docx import build, save  # noqa: E402
from build_letter import LETTER, build_letter  # noqa: E402
from calibrate import calibrate  # noqa: E402
from fontTools import subset  # noqa: E402

from clicnjob import typeset  # noqa: E402
from clicnjob.cv.document import pdf  # noqa: E402
from clicnjob.cv.document.templates import all_templates  # noqa: E402
from clicnjob.web import models_sheet  # noqa: E402
from tests.cv_fixtures import usual  # noqa: E402

_LATIN = [
    *range(0x20, 0x250),
    *range(0x300, 0x370),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),
    0x20AC,
    0x2122,
    0x2212,
]
_PPI = 46  # a picture about 380 pixels wide


def web_font(file: Path) -> None:
    """The Latin letters of a font, packed for browsers: a tenth of what the PDF has."""
    options = subset.Options(
        flavor="woff2",
        hinting=False,
        notdef_outline=True,
        layout_features=["ccmp", "kern", "liga", "locl", "mark", "mkmk"],
    )
    with subset.load_font(str(file), options) as font:
        packing = subset.Subsetter(options)
        packing.populate(unicodes=_LATIN)
        packing.subset(font)
        font["head"].modified = font["head"].created  # the same file each time
        subset.save_font(font, str(file.with_suffix(".woff2")), options)


def main() -> None:
    """Makes again all that can be made from the models themselves."""
    for font in models_sheet.extra_fonts():
        for file in sorted((typeset.FONTS / typeset.font_folder(font)).glob("*.ttf")):
            web_font(file)
    for model in all_templates():
        save(build(model), model.folder / "cv.docx")
        calibrate(model)
    save(build_letter(), LETTER)
    all_templates.cache_clear()
    for model in all_templates():
        (model.folder / "preview.png").write_bytes(pdf.page_image(usual(model.key), ppi=_PPI))
        print(f"cv_templates/{model.key} : cv.docx, jauge, preview.png")  # noqa: T201


if __name__ == "__main__":
    main()
