"""The live preview: light, safe, in the order of the documents, with a gauge that tells the truth."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from clicnjob.cv.document.preview import preview_html
from clicnjob.cv.document.templates import all_templates
from tests.cv_fixtures import least, photo, usual
from tests.for_each import for_each

MODELS = [t.key for t in all_templates()]
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


@EACH
def test_markup_is_at_most_three_kilobytes_besides_the_words_and_its_style_sheet_as_much_again(model: str) -> None:
    document = usual(model)
    sizes = [len(preview_html(document, styled=styled)) for styled in (False, True)]
    assert sizes[0] - sum(map(len, document.all_texts())) <= 3 * 1024 and sizes[1] - sizes[0] <= 4 * 1024


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
