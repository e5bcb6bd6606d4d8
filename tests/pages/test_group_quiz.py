"""« Ce que j’aime » with a group: one statement at a time, hands counted, nobody recorded."""

from __future__ import annotations

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db
from clicnjob.jobs.interests import quiz_statements
from clicnjob.models import Role, Work
from tests.pages.conftest import Open, check, html


@pytest.fixture
def page(open_page: Open) -> AppTest:
    return open_page("trainer/group_quiz.py", Role.TRAINER)


def go_on(page: AppTest, times: int) -> AppTest:
    for _ in range(times):
        page.button("next").click().run()
    return page


def test_the_first_statement_is_shown(page: AppTest) -> None:
    assert page.title[0].value == quiz_statements()[0].texte and page.button("before").disabled


def test_next_shows_the_second_statement_and_before_comes_back(page: AppTest) -> None:
    go_on(page, 1)
    assert page.title[0].value == quiz_statements()[1].texte
    page.button("before").click().run()
    assert page.title[0].value == quiz_statements()[0].texte


def test_a_hand_is_counted_on_its_button(page: AppTest) -> None:
    page.button("hand-0").click().run()
    page.button("hand-0").click().run()
    assert page.button("hand-0").label == "J’aime\u00a0: 2"


def test_hands_can_be_taken_off(page: AppTest) -> None:
    page.button("hand-2").click().run()
    page.button("no-hands").click().run()
    assert page.button("hand-2").label == "Non"


def test_without_hands_the_end_shows_the_six_families(page: AppTest) -> None:
    go_on(page, len(quiz_statements()))
    check(page, Role.TRAINER)
    assert html(page).count('class="cj-kind"') == 6


def test_the_end_shows_what_the_group_liked(page: AppTest) -> None:
    page.button("hand-0").click().run()
    go_on(page, len(quiz_statements()))
    check(page, Role.TRAINER)
    assert page.title[0].value == "Ce que le groupe aime" and "Faire avec ses mains" in html(page)


def test_beginning_again_forgets_the_hands(page: AppTest) -> None:
    page.button("hand-0").click().run()
    go_on(page, len(quiz_statements())).button("again").click().run()
    assert page.button("hand-0").label == "J’aime"


def test_nothing_is_written_down(page: AppTest) -> None:
    page.button("hand-0").click().run()
    go_on(page, len(quiz_statements()))
    with db.read_transaction() as session:
        assert not session.exec(select(Work)).all()
