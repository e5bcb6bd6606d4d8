"""« Ce qui me bloque », « Mon point numérique » and « Ma fiche de liaison », screen by screen."""

from __future__ import annotations

import pytest

from clicnjob.learn import obstacles
from clicnjob.learn.digital_check import questions
from clicnjob.models import Role
from tests.pages.conftest import Open, check, texts

HOSTILE = "![x](http://mal.example/a.png) <b>moi</b>"


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST])
def test_every_obstacle_has_its_screen(open_page: Open, role: Role) -> None:
    page = open_page("young/obstacles.py", role)
    for one in obstacles.known_obstacles():
        page.button(f"tile·obstacles·{one.cle}·0").click().run()
        check(page, role)
        assert page.title[0].value == one.titre and one.geste in texts(page)
        assert bool(page.checkbox) is one.garde
        page.button("obstacles-back").click().run()


def test_what_is_kept_can_be_shown_and_a_guest_has_nobody_to_show_it(open_page: Open) -> None:
    page = open_page("young/obstacles.py", Role.GUEST)
    page.button("tile·obstacles·permis·0").click().run()
    page.checkbox[0].check().run()
    assert [box.label for box in page.checkbox] == ["Oui, ça me bloque. Je le garde."]


def test_the_check_goes_from_question_to_question_and_back(open_page: Open) -> None:
    page = open_page("young/check.py", Role.YOUNG)
    page.button("check-begin").click().run()
    for _ in questions.check_questions():
        check(page, Role.YOUNG)
        page.button("check-pass").click().run()
    assert page.title[0].value == "Voilà ce qui peut t’aider"
    check(page, Role.YOUNG)


def test_paper_waits_for_the_agreement(open_page: Open) -> None:
    page = open_page("young/check.py", Role.YOUNG)
    page.button("check-paper").click().run()
    check(page, Role.YOUNG)
    page.button("check-enter").click().run()
    assert page.title[0].value == "Ma feuille de papier"
    page.checkbox("check-agreed").check()
    page.button("check-enter").click().run()
    assert page.title[0].value == "Voilà ce qui peut t’aider"


def test_a_sheet_waits_for_the_agreement_and_shows_text_as_typed(open_page: Open) -> None:
    page = open_page("young/liaison.py", Role.YOUNG)
    page.text_input("liaison-wish").set_value(HOSTILE)
    page.button("liaison-make").click().run()
    assert "Télécharger ma fiche" not in texts(page)
    page.text_input("liaison-wish").set_value(HOSTILE)
    page.checkbox("liaison-agreed").check()
    page.button("liaison-make").click().run()
    check(page, Role.YOUNG)
    assert "Télécharger ma fiche" in texts(page)
