"""What machines that read CVs find in the PDF: three of them give every word, in order, each date beside its job."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text
from pypdf import PdfReader

from clicnjob.cv.document import pdf
from clicnjob.cv.document.gauge import fit_page
from clicnjob.cv.document.templates import all_templates
from tests import cv_words
from tests.cv_fixtures import usual
from tests.cv_pages import fixture_document, rendered
from tests.for_each import for_each

MODELS = [t.key for t in all_templates()]
CASES = [(m, f) for m in MODELS for f in ("usual+photo", "full")]
NAMES = ("محمد عبد الله", "ნინო ბერიძე", "தமிழ்ச்செல்வி", "Nguyễn Thị HỘ", "Анна КОВАЛЬЧУК", "ሰላማዊት ተስፋዬ")
SENTENCE = "Côté cuisine ou à l’hôtel, je suis tôt prête."


def read_by_pypdf(made: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def read_by_pdfminer(made: bytes) -> str:
    return extract_text(BytesIO(made))


def read_by_pdftotext(made: bytes) -> str:
    if not (command := shutil.which("pdftotext")):
        pytest.skip("pdftotext (poppler-utils) is not installed here")
    return subprocess.run([command, "-", "-"], input=made, capture_output=True, check=True).stdout.decode()


READERS = pytest.mark.parametrize("read", [read_by_pypdf, read_by_pdfminer, read_by_pdftotext])


def words_of(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).split()


@pytest.mark.long
@READERS
@for_each(("model", "fixture"), CASES)
def test_every_word_is_found_in_its_order(model: str, fixture: str, read: Callable[[bytes], str]) -> None:
    document = fixture_document(model, fixture)
    found = words_of(read(rendered(model, fixture).pdf))
    assert cv_words.first_difference(cv_words.typed(document), found) is None


@READERS
def test_a_name_in_another_script_changes_no_letter_of_another_word(read: Callable[[bytes], str]) -> None:
    for at, name in enumerate(NAMES):
        document = replace(usual(MODELS[at % len(MODELS)]), name=name, opening=(SENTENCE,))
        assert SENTENCE in " ".join(words_of(read(pdf.pdf_page(document).pdf))), name


def test_a_name_whose_letters_rise_and_hang_has_a_higher_line() -> None:
    plain, tall = (fit_page(replace(usual(), name=name)) for name in ("Ada DIOP", "Thị HỘ"))
    assert tall.name_tall and not plain.name_tall


@for_each("model", MODELS)
def test_a_name_in_another_script_keeps_the_page_whole(model: str) -> None:
    page = pdf.pdf_page(replace(usual(model), name=NAMES[MODELS.index(model) % len(NAMES)]))
    assert page.pages == 1 and page.fill <= 1
