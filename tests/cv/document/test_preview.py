"""The live preview: light, safe, in the order of the documents, with a gauge that tells the truth."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from clicnjob.cv.document import pdf
from clicnjob.cv.document.gauge import estimate_fill, fitting_size
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.document.preview import preview_html
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.document.templates import all_templates, template_by_key
from tests import cv_words
from tests.cv_fixtures import FIXTURES, full, least, photo, usual
from tests.for_each import for_each

MODELS = [t.key for t in all_templates()]
EVERY = for_each(("model", "fixture"), [(m, f) for m in MODELS for f in FIXTURES])
EACH = for_each("model", MODELS)


class Reading(HTMLParser):
    """What a reader finds in the page: its words, its tags and its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        if self.tags[-1] != "style" or not data.startswith(".cvp"):
            self.words += data.split()


@EVERY
def test_the_words_of_the_preview_are_those_typed_in_the_same_order(model: str, fixture: str) -> None:
    document = FIXTURES[fixture](model)
    assert Reading(preview_html(document)).words == cv_words.typed(document)


def measured_fill(document: Document, *, size: float) -> float:
    """The share of the page used at one size in points, as Typst lays it out."""
    shown, _ = printable_document(document)
    return pdf._page_fill(pdf.laid_out(shown, size), template_by_key(shown.model))[0]


@EVERY
def test_the_gauge_is_close_to_the_page_that_typst_lays_out(model: str, fixture: str) -> None:
    document = FIXTURES[fixture](model)
    measured = measured_fill(document, size=template_by_key(model).sizes[0])
    assert estimate_fill(document) == pytest.approx(measured, rel=0.12, abs=0.05)


@EACH
def test_the_gauge_is_close_on_pages_it_was_not_set_on(model: str) -> None:
    document = full(model)
    longer = tuple(
        replace(e, lines=tuple(f"{line}, avec soin et bonne humeur" for line in e.lines))
        for e in document.sections[-1].entries
    )
    changed = replace(
        document,
        name="Aminata Diallo",
        opening=document.opening[:1],
        sections=(*document.sections[1:-1], replace(document.sections[-1], entries=longer)),
    )
    measured = measured_fill(changed, size=template_by_key(model).sizes[0])
    assert estimate_fill(changed) == pytest.approx(measured, rel=0.12)


@EACH
def test_markup_is_at_most_four_kilobytes_besides_the_words(model: str) -> None:
    document = usual(model)
    assert len(preview_html(document)) - sum(map(len, document.all_texts())) <= 4 * 1024


@EACH
def test_headings_and_lists_are_those_of_a_reader(model: str) -> None:
    tags = Reading(preview_html(usual(model), heading=3)).tags
    assert tags.count("h3") == 1 and tags.count("h4") == 7 and tags.count("h5") == 5 and "h2" not in tags
    assert {"article", "section", "ul", "li"} <= set(tags)


@EACH
def test_nothing_is_fetched_from_elsewhere(model: str) -> None:
    html = preview_html(replace(usual(model), photo=photo()))
    assert not re.search(r"url\(|@import|https?:|src=\"(?!data:image/jpeg)", html)


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '" onload="x', "</style><img src=x>", "&amp; &lt;"])
def test_what_was_typed_is_never_markup(nasty: str) -> None:
    document = replace(least(), name=nasty, contact=(nasty,))
    reading = Reading(preview_html(document))
    assert not {"script", "img"} & set(reading.tags) and reading.words[: len(nasty.split())] == nasty.split()
    assert not any(name.startswith("on") for name, _ in reading.attributes)


@EACH
def test_every_class_and_every_rule_belongs_to_the_preview(model: str) -> None:
    html = preview_html(usual(model))
    names = {n for value in re.findall(r'class="([^"]*)"', html) for n in value.split()}
    assert all(n == "cvp" or n.startswith("cvp-") for n in names)
    style = html.split("<style>")[1].split("</style>")[0]
    selectors = [s for head in re.findall(r"([^{}]+)\{", style) for s in re.split(r",(?![^(]*\))", head)]
    assert all(s.startswith(f".cvp-{model}") for s in selectors), selectors


def test_the_photo_is_inside_the_page() -> None:
    assert 'src="data:image/jpeg;base64,' in preview_html(replace(usual(), photo=photo()))


@EACH
def test_a_longer_page_never_gets_a_larger_size(model: str) -> None:
    assert fitting_size(full(model)) <= fitting_size(usual(model)) <= fitting_size(least(model))
