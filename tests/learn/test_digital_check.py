"""« Mon point numérique »: ten questions, private answers, two or three lessons, the same on paper."""

from __future__ import annotations

import io
import re
from datetime import date

import pypdf
import pytest
from sqlmodel import Session

from clicnjob import works
from clicnjob.cli import picture_font
from clicnjob.learn import library
from clicnjob.learn.digital_check import own_check, paper, questions
from clicnjob.learn.digital_check.own_check import PaperNotAgreed, UnknownAnswer
from clicnjob.models import Account, Role
from clicnjob.own_work import NotForStaff
from tests.conftest import person

TODAY = date(2026, 11, 30)


def answer(session: Session, by: Account, question: str, *chosen: str) -> None:
    own_check.answer_question(
        session, by=by, question=question, chosen=chosen, operation=works.new_operation(), today=TODAY
    )


def test_there_are_ten_questions_shared_out_as_planned() -> None:
    subjects = [one.sujet for one in questions.check_questions()]
    counts = {subject: subjects.count(subject) for subject in subjects}
    assert counts == {"equipement": 2, "connexion": 1, "gestes": 3, "e-mail": 2, "securite": 1, "envies": 1}
    assert [one.genre for one in questions.check_questions() if one.sujet == "gestes"] == [
        "fichier",
        "corriger",
        "lien",
    ]
    drawn = picture_font.drawn_pictures()
    undrawn = [c.texte for one in questions.check_questions() for c in one.choix if c.signe[0] not in drawn]
    assert undrawn == []


def test_every_sentence_is_short_and_none_judges() -> None:
    said = [text for one in questions.check_questions() for text in (one.question, *(c.texte for c in one.choix))]
    said += [rule.parce_que for rule in questions.lesson_rules()]
    assert [text for text in said for part in re.split(r"[.?!]", text) if len(part.split()) > 15] == []
    assert [text for text in said if re.search(r"\bniveau|\bscore|\bnote\b|débutant|faible|\bbravo", text, re.I)] == []


def test_every_lesson_exists() -> None:
    assert {rule.lecon for rule in questions.lesson_rules()} <= set(library.shipped_lessons())


def test_every_set_of_answers_ends_in_two_or_three_lessons() -> None:
    for one in questions.check_questions():
        for choice in one.choix:
            found = questions.proposed_lessons({one.cle: [choice.cle]})
            assert 2 <= len(found) <= 3 and len({rule.lecon for rule in found}) == len(found)
    every = {one.cle: [choice.cle for choice in one.choix] for one in questions.check_questions()}
    assert len(questions.proposed_lessons(every)) == 3


def test_the_gesture_stores_what_came_of_it_and_not_the_words(session: Session) -> None:
    asked = next(one for one in questions.check_questions() if one.genre == "corriger")
    assert asked.answer_of_line("  bonjour, je cherche un STAGE ") == "fait"
    assert asked.answer_of_line(asked.ligne) == asked.answer_of_line("") == "sais-pas"
    assert asked.answer_of_line("Bonjour, je cherche <b>rien</b>") == "autre"


def test_answers_are_kept_taken_back_and_forgotten(session: Session) -> None:
    young = person(session, Role.YOUNG)
    answer(session, young, "materiel", "tablette", "telephone")
    answer(session, young, "acces")
    kept = own_check.own_check(session, of=young)
    assert kept.answers == {"materiel": ["telephone", "tablette"], "acces": [questions.SKIPPED]}
    assert kept.next_question is questions.check_questions()[2] and kept.finished_on == ""
    own_check.take_back_answer(session, by=young, question="acces", operation="b")
    assert own_check.own_check(session, of=young).next_question is questions.check_questions()[1]
    own_check.forget_answers(session, by=young, operation="f")
    assert own_check.own_check(session, of=young).answers == {}


@pytest.mark.parametrize(
    ("question", "chosen"), [("taille", ["x"]), ("acces", ["x"]), ("acces", ["toujours", "jamais"])]
)
def test_an_answer_that_is_none_is_refused(session: Session, question: str, chosen: list[str]) -> None:
    with pytest.raises(UnknownAnswer):
        answer(session, person(session, Role.YOUNG), question, *chosen)


def test_paper_is_typed_in_whole_and_only_with_consent(session: Session) -> None:
    young = person(session, Role.YOUNG)
    given = {"adresse": ["non"], "envies": ["avoir", "mail"]}
    with pytest.raises(PaperNotAgreed):
        own_check.enter_from_paper(session, by=young, answers=given, agreed=False, operation="p", today=TODAY)
    own_check.enter_from_paper(session, by=young, answers=given, agreed=True, operation="p", today=TODAY)
    kept = own_check.own_check(session, of=young)
    assert (kept.next_question, kept.on_paper, kept.finished_on) == (None, True, "2026-11-30")
    assert kept.answers["envies"] == ["mail", "avoir"] and kept.answers["materiel"] == [questions.SKIPPED]
    with pytest.raises(NotForStaff):
        own_check.enter_from_paper(
            session, by=person(session, Role.ADVISER), answers=given, agreed=True, operation="q", today=TODAY
        )


def test_the_paper_is_one_tagged_page_with_every_word() -> None:
    read = pypdf.PdfReader(io.BytesIO(paper.check_paper()))
    words = " ".join(read.pages[0].extract_text().split()).replace("\u00a0", " ")
    assert len(read.pages) == 1 and read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    wanted = [one.question for one in questions.check_questions()]
    wanted += [c.texte for one in questions.check_questions() if one.genre != "corriger" for c in one.choix]
    assert [text for text in wanted if text.replace("\u00a0", " ") not in words] == []
