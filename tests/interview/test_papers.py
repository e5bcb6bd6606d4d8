"""The interview on paper: tagged PDFs that hold the words, whatever was typed, and « le jour J » on one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import Session

from clicnjob.errors import NotFound
from clicnjob.interview import notebook, outputs, papers, practice
from clicnjob.interview.bank import question_bank
from clicnjob.interview.calls import rehearsal_calls
from clicnjob.interview.notebook import InterviewDay, Notebook, Pitch
from clicnjob.interview.words import interview_words
from clicnjob.models import Account, Role
from tests.conftest import person
from tests.for_each import for_each

HOSTILE = '😀 #read("/etc/passwd") *gras* $x$ <b> عمل « é » \\ @lien'
DAY = InterviewDay(
    id="b", employer="Boulangerie Martin", job="serveur", place="3 rue des Fleurs, Lille", date="2026-05-12", time="14:30",
    way="bus", minutes=25, call_name="Madame Martin", call_phone="06 12 34 56 78",
    papers=[paper.cle for paper in interview_words().day.papiers],
    questions=[line.cle for line in interview_words().day.questions_a_poser],
)  # fmt: skip
NOW = datetime(2026, 5, 1, tzinfo=UTC)
MM = 72 / 25.4


def book(text: str) -> Notebook:
    made = Notebook(days=[DAY], pitch=Pitch(text=text))
    question = question_bank().themes["motivation"].questions[0]
    one = practice.ShownQuestion(question.cle, question.question, "", "", question)
    practice.write_answer(made, one, text, today=date(2026, 5, 1))
    return made


MADE: dict[str, Callable[[], bytes]] = {
    "cards": lambda: papers.question_cards_pdf([question_bank().themes["motivation"]]),
    "grids": lambda: papers.observer_grids_pdf(interview_words()),
    "trio": lambda: papers.trio_cards_pdf(interview_words()),
    "calls": lambda: papers.calls_pdf(list(rehearsal_calls().values())),
    "blank day": lambda: papers.blank_day(interview_words()),
    "day": lambda: papers.interview_day_pdf(DAY, interview_words(), family="G"),
    "answers": lambda: papers.written_answers_pdf(book("J’aime ce métier."), question_bank(), interview_words()),
    "hostile answers": lambda: papers.written_answers_pdf(book(HOSTILE), question_bank(), interview_words()),
    "hostile day": lambda: papers.interview_day_pdf(
        DAY.model_copy(update={"employer": HOSTILE, "place": HOSTILE, "own_question": HOSTILE}),
        interview_words(),
        family="",
    ),
}


def read(made: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(made))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@for_each("name", MADE)
def test_a_paper_is_tagged_titled_and_in_french(name: str) -> None:
    reader, _ = read(MADE[name]())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "fr-FR"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.metadata is not None and reader.metadata.title


@for_each("name", ["grids", "trio", "blank day", "day", "hostile day"])
def test_a_sheet_to_take_along_is_one_page(name: str) -> None:
    assert len(read(MADE[name]())[0].pages) == 1


def test_every_question_is_on_a_card_eight_a_page() -> None:
    group = question_bank().themes["motivation"]
    reader, text = read(MADE["cards"]())
    assert len(reader.pages) == -(-len(group.questions) // papers.CARDS_A_PAGE)
    bare = text.replace(" ", "")
    for question in group.questions:
        for said in (question.question, *question.temps, question.piege):
            assert "".join(said.split()) in bare, said


@pytest.mark.slow
def test_no_card_runs_over_its_edge() -> None:
    sheet = papers.card_sheet(list(question_bank().groups.values()))
    begins, ends = sheet.label_spots("card"), sheet.label_spots("card-end")
    assert len(begins) == len(ends) == sum(len(group.questions) for group in question_bank().groups.values())
    room = 59.6 * MM  # 67.5 mm of card without its two margins of 4 mm
    assert not [n for n, (begin, end) in enumerate(zip(begins, ends, strict=True)) if end.y - begin.y > room]


def test_the_day_says_when_to_leave_what_to_wear_and_whom_to_call() -> None:
    _, text = read(MADE["day"]())
    for said in ("Je pars à 13 h 40", "mardi 12 mai 2026", "Boulangerie Martin", "06 12 34 56 78"):
        assert said in text.replace("\u00a0", " ")
    first = interview_words().day.clothes_for("G")[0]
    assert "".join(first.split()) in text.replace(" ", "").replace("\u00a0", "")


def test_words_typed_are_printed_as_typed_but_for_what_no_font_draws() -> None:
    _, text = read(MADE["hostile answers"]())
    assert '#read("/etc/passwd") *gras* $x$ <b>' in text
    assert "😀" not in text and "root:" not in text


def test_the_calls_say_where_each_choice_leads() -> None:
    _, text = read(MADE["calls"]())
    assert "Va à 2" in text.replace("\u00a0", " ") and "Fin A" in text.replace("\u00a0", " ")
    for call in rehearsal_calls().values():
        assert "".join(call.titre.split()) in text.replace(" ", "")


@for_each("kind", outputs.PAPERS)
def test_every_paper_can_be_fetched_by_anybody_and_its_key_fits_a_ticket(kind: str) -> None:
    made = outputs.interview_paper(kind, "")
    assert made.body.startswith(b"%PDF") and made.name.isascii() and len(kind) <= 16


def test_a_theme_or_a_family_can_be_chosen() -> None:
    small = outputs.interview_paper("question-cards", "argent").body
    assert len(small) < len(outputs.interview_paper("question-cards", "").body)
    assert outputs.interview_paper("question-cards", "G").body
    with pytest.raises(NotFound):
        outputs.interview_paper("question-cards", "../x")
    with pytest.raises(NotFound):
        outputs.interview_paper("inconnu", "")


@pytest.mark.parametrize("kind", outputs.OWN)
def test_one_s_own_files_are_made_for_oneself_only(session: Session, young: Account, kind: str) -> None:
    notebook.change_notebook(
        session, by=young, alter=lambda notes: notes.days.append(DAY.model_copy(deep=True)), operation="1"
    )
    assert outputs.notebook_output(session, of=young, kind=kind, part="b", now=NOW).body
    other = person(session, Role.YOUNG)
    if kind != "answers":
        with pytest.raises(NotFound):
            outputs.notebook_output(session, of=other, kind=kind, part="b", now=NOW)


def test_a_file_name_tells_nothing_of_the_person(session: Session, young: Account) -> None:
    notebook.change_notebook(session, by=young, alter=lambda notes: notes.days.append(DAY), operation="1")
    names = [outputs.notebook_output(session, of=young, kind=kind, part="b", now=NOW).name for kind in outputs.OWN]
    assert names == ["jour-j.pdf", "jour-j.ics", "mes-reponses.pdf"]
