"""PDF, Word file and preview say the same words in the same order, for every model and whatever was typed."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import pytest

from clicnjob.cv.document import compose, pdf
from clicnjob.cv.document.docx import docx_file
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.document.preview import preview_html
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.document.templates import all_templates
from clicnjob.cv.exchange import reopening
from clicnjob.cv.model.profile import Cv
from clicnjob.paths import ROOT
from tests import cv_words
from tests.cv.document.test_preview import Reading
from tests.cv_fixtures import FIXTURES, usual
from tests.cv_pages import fixture_document, rendered
from tests.for_each import for_each

MODELS = [t.key for t in all_templates()]
CASES = ROOT.parent / "shared" / "cases"
FILES = ("P4-deux-pages.json", "P5-cv-simple.json", "P7-nom-arabe.json", "T1-ville-parenthese.json")
NAMES = {
    "arabe": "محمد بن علي",
    "géorgien": "ნინო ბერიძე",
    "tamoul": "தமிழ் செல்வி",
    "hébreu": "נועה כהן",
    "arménien": "Արամ Պետրոսյան",
    "vietnamien": "Đặng Thị Ngọc ÁNH",
}

_SHAPED = re.compile("[\u0530-\u1dff]")  # scripts that are neither Latin, Greek nor Cyrillic


def assert_same_words(document: Document, printed: bytes) -> None:
    shown, _ = printable_document(document)
    expected = cv_words.typed(shown)
    assert cv_words.of_docx(docx_file(document)) == expected
    assert Reading(preview_html(document)).words == expected
    # pypdf says a letter twice when an accent has no composed form, turns right-to-left words round, and repeats shaped
    # letters: of those words, the letters are compared, and all others in their order.
    pair = [[w for w in words if "\u0302" not in w] for words in (expected, cv_words.of_pdf(printed))]
    letters = [{c for word in words for c in _SHAPED.findall(word)} for words in pair]
    assert letters[0] == letters[1]
    assert cv_words.first_difference(*([w for w in words if not _SHAPED.search(w)] for words in pair)) is None


@pytest.mark.slow
@for_each(("model", "fixture"), [(m, f) for m in MODELS for f in (*FIXTURES, "usual+photo")])
def test_every_output_says_the_same_words_in_the_same_order(model: str, fixture: str) -> None:
    assert_same_words(fixture_document(model, fixture), rendered(model, fixture).pdf)


@pytest.mark.long
@pytest.mark.slow
@for_each(("model", "script"), [(m, s) for m in MODELS for s in NAMES])
def test_a_name_in_another_script_stands_apart_from_the_job(model: str, script: str) -> None:
    document = replace(usual(model), name=NAMES[script])
    page = pdf.pdf_page(document)
    assert page.dropped == () and page.pages == 1
    assert_same_words(document, page.pdf)


def test_unusual_spaces_become_no_break_spaces_in_every_output() -> None:
    document = replace(usual(), opening=("Prix\u202f: 12\u2009000 € à 9\u2007h", "Je\u2003 range"))
    shown, dropped = printable_document(document)
    assert (shown.opening, dropped) == (("Prix\u00a0: 12\u00a0000 € à 9\u00a0h", "Je\u00a0 range"), ())
    assert_same_words(document, pdf.pdf_page(document).pdf)


@for_each(("name", "left"), [("🦄🦄", "🦄"), ("Zoé 🦄", "🦄"), ("王小明", "王小明")])
def test_signs_that_no_font_draws_are_told_and_left_out_everywhere(name: str, left: str) -> None:
    document = replace(usual(), name=name)
    page = pdf.pdf_page(document)
    assert page.dropped == tuple(left)
    assert_same_words(document, page.pdf)


@lru_cache(maxsize=8)
def _case(file: str) -> tuple[Document, bytes]:
    work = reopening.reopen_file((CASES / file).read_bytes(), file)
    document = compose.compose_document(work.profile, (work.cvs or [Cv()])[0])
    return document, pdf.pdf_page(document).pdf


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
@for_each("file", FILES)
def test_files_that_once_broke_a_page_say_the_same_everywhere(file: str) -> None:
    assert_same_words(*_case(file))
