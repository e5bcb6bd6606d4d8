"""Rendered pages of the fixtures, each laid out once for all the tests that read it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from clicnjob.cv.document import pdf
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.document.pdf import RenderedPage
from tests.cv_fixtures import FIXTURES, photo


@lru_cache(maxsize=256)
def rendered(model: str, fixture: str) -> RenderedPage:
    """The page of one fixture (« usual ») in one model; « usual+photo » has a photo."""
    return pdf.pdf_page(fixture_document(model, fixture))


def fixture_document(model: str, fixture: str) -> Document:
    """The document of one fixture, with a photo if its name says so."""
    name, _, with_photo = fixture.partition("+")
    document = FIXTURES[name](model)
    return replace(document, photo=photo()) if with_photo else document
