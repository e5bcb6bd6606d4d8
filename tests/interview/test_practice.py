"""The notebook: a training resumed, answers kept, counts without a verdict, and the one line for an adviser."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from clicnjob import policy, works
from clicnjob.interview import notebook, practice
from clicnjob.interview.bank import question_bank
from clicnjob.interview.notebook import Notebook, Training, TrainingQuestion
from clicnjob.interview.words import interview_words
from clicnjob.models import Account, Role, WorkKind
from clicnjob.own_work import NotForStaff
from tests.conftest import person

TODAY = date(2026, 3, 16)
KEYS = [question.cle for question in question_bank().themes["motivation"].questions[:3]]
MONEY = question_bank().themes["argent"].questions[0].cle


@pytest.fixture
def book() -> Notebook:
    asked = [TrainingQuestion(key=key) for key in (*KEYS, MONEY)]
    return Notebook(training=Training(asked=asked))


def shown(key: str) -> practice.ShownQuestion:
    one = practice.question_to_show(TrainingQuestion(key=key), question_bank())
    assert one is not None
    return one


def test_a_question_shows_its_words_and_theme() -> None:
    assert shown(KEYS[0]).theme == question_bank().themes["motivation"].title
    assert practice.question_to_show(TrainingQuestion(key="partie"), question_bank()) is None
    own = practice.question_to_show(TrainingQuestion(key="cv/q/1", words="Raconte.", beginning="J’ai"), question_bank())
    assert own is not None and (own.theme, own.words, own.question) == ("Mon CV", "Raconte.", None)


def test_a_training_is_one_act_of_practice_with_all_its_themes(book: Notebook) -> None:
    practice.finish_question(book, shown(KEYS[0]), today=TODAY)
    practice.finish_question(book, shown(MONEY), today=TODAY)
    practice.finish_question(book, shown(MONEY), today=TODAY)
    told = practice.practice_summary(book.model_dump(mode="json"))
    assert told.count == 1 and told.last_on == TODAY
    assert told.themes == (question_bank().themes["motivation"].title, question_bank().themes["argent"].title)


def test_the_adviser_s_line_holds_no_answer_no_tick_and_no_note(book: Notebook) -> None:
    practice.write_answer(book, shown(KEYS[0]), "Ma mère est malade.", today=TODAY)
    practice.tick_skill(book, KEYS[0], "moi", True)
    practice.finish_question(book, shown(KEYS[0]), today=TODAY)
    told = repr(practice.practice_summary(book.model_dump(mode="json")))
    assert "malade" not in told and "moi" not in told
    assert set(practice.Practice.__dataclass_fields__) == {"count", "last_on", "themes"}


def test_nothing_practised_is_nothing_told() -> None:
    assert practice.practice_summary({}) == practice.Practice(0, None, ())


def test_old_acts_are_counted_when_they_are_no_longer_told_one_by_one() -> None:
    book = Notebook()
    for _ in range(policy.PRACTICE_KEPT + 3):
        practice.begin_training(book, Training(asked=[TrainingQuestion(key=KEYS[0])]))
        practice.finish_question(book, shown(KEYS[0]), today=TODAY)
    assert len(book.practised) == policy.PRACTICE_KEPT
    assert practice.practice_summary(book.model_dump(mode="json")).count == policy.PRACTICE_KEPT + 3


def test_a_question_answered_is_the_latest_asked(book: Notebook) -> None:
    for key in (KEYS[0], KEYS[1], KEYS[0]):
        practice.begin_training(book, Training(asked=[TrainingQuestion(key=key)]))
        practice.finish_question(book, shown(key), today=TODAY)
    assert book.recent == [KEYS[1], KEYS[0]]


def test_a_pitch_or_a_call_counts_once_a_day() -> None:
    book = Notebook()
    for _ in range(3):
        practice.note_rehearsal(book, practice.PITCH_TITLE, today=TODAY)
    practice.note_rehearsal(book, practice.PHONE_TITLE, today=TODAY)
    assert practice.practice_summary(book.model_dump(mode="json")).themes == (
        practice.PHONE_TITLE,
        practice.PITCH_TITLE,
    )
    assert len(book.practised) == 2


def test_counts_say_how_many_and_how(book: Notebook) -> None:
    practice.note_spoken_answer(book, shown(KEYS[0]))
    practice.write_answer(book, shown(KEYS[1]), "J’aime.", today=TODAY)
    practice.note_spoken_answer(book, shown(KEYS[2]))  # heard, but passed
    for key in KEYS[:2]:
        practice.finish_question(book, shown(key), today=TODAY)
    assert practice.training_counts(book) == practice.TrainingCounts(asked=4, done=2, spoken=1, written=1)


def test_ticks_can_be_taken_back_and_keep_their_order(book: Notebook) -> None:
    practice.tick_skill(book, KEYS[0], "question", True)
    practice.tick_skill(book, KEYS[0], "exemple", True)
    practice.tick_skill(book, KEYS[0], "question", True)
    assert book.training is not None and book.training.ticks[KEYS[0]] == ["exemple", "question"]
    practice.tick_skill(book, KEYS[0], "exemple", False)
    assert book.training.ticks[KEYS[0]] == ["question"]


def test_next_time_is_what_was_not_ticked() -> None:
    offered = interview_words().trial.coches
    assert practice.next_time(["exemple", "moi"], offered) == (offered["question"].plus_tard,)
    assert practice.next_time(["exemple", "moi", "question"], offered) == ()


def test_at_the_end_one_thing_to_try(book: Notebook) -> None:
    for key in KEYS:
        practice.finish_question(book, shown(key), today=TODAY)
        practice.tick_skill(book, key, "exemple", True)
    practice.tick_skill(book, KEYS[0], "moi", True)
    assert book.training is not None and practice.to_try(book.training) == "question"


def test_an_empty_answer_is_no_answer(book: Notebook) -> None:
    practice.write_answer(book, shown(KEYS[0]), "J’aime.", today=TODAY)
    practice.write_answer(book, shown(KEYS[0]), "", today=TODAY)
    assert book.answers == {}


def test_answers_are_shown_by_theme_those_about_the_cv_first(book: Notebook) -> None:
    own = practice.ShownQuestion("cv/q/1", "Raconte.", "Mon CV", "", None)
    for one in (shown(MONEY), own):
        practice.write_answer(book, one, "Texte", today=TODAY)
    assert [title for title, _ in practice.written_answers(book, question_bank())] == [
        "Mon CV",
        question_bank().themes["argent"].title,
    ]


def test_an_answer_to_a_question_that_is_gone_is_still_shown(book: Notebook) -> None:
    practice.write_answer(
        book, practice.ShownQuestion("partie", "Une vieille question", "", "", None), "Texte", today=TODAY
    )
    assert practice.written_answers(book, question_bank())[0][0] == "Autres questions"


def test_the_notebook_is_one_work_a_person_with_its_history(session: Session, young: Account) -> None:
    for text in ("Un", "Deux"):
        notebook.change_notebook(
            session,
            by=young,
            alter=lambda notes, text=text: practice.write_answer(notes, shown(KEYS[0]), text, today=TODAY),  # type: ignore[misc]
            operation=works.new_operation(),
        )
    kept = [work for work in works.own_works(session, of=young) if work.kind is WorkKind.INTERVIEW]
    assert len(kept) == 1 and kept[0].version == 2
    notebook.undo_notebook_change(session, by=young, operation=works.new_operation())
    assert notebook.own_notebook(session, of=young).book.answers[KEYS[0]].text == "Un"


def test_an_act_that_changes_nothing_saves_nothing(session: Session, young: Account) -> None:
    notebook.change_notebook(session, by=young, alter=practice.stop_training, operation="1")
    notebook.change_notebook(session, by=young, alter=practice.stop_training, operation="2")
    assert next(iter(works.own_works(session, of=young))).version == 1


def test_the_place_is_kept_outside_of_the_history(session: Session, young: Account) -> None:
    notebook.change_notebook(session, by=young, alter=practice.stop_training, operation="1")
    notebook.mark_place(session, by=young, place="2/coches")
    assert notebook.own_notebook(session, of=young).place == "2/coches"
    assert next(iter(works.own_works(session, of=young))).version == 1


def test_somebody_else_s_notebook_is_out_of_reach(session: Session, young: Account) -> None:
    notebook.change_notebook(
        session,
        by=young,
        alter=lambda notes: practice.write_answer(notes, shown(KEYS[0]), "Un", today=TODAY),
        operation="1",
    )
    other = person(session, Role.YOUNG)
    assert notebook.own_notebook(session, of=other).book == Notebook()


@pytest.mark.parametrize("role", [Role.ADVISER, Role.TRAINER, Role.HEAD, Role.ADMIN])
def test_professionals_have_no_notebook(session: Session, role: Role) -> None:
    with pytest.raises(NotForStaff):
        notebook.own_notebook(session, of=person(session, role))
