"""The PDF: one page, tagged, and exactly the words that were typed, in their order."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from clicnjob.cv.document import pdf
from clicnjob.cv.document.page_content import Entry, Section
from clicnjob.cv.document.templates import all_templates, template_by_key
from tests import cv_words
from tests.cv_fixtures import FIXTURES, least, usual
from tests.cv_pages import rendered
from tests.for_each import for_each

MODELS = [t.key for t in all_templates()]
EVERY = for_each(("model", "fixture"), [(m, f) for m in MODELS for f in FIXTURES])


def reader(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def headings(made: bytes) -> list[str]:
    """The kinds of the heading tags of a PDF, in the order of its structure."""

    def walk(node: Any) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if not isinstance(node, dict):
            return []
        kids = node.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        own = [str(node["/S"])] if str(node.get("/S", "")).startswith("/H") else []
        return own + [tag for kid in kids for tag in walk(kid)]

    return walk(reader(made).trailer["/Root"]["/StructTreeRoot"])


@EVERY
def test_each_model_holds_each_person_on_one_page(model: str, fixture: str) -> None:
    page = rendered(model, fixture)
    assert (page.pages, len(reader(page.pdf).pages), page.dropped) == (1, 1, ())
    assert 0 <= page.fill <= 1 and page.fit.size in template_by_key(model).sizes


@EVERY
def test_the_words_of_the_pdf_are_those_typed_in_the_same_order(model: str, fixture: str) -> None:
    document = FIXTURES[fixture](model)
    expected, found = cv_words.typed(document), cv_words.of_pdf(rendered(model, fixture).pdf)
    # The reader used here says a letter twice when an accent has no composed form: not that word.
    expected, found = ([w for w in words if "\u0302" not in w] for words in (expected, found))
    assert cv_words.right_to_left(found) == cv_words.right_to_left(expected)
    pair = cv_words.left_to_right(expected), cv_words.left_to_right(found)
    assert cv_words.first_difference(*pair) is None


@for_each("model", MODELS)
def test_the_pdf_is_tagged_titled_and_in_french(model: str) -> None:
    root = reader(rendered(model, "usual").pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "fr-FR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


@for_each("model", MODELS)
def test_the_pdf_declares_pdf_ua_and_pdf_a(model: str) -> None:
    metadata = reader(rendered(model, "usual").pdf).trailer["/Root"]["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in metadata and "pdfaid:part" in metadata and "Lina Morel" in metadata


@for_each("model", MODELS)
def test_headings_go_down_one_level_at_a_time(model: str) -> None:
    levels = [int(tag[2:]) for tag in headings(rendered(model, "usual").pdf)]
    assert levels[0] == 1 and {2, 3} <= set(levels)
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


@for_each("model", MODELS)
def test_a_page_without_a_name_is_still_accessible(model: str) -> None:
    assert headings(pdf.pdf_page(replace(usual(model), name="")).pdf)[0] == "/H1"


def test_answers_travel_inside_the_pdf_and_come_back_unchanged() -> None:
    answers = json.dumps({"prénom": "محمد", "balise": "<b>&{{ }}"}, ensure_ascii=False).encode()
    made = pdf.pdf_page(usual(), attachments={"clicnjob-cv.json": answers}).pdf
    assert reader(made).attachments == {"clicnjob-cv.json": [answers]}


@for_each("model", MODELS)
def test_a_page_too_long_says_by_how_much(model: str) -> None:
    entry = Entry("Métier", "Lieu", "2024", tuple(f"Ligne {i}" for i in range(25)))
    long = Section("experiences", "Expériences", "entries", entries=(entry,) * 5)
    page = pdf.pdf_page(replace(usual(model), sections=(long,)))
    assert page.pages > 1 and page.fill > 1 and page.fit.size == template_by_key(model).sizes[-1]


def test_the_size_shrinks_before_a_line_is_lost() -> None:
    assert rendered("sobre", "full").fit.size < rendered("sobre", "least").fit.size == 12


def test_characters_that_no_font_has_are_told_and_the_rest_stays() -> None:
    page = pdf.pdf_page(replace(least(), name="Yanis 🚀 王 Benali"))
    assert page.dropped == ("🚀", "王")
    assert cv_words.of_pdf(page.pdf)[:2] == ["Yanis", "Benali"]


@for_each("model", MODELS)
def test_a_photo_is_shown_with_its_description(model: str) -> None:
    page = rendered(model, "usual+photo")
    assert page.pages == 1 and len(reader(page.pdf).pages[0].images) == 1


@pytest.mark.long
@for_each("model", MODELS)
def test_a_very_long_word_stays_inside_the_page(model: str) -> None:
    word = "Wagonnette" * 16
    entry = Entry(word, word, word, (word,))
    sections = (
        Section("skills", word, "tags", lines=(word,)),
        Section("experiences", word, "entries", entries=(entry,)),
    )
    document = replace(least(model), name=word, contact=(word,), job_wanted=word, sections=sections)
    picture = Image.open(BytesIO(pdf.page_image(document, ppi=40))).convert("L")
    margin = picture.crop((picture.width - 14, picture.height // 10, picture.width, picture.height))
    rows = (margin.crop((0, y, margin.width, y + 1)).getextrema() for y in range(margin.height))
    assert all(lightest - darkest < 25 for darkest, lightest in rows)
    assert pdf.pdf_page(document).pages == 1


def test_two_thousand_characters_in_one_field_do_not_break_the_page() -> None:
    assert pdf.pdf_page(replace(least(), availability="mot " * 500)).pages == 1


def test_the_picture_shows_the_whole_page() -> None:
    picture = Image.open(BytesIO(pdf.page_image(usual(), ppi=50)))
    assert picture.format == "PNG" and picture.size == (413, 585)


def test_pages_made_at_the_same_time_do_not_mix() -> None:
    people = [replace(least(MODELS[i % len(MODELS)]), name=f"Personne{i}") for i in range(24)]
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda d: cv_words.of_pdf(pdf.pdf_page(d).pdf)[0], people))
    assert made == [d.name for d in people]
