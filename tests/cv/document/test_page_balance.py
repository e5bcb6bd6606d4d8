"""The page breathes: balanced whatever there is to say, by one choice that every output reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clicnjob.cv.document import gauge
from clicnjob.cv.document.gauge import PageFit, estimate_fill, fit_page
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.document.templates import all_templates, template_by_key
from tests.cv_fixtures import FIXTURES, full, least, photo, usual
from tests.cv_pages import fixture_document, rendered
from tests.for_each import for_each

MODELS = [t.key for t in all_templates()]
EACH = for_each("model", MODELS)
SPOKEN = ("usual", "usual+photo", "full")  # with two experiences or more
EVERY = for_each(("model", "fixture"), [(m, f) for m in MODELS for f in (*FIXTURES, "usual+photo")])


def chosen_fit(document: Document) -> PageFit:
    return fit_page(printable_document(document)[0])


@for_each(("model", "fixture"), [(m, f) for m in MODELS for f in SPOKEN])
def test_a_page_with_two_experiences_or_more_is_balanced(model: str, fixture: str) -> None:
    page = rendered(model, fixture)
    assert page.pages == 1 and 0.9 <= page.fill <= 0.97


@EVERY
def test_the_page_is_as_full_as_estimated_without_laying_it_out(model: str, fixture: str) -> None:
    close = 0.08 if fixture in ("hostile", "empty") else 0.03  # a word of two hundred letters is cut anywhere
    assert estimate_fill(fixture_document(model, fixture)) == pytest.approx(rendered(model, fixture).fill, abs=close)


@for_each(("model", "fixture"), [(m, f) for m in MODELS for f in ("least", *SPOKEN)])
def test_pdf_word_and_preview_read_the_same_choice(model: str, fixture: str) -> None:
    assert rendered(model, fixture).fit == chosen_fit(fixture_document(model, fixture))


@EACH
def test_one_experience_keeps_a_calm_foot(model: str) -> None:
    page, sizes = rendered(model, "least"), template_by_key(model).sizes
    assert (page.fit.size, page.fit.air) == (sizes[0], gauge.LOOSE)


@EACH
def test_more_to_say_never_gives_larger_letters(model: str) -> None:
    sizes = [chosen_fit(fixture(model)).size for fixture in (least, usual, full)]
    assert sizes == sorted(sizes, reverse=True)


@EACH
def test_short_lines_stand_one_on_a_line_where_there_is_little_to_say(model: str) -> None:
    assert not chosen_fit(least(model)).rows


@EACH
def test_a_long_name_is_set_smaller_before_it_takes_more_lines(model: str) -> None:
    plain, long = (
        chosen_fit(replace(usual(model), name=n)) for n in ("Ada DIOP", "Fatoumata BAH-COULIBALY-DIABATÉ-KONATÉ")
    )
    assert long.name_em < plain.name_em == template_by_key(model).name_em


@EACH
def test_a_photo_changes_neither_words_nor_pages(model: str) -> None:
    shapes = [replace(usual(model), photo=photo(), photo_shape=shape) for shape in ("round", "square")]
    assert chosen_fit(shapes[0]) == chosen_fit(shapes[1])
