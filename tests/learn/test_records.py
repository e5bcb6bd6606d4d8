"""What a person did of a lesson: right answers kept, dates of return, bounds, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from clicnjob import policy
from clicnjob.errors import NotFound
from clicnjob.learn import records
from clicnjob.models import LearningKind, LearningRecord, Role
from clicnjob.own_work import NotForStaff
from clicnjob.privacy.erasure import rows
from tests.conftest import person

LESSON = "joindre-un-fichier"
SCENE = "en-retard-le-premier-matin"
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_a_right_answer_is_kept_and_a_wrong_one_is_not(session: Session) -> None:
    me = person(session, Role.YOUNG)
    wrong = records.keep_answer(session, by=me, lesson_id=LESSON, exercise_id="q1", answer=("b",), now=NOW)
    assert not wrong.over and wrong.lines
    assert not records.own_record(session, of=me, kind=LearningKind.LESSON, content_id=LESSON).answers
    records.keep_answer(session, by=me, lesson_id=LESSON, exercise_id="q1", answer=("a",), now=NOW)
    assert records.own_record(session, of=me, kind=LearningKind.LESSON, content_id=LESSON).answers["q1"] == ("a",)


def test_a_lesson_comes_again_after_two_and_seven_days_and_then_no_more(session: Session) -> None:
    me, at, waits = person(session, Role.YOUNG), NOW, []
    for _ in range(3):
        records.finish_content(session, by=me, kind=LearningKind.LESSON, content_id=LESSON, now=at)
        due = records.own_record(session, of=me, kind=LearningKind.LESSON, content_id=LESSON).due_at
        waits.append(due and due - at)
        at = due or at
    assert waits == [timedelta(days=2), timedelta(days=7), None]


def test_done_again_before_its_day_it_changes_no_date(session: Session) -> None:
    me = person(session, Role.YOUNG)
    for day in (0, 1):
        at = NOW + timedelta(days=day)
        records.finish_content(session, by=me, kind=LearningKind.LESSON, content_id=LESSON, now=at)
    kept = records.own_record(session, of=me, kind=LearningKind.LESSON, content_id=LESSON)
    assert kept.due_at == NOW + timedelta(days=2)


def test_a_scene_that_was_played_does_not_come_again(session: Session) -> None:
    me = person(session, Role.GUEST)
    records.note_place(session, by=me, kind=LearningKind.SCENE, content_id=SCENE, place="appel", now=NOW)
    assert records.own_record(session, of=me, kind=LearningKind.SCENE, content_id=SCENE).begun
    records.finish_content(session, by=me, kind=LearningKind.SCENE, content_id=SCENE, now=NOW)
    kept = records.own_record(session, of=me, kind=LearningKind.SCENE, content_id=SCENE)
    assert kept.finished_at == NOW and kept.due_at is None and not kept.begun


@pytest.mark.parametrize("role", [Role.ADVISER, Role.TRAINER, Role.HEAD, Role.ADMIN])
def test_a_professional_has_no_lessons_of_their_own(session: Session, role: Role) -> None:
    with pytest.raises(NotForStaff):
        records.own_records(session, of=person(session, role))


def test_what_no_lesson_has_is_not_kept(session: Session) -> None:
    me = person(session, Role.YOUNG)
    for lesson_id, exercise_id in (("rien", "q1"), (LESSON, "q9"), (LESSON, "e1")):
        with pytest.raises(NotFound):
            records.keep_answer(session, by=me, lesson_id=lesson_id, exercise_id=exercise_id, answer=("a",), now=NOW)
    with pytest.raises(NotFound):
        records.note_place(session, by=me, kind=LearningKind.LESSON, content_id=LESSON, place="nulle-part", now=NOW)


def test_an_answer_is_bounded_in_number_and_length(session: Session) -> None:
    me = person(session, Role.YOUNG)
    typed = "CV-Lina-Morel-" + "a" * 9_000 + ".pdf"
    records.keep_answer(session, by=me, lesson_id=LESSON, exercise_id="e4", answer=(typed,) * 900, now=NOW)
    row = session.get_one(LearningRecord, (me.id, LearningKind.LESSON, LESSON))
    assert len(str(row.answers)) < policy.LEARNING_ANSWER_LENGTH * policy.LEARNING_ANSWER_WORDS


def test_a_record_is_a_row_of_its_person_and_so_leaves_in_the_export_and_goes_with_them(session: Session) -> None:
    me = person(session, Role.YOUNG)
    records.keep_answer(session, by=me, lesson_id=LESSON, exercise_id="q1", answer=("a",), now=NOW)
    session.flush()
    assert rows.plain_rows(session, me.id)["learningrecord"][0]["answers"] == {"q1": ["a"]}
    records.begin_again(session, by=me, kind=LearningKind.LESSON, content_id=LESSON, now=NOW)
    assert not records.own_record(session, of=me, kind=LearningKind.LESSON, content_id=LESSON).answers
