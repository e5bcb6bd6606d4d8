"""The printed page of a lesson: one page, tagged, with what to keep and where it comes from."""

from __future__ import annotations

import io

import pypdf
import pytest
from sqlmodel import Session

from clicnjob import models
from clicnjob.learn import library, paper
from clicnjob.models import LearningKind, Organisation, OwnLesson, Role
from tests.conftest import person
from tests.for_each import for_each


@for_each("lesson_id", library.shipped_lessons())
def test_a_lesson_is_printed_on_one_tagged_page(session: Session, lesson_id: str) -> None:
    of, lesson = person(session, Role.YOUNG), library.lesson_with_id(lesson_id)
    made = paper.lesson_sheet(session, of=of, lesson_id=lesson_id, now=models.utc_now())
    read = pypdf.PdfReader(io.BytesIO(made.body))
    words = " ".join(read.pages[0].extract_text().split())
    assert len(read.pages) == 1
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert lesson.licence in words and f"{lesson.verifie_le:%d/%m/%Y}" in words


def test_several_lessons_are_printed_in_one_file_a_page_each(session: Session) -> None:
    chosen = [*library.shipped_lessons()][:4]
    made = paper.lessons_kit(
        session, of=person(session, Role.TRAINER), lesson_ids=[*chosen, chosen[0]], now=models.utc_now()
    )
    read = pypdf.PdfReader(io.BytesIO(made.body))
    words = [" ".join(page.extract_text().split()) for page in read.pages]
    assert [library.lesson_with_id(one).titre.split()[0] in page for one, page in zip(chosen, words, strict=True)] == [
        True
    ] * 4
    assert all("CC-BY-SA-4.0" in page for page in words)


@pytest.mark.parametrize(("ids", "refusal"), [([], paper.NoLessonToPrint), (map(str, range(21)), paper.TooManyToPrint)])
def test_no_lesson_and_too_many_are_refused_in_words(
    session: Session, ids: list[str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        paper.lessons_kit(session, of=person(session, Role.TRAINER), lesson_ids=[*ids], now=models.utc_now())


def test_signs_that_no_font_has_in_a_structures_name_or_source_do_not_stop_the_printing(session: Session) -> None:
    body = next(iter(library.shipped_lessons().values())).model_dump(mode="json")
    body["auteur"]["structure"] = "École \U0001f984 \U00012000"
    body["sources"] = [{"nom": "Site \U0001f984", "url": "https://exemple.fr/\U0001f984"}]
    structure = Organisation(name="Ici")
    session.add(structure)
    session.flush()
    row = OwnLesson(organisation_id=structure.id, by_id="x", kind=LearningKind.LESSON, title="Chez nous")
    row.published, row.published_at = body, models.utc_now()
    session.add(row)
    session.flush()
    of = person(session, Role.YOUNG, organisation_id=structure.id)
    made = paper.lesson_sheet(session, of=of, lesson_id=row.id, now=models.utc_now())
    assert "École" in pypdf.PdfReader(io.BytesIO(made.body)).pages[0].extract_text()
