"""An adviser proposes a lesson as the next step, and reads the titles that the people of a list share."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from clicnjob.cohort.support import list_lessons, lists, next_steps
from clicnjob.errors import NotFound
from clicnjob.learn import records
from clicnjob.learn.own import writing
from clicnjob.models import Account, LearningKind, OwnLesson, Sharing
from tests.cohort_people import NOW, TODAY, Place, place

LESSON = LearningKind.LESSON


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


@pytest.fixture
def lina(here: Place) -> Account:
    return here.young("Lina", "Morel")


def propose(session: Session, here: Place, lina: Account, content_id: str, word: str = "") -> None:
    next_steps.propose_lesson(
        session, by=here.claire, account_id=lina.id, kind=LESSON, content_id=content_id, word=word, today=TODAY, now=NOW
    )


def test_a_proposed_lesson_is_the_next_step_and_opens_it(session: Session, here: Place, lina: Account) -> None:
    propose(session, here, lina, "joindre-un-fichier", word="Avant jeudi")
    step = next_steps.for_young(session, of=lina)
    assert step is not None
    assert (step.step.phrase, step.step.page, step.content_id, step.word) == (
        "Leçon\u00a0: Joindre ton CV à un mail", "young/lesson.py", "joindre-un-fichier", "Avant jeudi",
    )  # fmt: skip
    next_steps.propose_step(session, by=here.claire, account_id=lina.id, key="cv", today=TODAY, now=NOW)
    shown = next_steps.on_person(session, by=here.claire, account_id=lina.id, today=TODAY)
    assert [one.step.cle for one in shown] == ["cv"]


def test_a_lesson_that_does_not_exist_is_not_proposed_and_one_that_is_withdrawn_disappears(
    session: Session, here: Place, lina: Account
) -> None:
    with pytest.raises(NotFound):
        propose(session, here, lina, "nulle-part")
    made = writing.copy_lesson(session, by=here.claire, kind=LESSON, content_id="joindre-un-fichier", now=NOW)
    with pytest.raises(NotFound):
        propose(session, here, lina, made)
    row = session.get_one(OwnLesson, made)
    row.published, row.published_at = row.body["content"], NOW
    session.flush()
    propose(session, here, lina, made)
    assert next_steps.for_young(session, of=lina) is not None
    writing.withdraw_lesson(session, by=here.claire, lesson_id=made, now=NOW)
    assert next_steps.for_young(session, of=lina) is None


def test_of_a_list_only_who_shares_is_shown_with_titles_alone(session: Session, here: Place, lina: Account) -> None:
    made = lists.make_list(session, by=here.claire, name="Jeudi")
    other = here.newcomer("Noé", "Noir")
    lists.add_to_list(session, by=here.claire, list_id=made, account_ids=[lina.id, other.id], today=TODAY)
    for who in (lina, other):
        records.finish_content(session, by=who, kind=LESSON, content_id="joindre-un-fichier", now=NOW)
    session.add(Sharing(account_id=lina.id, lessons=True))
    session.flush()
    (found,) = list_lessons.lessons_of_list(session, by=here.claire, list_id=made, today=TODAY)
    assert (found.first_name, found.titles) == ("Lina", ("Joindre ton CV à un mail",))
