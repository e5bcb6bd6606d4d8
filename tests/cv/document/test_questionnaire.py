"""The paper form asks what the screens ask, in their words."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from clicnjob.cv.document.questionnaire import paper_questionnaire
from clicnjob.paths import DATA
from tests.yaml_files import read_yaml


@pytest.fixture(scope="module")
def form() -> PdfReader:
    return PdfReader(BytesIO(paper_questionnaire()))


def words(form: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in form.pages).split())


def test_the_form_is_two_to_four_pages(form: PdfReader) -> None:
    assert 2 <= len(form.pages) <= 4


def test_the_form_is_tagged_and_in_french(form: PdfReader) -> None:
    root = form.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "fr-FR"


def test_every_question_of_the_screens_is_on_paper(form: PdfReader) -> None:
    screens = read_yaml(DATA / "prompts" / "ecrans.yaml")
    on_paper = [s for s in screens if s["cle"] not in ("fin", "experiences_suite", "etudes_suite")]
    text = words(form)
    missing = [s["cle"] for s in on_paper if " ".join(s["question"].split()) not in text]
    assert missing == []


@pytest.mark.long
def test_the_kinds_of_experience_can_be_ticked(form: PdfReader) -> None:
    kinds = read_yaml(DATA / "prompts" / "genres.yaml")
    assert all(kind["nom"] in words(form) for kind in kinds)


def test_the_form_asks_nothing_that_is_not_needed(form: PdfReader) -> None:
    text = words(form).replace("N’écris ici ni ta rue, ni ta date de naissance, ni ton numéro de sécurité sociale.", "")
    assert not any(
        word in text.lower() for word in ("naissance", "nationalité", "sécurité sociale", "iban", "handicap")
    )
