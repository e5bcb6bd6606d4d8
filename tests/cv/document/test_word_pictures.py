"""The Word file beside the PDF, through LibreOffice: one page, its own fonts, the same length."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from clicnjob.cv.document.docx import docx_file
from clicnjob.cv.document.templates import all_templates, template_by_key
from tests.cv_pages import fixture_document, rendered
from tests.for_each import for_each

OFFICE = shutil.which("soffice")
MODELS = [t.key for t in all_templates()]
FIXTURES = ("least", "usual", "usual+photo", "full")
EVERY = for_each(("model", "fixture"), [(m, f) for m in MODELS for f in FIXTURES])
APART = 0.05  # of the height of the page, between the last lines of Word and of the PDF; measured 0.04
_PAGE = 842.0  # points
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every Word file as LibreOffice prints it, in one start of the program."""
    folder = tmp_path_factory.mktemp("word")
    for model in MODELS:
        for fixture in FIXTURES:
            (folder / f"{model}-{fixture}.docx").write_bytes(docx_file(fixture_document(model, fixture)))
    command = [str(OFFICE), "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    files = sorted(map(str, folder.glob("*.docx")))
    subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=300)
    return folder


@EVERY
def test_a_page_of_the_pdf_is_a_page_of_word(pages: Path, model: str, fixture: str) -> None:
    assert len(PdfReader(pages / f"{model}-{fixture}.pdf").pages) == rendered(model, fixture).pages == 1


@EVERY
def test_word_shows_the_fonts_of_the_model(pages: Path, model: str, fixture: str) -> None:
    printed = (pages / f"{model}-{fixture}.pdf").read_bytes()
    fonts = {re.sub(r"[^a-z0-9]", "", name.lower()) for name in _font_names(printed)}
    wanted = (template_by_key(model).font, template_by_key(model).title_font)
    assert all(any(re.sub(r"[^a-z0-9]", "", name.lower()) in font for font in fonts) for name in wanted)


@EVERY
def test_the_last_line_of_word_ends_where_that_of_the_pdf_ends(pages: Path, model: str, fixture: str) -> None:
    word = _last_line((pages / f"{model}-{fixture}.pdf").read_bytes())
    page = _last_line(rendered(model, fixture).pdf)
    assert abs(word - page) / _PAGE <= APART


def _font_names(printed: bytes) -> set[str]:
    page = PdfReader(BytesIO(printed)).pages[0]
    fonts = page["/Resources"]["/Font"].values()  # type: ignore[index]
    return {str(font.get_object()["/BaseFont"]) for font in fonts}


def _last_line(pdf: bytes) -> float:
    """Return how far from the foot of the sheet the last line of text stands, in points."""
    lows: list[float] = []

    def note(text: str, cm: list[float], at: list[float], _font: object, _size: float) -> None:
        if text.strip():
            lows.append(cm[3] * at[5] + cm[5])

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    return min(low if low >= 0 else low + _PAGE for low in lows)
