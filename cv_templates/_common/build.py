"""`make templates`: for each model, its Word file, the numbers of its gauge and the picture shown in the
list."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from build_docx import build  # noqa: E402
from calibrate import calibrate  # noqa: E402

from clicnjob.cv import pdf  # noqa: E402
from clicnjob.cv.templates import templates  # noqa: E402
from tests.cv_fixtures import usual  # noqa: E402

_PPI = 46  # a picture about 380 pixels wide


def main() -> None:
    """Makes again all that can be made from the models themselves."""
    for model in templates():
        build(model).save(str(model.folder / "cv.docx"))
        calibrate(model)
    templates.cache_clear()
    for model in templates():
        (model.folder / "preview.png").write_bytes(pdf.image(usual(model.key), ppi=_PPI))
        print(f"cv_templates/{model.key} : cv.docx, jauge, preview.png")  # noqa: T201


if __name__ == "__main__":
    main()
