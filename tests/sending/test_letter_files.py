"""The files of a letter: one page, tagged, the same words in the PDF and in Word, nothing typed is markup."""

from __future__ import annotations

import io

import docx
import pytest
from pypdf import PdfReader
from sqlmodel import Session

from clicnjob import works
from clicnjob.apply import letters, writing
from clicnjob.cv.model import bag
from clicnjob.demo import people
from clicnjob.errors import NotFound
from clicnjob.models import Account, Role
from clicnjob.sending import letter_files
from clicnjob.sending.sender import sender_of
from tests import make
from tests.apply.test_letters import EVERY_CASE, LINA, letter
from tests.conftest import person
from tests.for_each import for_each
from tests.make import TODAY


def words_of_pdf(made: bytes) -> list[str]:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split()


def words_of_docx(made: bytes) -> list[str]:
    return " ".join(each.text for each in docx.Document(io.BytesIO(made)).paragraphs).split()


@pytest.mark.long
@for_each(("moment", "aim"), EVERY_CASE)
def test_word_and_pdf_say_the_same_on_one_page(moment: str, aim: str) -> None:
    page = writing.composed_letter(letter(moment=moment, aim=aim, contact="Madame Martin"), LINA, today=TODAY)
    made = letter_files.letter_pdf(page)
    assert len(PdfReader(io.BytesIO(made)).pages) == 1
    assert words_of_pdf(made) == words_of_docx(letter_files.letter_docx(page))


def test_hostile_words_stay_words() -> None:
    said = '#read("/etc/passwd") {{ 7*7 }} {_% x %_} <w:p/> R&D $x$ *gras* _it_ 🎉 Nguyễn'
    page = writing.composed_letter(letter(own={"envie": said}, employer=said[:90]), LINA, today=TODAY)
    pdf, word = letter_files.letter_pdf(page), letter_files.letter_docx(page)
    assert "49" not in words_of_docx(word) and "R&D" in words_of_docx(word) and "<w:p/>" in words_of_docx(word)
    assert words_of_pdf(pdf) == words_of_docx(word)


def test_a_long_letter_stays_on_one_page() -> None:
    own = {part: "Je tiens beaucoup à ce métier. " * 12 for part in ("raison", "moi", "envie", "suite")}
    made = letter_files.letter_pdf(writing.composed_letter(letter(own=own), LINA, today=TODAY))
    assert len(PdfReader(io.BytesIO(made)).pages) == 1


def test_nobody_still_gets_a_letter() -> None:
    page = writing.composed_letter(letter(title="", employer=""), writing.Sender(name=""), today=TODAY)
    assert letter_files.letter_pdf(page) and letter_files.letter_docx(page)


@pytest.fixture
def written(session: Session, young: Account) -> tuple[str, str]:
    """The ids of a letter and of the CV that it tells."""
    people.fill_bag(session, young, *make.whole())
    kept = bag.own_bag(session, of=young)
    assert kept is not None
    one = letter()
    letters.start_letter(session, by=young, letter=one, operation=works.new_operation())
    return one.id, kept.cvs[0].id


def test_the_file_bears_the_name_beside_the_cv(session: Session, young: Account, written: tuple[str, str]) -> None:
    made = letter_files.letter_output(
        session, of=young, kind="letter-pdf", letter_id=written[0], cv_id=written[1], today=TODAY
    )
    assert made.name == "Lettre-Lina-Morel-serveuse.pdf" and made.body.startswith(b"%PDF")


def test_somebody_else_s_letter_or_cv_is_unknown(session: Session, young: Account, written: tuple[str, str]) -> None:
    other = person(session, Role.YOUNG)
    people.fill_bag(session, other, *make.half())
    kept = bag.own_bag(session, of=other)
    assert kept is not None
    own = {"letter_id": written[0], "cv_id": written[1]}
    for of, asked in (
        (other, own),
        (young, own | {"cv_id": kept.cvs[0].id}),
        (young, own | {"letter_id": ""}),
        (young, own | {"kind": "pdf"}),
    ):
        with pytest.raises(NotFound):
            letter_files.letter_output(session, of=of, today=TODAY, **({"kind": "letter-pdf"} | asked))


def test_what_the_cv_hides_is_not_told(session: Session, young: Account) -> None:
    profile, cv = make.whole()
    hidden = cv.model_copy(update={"hidden": [each.id for each in (*profile.experiences, *profile.qualities)]})
    people.fill_bag(session, young, profile, hidden)
    kept = bag.own_bag(session, of=young)
    assert kept is not None
    sender = sender_of(kept, kept.cvs[0])
    assert sender.deeds == () and sender.quality == ""


def test_counts_and_own_words_are_not_put_after_i_learnt_to(session: Session, young: Account) -> None:
    profile, cv = make.whole()
    profile.experiences[0].phrases = ["J’ai servi", "Dresser les tables, 25 par jour", "Chef"]
    people.fill_bag(session, young, profile, cv)
    kept = bag.own_bag(session, of=young)
    assert kept is not None
    assert sender_of(kept, kept.cvs[0]).deeds[0].gestures == ("dresser les tables",)
